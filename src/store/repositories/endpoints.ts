import type { Selectable } from 'kysely';
import type { Endpoint, EndpointChange, EndpointStore } from '../../core/endpoints/index.ts';
import { type AccountId, type EndpointId, newId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { SecretBox } from '../secret-box.ts';
import type { EndpointRow } from '../tables.ts';
import { nextSerial } from './serials.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'user_id',
  'serial',
  'username',
  'alias',
  'ha1',
  'max_contacts',
  'enabled',
  'may_call_applications',
  'may_call_queues',
  'may_call_users',
  'created_at',
] as const;

export const endpointColumns = columns;

export const toEndpoint = (
  row: Pick<Selectable<EndpointRow>, (typeof columns)[number]>,
): Endpoint => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  userId: row.user_id ?? undefined,
  serial: row.serial,
  username: row.username,
  alias: row.alias,
  ha1: row.ha1,
  maxContacts: row.max_contacts,
  enabled: row.enabled,
  mayCall: {
    applications: row.may_call_applications,
    queues: row.may_call_queues,
    users: row.may_call_users,
  },
  createdAt: row.created_at,
});

/** What the secret of a device is sealed for. */
export const endpointSeal = (id: EndpointId) => `endpoints/${id}`;

/** What a device may do, as far as it is said. */
const rightsIn = ({ enabled, mayCall }: Pick<EndpointChange, 'enabled' | 'mayCall'>) => ({
  ...(enabled !== undefined && { enabled }),
  ...(mayCall?.applications !== undefined && { may_call_applications: mayCall.applications }),
  ...(mayCall?.queues !== undefined && { may_call_queues: mayCall.queues }),
  ...(mayCall?.users !== undefined && { may_call_users: mayCall.users }),
});

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: EndpointId,
) => ({ type, accountId, kind: 'endpoint', id, at: new Date() }) as const;

export function createEndpointStore(db: Db, box: SecretBox): EndpointStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('endpoints')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toEndpoint(row);
      }),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('endpoints')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('serial')
            .execute()
        ).map(toEndpoint),
      ),
    ofUser: (accountId, userId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('endpoints')
            .select(columns)
            .where('account_id', '=', accountId)
            .where('user_id', '=', userId)
            .orderBy('serial')
            .execute()
        ).map(toEndpoint),
      ),
    list: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('endpoints')
          .select(columns)
          .where('account_id', '=', accountId)
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '>',
                is.tuple(key?.at as Date, key?.id as EndpointId),
              ),
            ),
          )
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toEndpoint, (row) => ({ at: row.created_at, id: row.id }));
      }),
    insert: (accountId, endpoint, ha1) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<EndpointId>();
        const row = await tx
          .insertInto('endpoints')
          .values({
            id,
            account_id: accountId,
            user_id: endpoint.userId ?? null,
            serial: await nextSerial(tx, accountId, 'next_endpoint_serial'),
            username: endpoint.username,
            alias: endpoint.alias,
            ha1,
            secret_encrypted: box.seal(endpoint.secret, endpointSeal(id)),
            max_contacts: endpoint.maxContacts,
            ...rightsIn(endpoint),
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.created', accountId, id));
        return toEndpoint(row);
      }),
    change: (accountId, id, change, ha1) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .updateTable('endpoints')
          .set({
            id,
            ...('userId' in change && { user_id: change.userId ?? null }),
            ...(change.username !== undefined && { username: change.username }),
            ...(change.alias !== undefined && { alias: change.alias }),
            ...(change.maxContacts !== undefined && { max_contacts: change.maxContacts }),
            ...(change.secret !== undefined && {
              secret_encrypted: box.seal(change.secret, endpointSeal(id)),
            }),
            ...rightsIn(change),
            ...(ha1 !== undefined && { ha1 }),
          })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirst();
        if (row) tell(told('object.changed', accountId, id));
        return row && toEndpoint(row);
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const { numDeletedRows } = await tx
          .deleteFrom('endpoints')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows > 0n) tell(told('object.removed', accountId, id));
        return numDeletedRows > 0n;
      }),
    secret: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('endpoints')
          .select('secret_encrypted')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && box.open(row.secret_encrypted, endpointSeal(id));
      }),
  };
}
