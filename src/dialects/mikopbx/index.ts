import type { SessionStore } from '../../core/accounts/index.ts';
import type { Dialect } from '../../http/dialect.ts';
import { malformedBody } from '../../http/request-errors.ts';
import type { Services } from '../../http/services.ts';
import { mikopbxErrors } from './errors.ts';
import { pbxcoreRoutes } from './routes/pbxcore.ts';
import { sessionRoutes } from './routes/session.ts';
import { createSessions, sessionCookie } from './sessions.ts';

/** JSON under the type of forms, as `curl --data` sends it. */
const looksLikeJson = (text: string): boolean => /^\s*[[{]/.test(text);

/** @throws {DomainError} `request.malformed` for JSON that is none */
function parseLoosely(text: string): unknown {
  if (!looksLikeJson(text)) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value));
  } catch {
    throw malformedBody('it looks like JSON and is none');
  }
}

/** MikoPBX's first REST API. @see docs/contracts/mikopbx.md */
export function createMikopbxDialect(options: {
  readonly services: Services;
  readonly sessionStore: SessionStore;
  /** Programs on this machine need no credentials. */
  readonly trustLocal: boolean;
  /** Sessions are over when it is another one. */
  readonly sessionKey: string;
}): Dialect {
  const { authentication } = options.services;
  const sessions = createSessions({
    store: options.sessionStore,
    authentication,
    trustLocal: options.trustLocal,
    key: options.sessionKey,
    clock: options.services.clock,
  });
  return {
    name: 'mikopbx',
    title: 'MikoPBX REST API',
    version: '1.0',
    paths: ['/pbxcore/', '/admin-cabinet/'],
    errors: mikopbxErrors,
    securitySchemes: {
      session: {
        type: 'apiKey',
        in: 'cookie',
        name: sessionCookie,
        description: 'From session/start',
      },
    },
    authenticate: (request) => sessions.authenticate(request),
    routes(app, services) {
      app.removeAllContentTypeParsers();
      app.addContentTypeParser(
        '*',
        { parseAs: 'string' },
        async (_request: unknown, body: string) => parseLoosely(body),
      );
      sessionRoutes(app, authentication, sessions);
      pbxcoreRoutes(app, services);
    },
  };
}
