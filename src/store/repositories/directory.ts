import type { EngineEndpoint, EngineTrunk } from '../../core/routing/index.ts';
import {
  type AccountDirectory,
  type DirectoryStore,
  endpointNameIn,
  trunkNameOf,
} from '../../core/routing/index.ts';
import { toEngineTrunk } from '../../core/trunks/index.ts';
import { displayName } from '../../core/users/index.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Db, Tx } from '../connect.ts';
import type { SecretBox } from '../secret-box.ts';
import { accountColumns, toAccount } from './accounts.ts';
import { endpointColumns, toEndpoint } from './endpoints.ts';
import { numberColumns, toNumber, toPattern } from './numbers.ts';
import { openTrunk, toTrunk, trunkSelection } from './trunks.ts';
import { toUser, userColumns } from './users.ts';

const byAccount = <Row extends { readonly accountId: AccountId }>(rows: readonly Row[]) =>
  Map.groupBy(rows, (row) => row.accountId);

/** Everything that routing looks at, of one account or of all. */
async function load(tx: Tx, only: AccountId | undefined): Promise<readonly AccountDirectory[]> {
  const accounts = await tx
    .selectFrom('accounts')
    .select(accountColumns)
    .$if(only !== undefined, (query) => query.where('id', '=', only as AccountId))
    .execute();
  const users = await tx
    .selectFrom('users')
    .select(userColumns)
    .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
    .orderBy('serial')
    .execute();
  const endpoints = await tx
    .selectFrom('endpoints')
    .select(endpointColumns)
    .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
    .orderBy('serial')
    .execute();
  const numbers = await tx
    .selectFrom('numbers')
    .select(numberColumns)
    .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const trunks = await tx
    .selectFrom('trunks')
    .select(trunkSelection)
    .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
    .orderBy('serial')
    .execute();
  const applications = await tx
    .selectFrom('applications')
    .select(['id', 'sid', 'account_id'])
    .$if(only !== undefined, (query) => query.where('account_id', '=', only as AccountId))
    .execute();
  const applicationsOf = Map.groupBy(applications, (row) => row.account_id);
  const usersOf = byAccount(users.map(toUser));
  const endpointsOf = byAccount(endpoints.map(toEndpoint));
  const numbersOf = byAccount(numbers.filter((row) => !row.is_pattern).map(toNumber));
  const patternsOf = byAccount(numbers.filter((row) => row.is_pattern).map(toPattern));
  const trunksOf = byAccount(trunks.map(toTrunk));
  return accounts.map(toAccount).map((account) => ({
    account,
    users: new Map((usersOf.get(account.id) ?? []).map((user) => [user.id, user])),
    endpoints: new Map(
      (endpointsOf.get(account.id) ?? []).map((endpoint) => [endpoint.id, endpoint]),
    ),
    numbers: numbersOf.get(account.id) ?? [],
    patterns: patternsOf.get(account.id) ?? [],
    trunks: trunksOf.get(account.id) ?? [],
    applications: new Map((applicationsOf.get(account.id) ?? []).map(({ id, sid }) => [id, sid])),
  }));
}

const toEngineEndpoints = ({ account, endpoints, users }: AccountDirectory): EngineEndpoint[] =>
  [...endpoints.values()]
    .filter(({ enabled }) => enabled)
    .map((endpoint) => {
      const user = endpoint.userId && users.get(endpoint.userId);
      return {
        name: endpointNameIn(account, endpoint),
        username: endpoint.username,
        realm: account.sipDomain,
        ha1: endpoint.ha1,
        displayName: user ? displayName(user) : endpoint.alias,
        maxContacts: endpoint.maxContacts,
        language: account.language.slice(0, 2),
      };
    });

/** Configuration of every account, for routing and for the engine. Crosses accounts. */
export function createDirectoryStore(db: Db, box: SecretBox): DirectoryStore {
  return {
    loadAccount: (id) => db.crossing(async (tx) => (await load(tx, id))[0]),
    loadAll: () => db.crossing((tx) => load(tx, undefined)),
    engineEndpoints: () =>
      db.crossing(async (tx) => (await load(tx, undefined)).flatMap(toEngineEndpoints)),
    engineTrunks: () =>
      db.crossing(async (tx) => {
        const rows = await tx
          .selectFrom('trunks')
          .select(trunkSelection)
          .where('enabled', '=', true)
          .execute();
        return rows.map((row): EngineTrunk => {
          const trunk = openTrunk(box, row);
          return toEngineTrunk(trunkNameOf(trunk), trunk, trunk.secret);
        });
      }),
  };
}
