import type { Scope } from '../authenticate.ts';

/** Any key; what it reaches is for the route to see. */
export const anybody = { access: { kind: 'credential' } } as const;

/** Keys of some scopes. @param anyOf - admin, service provider, account */
export const only = (...anyOf: readonly Scope[]) => ({ access: { kind: 'scope', anyOf } }) as const;
