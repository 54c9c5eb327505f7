/**
 * The queries that cross accounts, by nature or by right. They run as the database role
 * `polyvox_crossing`; everything else sees one account. A new one is added here, with its reason.
 */
export const crossAccountQueries = {
  'repositories/accounts.ts': 'tenants themselves: the operator manages them',
  'repositories/operators.ts': 'owners of accounts, whom the installation manages',
  'repositories/credentials.ts': 'signing in finds the account',
  'repositories/api-keys.ts': 'a token finds its account',
  'repositories/sessions.ts': 'a cookie finds the account',
  'repositories/directory.ts': 'routing and the engine need every account’s configuration',
  'repositories/installation.ts': 'what is set for the whole installation belongs to no account',
  'repositories/estate.ts': 'an operator looks over the accounts that it owns',
  'repositories/alerts.ts': 'an operator looks over the alerts of the accounts that it owns',
  'repositories/records.ts': 'an operator looks over the call records of the accounts that it owns',
  'repositories/profiles.ts': 'an operator lists the accounts that it owns',
  'repositories/numbers.ts': 'an operator gives a number to another account',
  'repositories/recordings.ts': 'a restarted server finishes the recordings of every account',
  'repositories/deliveries.ts':
    'a reader of events words those of every account; the numbers are of all',
  'repositories/delivery-lanes.ts': 'one worker delivers for every account',
  'jobs.ts': 'jobs belong to no account; those that have failed for good are forgotten',
  'call-journal.ts': 'a batch holds what happened in many accounts; taking over reads all of it',
  'event-log.ts': 'one reader per process hands events to listeners of every account',
} as const;
