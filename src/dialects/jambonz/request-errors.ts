import { DomainError } from '../../kernel/domain-error.ts';

/** Refusals of this dialect's own, before anything reaches the core. */
export const badSid = () => new DomainError('invalid', 'jambonz.bad_sid', 'Bad request');

export const noSuchThing = (what: string) =>
  new DomainError('not_found', 'jambonz.not_found', `There is no such ${what}`);

export const beyondReach = () =>
  new DomainError('forbidden', 'jambonz.beyond_reach', 'insufficient permissions');

export const notPrivileged = () =>
  new DomainError('forbidden', 'jambonz.not_privileged', 'insufficient privileges');

/** What belongs to somebody else cannot be removed. */
export const notYours = (sentence: string) =>
  new DomainError('conflict', 'jambonz.not_yours', `${sentence}`);

/** A body that the contract has a sentence of its own for. */
export const badBody = (sentence: string) =>
  new DomainError('invalid', 'jambonz.bad_body', `${sentence}`);

/** What only administrators of the whole platform may do, in the form that clients expect there. */
export const adminOnly = () =>
  new DomainError('forbidden', 'jambonz.admin_only', 'insufficient privileges');

export const carrierTaken = (name: string) =>
  new DomainError('conflict', 'jambonz.carrier_taken', `There is a carrier ${name} already`, {
    details: { name },
  });

export const onlyAdminsAddProviders = () =>
  new DomainError(
    'forbidden',
    'jambonz.only_admins_add_providers',
    'only admin users can add a service provider',
  );

export const onlyAdminsRemoveProviders = () =>
  new DomainError(
    'forbidden',
    'jambonz.only_admins_remove_providers',
    'only admin users can delete a service provider',
  );
