import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Actor, DialectName } from '../kernel/actor.ts';
import type { DomainError } from '../kernel/domain-error.ts';
import type { Origins } from './allow-origins.ts';
import type { ErrorStyle } from './error-style.ts';
import type { Services } from './services.ts';

/**
 * How a route is guarded. Declared beside every route (`config.access`); a route without it fails at
 * start-up.
 */
export type Access =
  /** Nobody needs to be known. The reason is part of the declaration. */
  | { readonly kind: 'public'; readonly because: string }
  /** Any valid credential. */
  | { readonly kind: 'credential' }
  /** A credential that holds one of the scopes, in the dialect's words. */
  | {
      readonly kind: 'scope';
      readonly anyOf: readonly string[];
      /** What is answered instead of the usual refusal. */
      readonly otherwise?: () => DomainError;
    }
  /** An administrator of the account. */
  | { readonly kind: 'admin' }
  /** The operator of the installation. */
  | { readonly kind: 'operator' };

export type SecurityScheme =
  | { readonly type: 'http'; readonly scheme: 'basic' | 'bearer'; readonly description?: string }
  | {
      readonly type: 'apiKey';
      readonly in: 'cookie' | 'header';
      readonly name: string;
      readonly description?: string;
    };

/** One notation: its routes, its way of signing in, and its wording of errors. */
export interface Dialect {
  readonly name: DialectName;
  /** Shown in its OpenAPI document. */
  readonly title: string;
  readonly version: string;
  /** Beginnings of its paths; unknown paths below them are worded by it. */
  readonly paths: readonly string[];
  readonly errors: ErrorStyle;
  /** Whose pages may call it; nobody's if absent. Only for dialects without cookies. @see Fetch, CORS protocol */
  readonly origins?: Origins;
  /** How clients sign in, in the words of OpenAPI. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** Who asks; throws `unauthenticated` refusals. Called for every route that is not public. */
  authenticate(request: FastifyRequest): Promise<Actor>;
  /** Registers the routes, in a scope of its own. Paths are written whole. */
  routes(app: FastifyInstance, services: Services): void | Promise<void>;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    /** Set on every route that is not public. */
    actor: Actor;
  }
}
