import type { DomainError } from '../../kernel/domain-error.ts';

/** What a key that asks for too much is told. */
const tooMighty: Readonly<Record<string, string>> = {
  'account installation':
    'an account level token can only be used to create account level tokens for the same account',
  'account foreign':
    'an account level token can only be used to create account level tokens for the same account',
  'operator installation': 'service provider token may not be used to create admin token',
  'operator foreign':
    'a service provider token can only be used to create tokens for the same service provider',
};

const insufficient = () => 'insufficient permissions';

/** Sentences of the genuine server, by the code of our refusal. @see contracts/jambonz.json, operations */
export const wordings: Readonly<Record<string, (error: DomainError) => string>> = {
  'access.forbidden': insufficient,
  'access.scope_missing': insufficient,
  'api_key.foreign': () => 'a user may not delete a token associated with a different account',
  'api_key.too_mighty': ({ details }) =>
    tooMighty[`${String(details.own)} ${String(details.asked)}`] ?? insufficient(),
  'application.in_use': ({ details }) =>
    `cannot delete application with ${details.by === 'numbers' ? 'phone numbers' : 'voip carriers'}`,
  'hook.invalid': ({ details }) => `${String(details.hook)} URL is invalid`,
  'queue.in_use': () => 'cannot delete queue with queued calls',
  'operator.in_use': () => 'insufficient privileges',
  'endpoint.taken': () => "the client's username already exists",
  'trunk.in_use': () => 'cannot delete voip carrier with active phone numbers',
};
