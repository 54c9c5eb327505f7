import { DomainError } from './domain-error.ts';

/** What somebody may not do. Never says whether the thing exists. */
export const forbidden = (what: string) =>
  new DomainError('forbidden', 'access.forbidden', `You may not ${what}`);
