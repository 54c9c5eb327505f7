import { DomainError } from '../../kernel/domain-error.ts';

/** Refusals about calls, in the words of the contract. */
export const fromMissing = () =>
  new DomainError('invalid', 'jambonz.from_missing', 'missing from parameter');

export const toInvalid = (to: unknown) =>
  new DomainError(
    'invalid',
    'jambonz.to_invalid',
    `missing or invalid to property: ${(JSON.stringify(to) ?? '').slice(0, 200)}`,
  );

export const applicationUnknown = (sid: unknown) =>
  new DomainError(
    'invalid',
    'jambonz.application_unknown',
    `application_sid not found ${String(sid).slice(0, 64)}`,
  );

export const hookMissing = () =>
  new DomainError(
    'invalid',
    'jambonz.hook_missing',
    'either call_hook or application_sid required',
  );

export const hookRelative = (name: string) =>
  new DomainError('invalid', 'jambonz.hook_relative', `${name} url be an absolute url`);

export const hookMalformed = (name: string) =>
  new DomainError(
    'invalid',
    'jambonz.hook_malformed',
    `${name} must be string or an object containing a url property`,
  );

export const changeMissing = () =>
  new DomainError('invalid', 'jambonz.change_missing', 'no valid options supplied to updateCall');

export const changesMany = () =>
  new DomainError(
    'invalid',
    'jambonz.changes_many',
    'multiple options are not allowed in updateCall',
  );

export const changeInvalid = (what: string) =>
  new DomainError('invalid', 'jambonz.change_invalid', `invalid ${what}`);

export const changeIncomplete = (what: string) =>
  new DomainError('invalid', 'jambonz.change_incomplete', `${what}`);

export const stateDoesNotFit = (sid: string) =>
  new DomainError(
    'conflict',
    'jambonz.state_does_not_fit',
    `current call state is incompatible with requested action for call_sid ${sid}`,
  );
