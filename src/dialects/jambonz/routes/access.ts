import type { DomainError } from '../../../kernel/domain-error.ts';
import type { Scope } from '../authenticate.ts';

/** Any key; what it reaches is for the route to see. */
export const anybody = { access: { kind: 'credential' } } as const;

/** Keys of some scopes. @param anyOf - admin, service provider, account */
export const only = (...anyOf: readonly Scope[]) => ({ access: { kind: 'scope', anyOf } }) as const;

/** Keys of one scope; others are told so in a way of their own. */
export const onlyOr = (scope: Scope, otherwise: () => DomainError) =>
  ({ access: { kind: 'scope', anyOf: [scope], otherwise } }) as const;
