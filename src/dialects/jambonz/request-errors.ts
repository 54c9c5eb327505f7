import { DomainError } from '../../kernel/domain-error.ts';

/** Refusals of this dialect's own, before anything reaches the core. */
export const badSid = () => new DomainError('invalid', 'jambonz.bad_sid', 'Bad request');

export const noSuchThing = (what: string) =>
  new DomainError('not_found', 'jambonz.not_found', `There is no such ${what}`);

export const beyondReach = () =>
  new DomainError('forbidden', 'jambonz.beyond_reach', 'insufficient permissions');
