import type { Selectable } from 'kysely';
import type { NewTrunk, Trunk, TrunkStore } from '../../core/trunks/index.ts';
import { type AccountId, newId, type TrunkId } from '../../kernel/ids.ts';
import type { Db } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { SecretBox } from '../secret-box.ts';
import type { TrunkRow } from '../tables.ts';
import { nextSerial } from './serials.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'serial',
  'name',
  'kind',
  'host',
  'port',
  'transport',
  'username',
  'secret_encrypted',
  'inbound_addresses',
  'prefixes',
  'priority',
  'emergency',
  'enabled',
  'created_at',
] as const;

export const trunkColumns = columns;

export const toTrunk = (row: Selectable<TrunkRow>): Trunk => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  serial: row.serial,
  name: row.name,
  kind: row.kind,
  host: row.host,
  port: row.port,
  transport: row.transport,
  username: row.username ?? undefined,
  hasSecret: row.secret_encrypted !== null,
  inboundAddresses: row.inbound_addresses,
  prefixes: row.prefixes,
  priority: row.priority,
  emergency: row.emergency,
  enabled: row.enabled,
  createdAt: row.created_at,
});

/** What a trunk's secret is sealed for. */
export const trunkSeal = (id: TrunkId) => `trunks/${id}`;

const toRow = (trunk: Partial<NewTrunk>, seal: (secret: string) => string) => ({
  ...(trunk.name !== undefined && { name: trunk.name }),
  ...(trunk.kind !== undefined && { kind: trunk.kind }),
  ...(trunk.host !== undefined && { host: trunk.host }),
  ...(trunk.port !== undefined && { port: trunk.port }),
  ...(trunk.transport !== undefined && { transport: trunk.transport }),
  ...('username' in trunk && { username: trunk.username ?? null }),
  ...(trunk.secret !== undefined && { secret_encrypted: seal(trunk.secret) }),
  ...(trunk.inboundAddresses !== undefined && { inbound_addresses: [...trunk.inboundAddresses] }),
  ...(trunk.prefixes !== undefined && { prefixes: [...trunk.prefixes] }),
  ...(trunk.priority !== undefined && { priority: trunk.priority }),
  ...(trunk.emergency !== undefined && { emergency: trunk.emergency }),
  ...(trunk.enabled !== undefined && { enabled: trunk.enabled }),
});

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: TrunkId,
) => ({ type, accountId, kind: 'trunk', id, at: new Date() }) as const;

export function createTrunkStore(db: Db, box: SecretBox): TrunkStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('trunks')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toTrunk(row);
      }),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('trunks')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('serial')
            .execute()
        ).map(toTrunk),
      ),
    list: (accountId, { limit, after }) =>
      db.reading(accountId, async (reader) => {
        const key = readKey(after);
        const rows = await reader
          .selectFrom('trunks')
          .select(columns)
          .where('account_id', '=', accountId)
          .$if(key !== undefined, (query) =>
            query.where((is) =>
              is(
                is.refTuple('created_at', 'id'),
                '>',
                is.tuple(key?.at as Date, key?.id as TrunkId),
              ),
            ),
          )
          .orderBy('created_at')
          .orderBy('id')
          .limit(limit + 1)
          .execute();
        return toPage(rows, limit, toTrunk, (row) => ({ at: row.created_at, id: row.id }));
      }),
    insert: (accountId, trunk) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<TrunkId>();
        const row = await tx
          .insertInto('trunks')
          .values({
            id,
            account_id: accountId,
            serial: await nextSerial(tx, accountId, 'next_trunk_serial'),
            name: trunk.name,
            kind: trunk.kind,
            host: trunk.host,
            port: trunk.port,
            transport: trunk.transport,
            username: trunk.username ?? null,
            secret_encrypted: trunk.secret ? box.seal(trunk.secret, trunkSeal(id)) : null,
            inbound_addresses: [...trunk.inboundAddresses],
            prefixes: [...trunk.prefixes],
            priority: trunk.priority,
            emergency: trunk.emergency,
            enabled: trunk.enabled,
            created_at: new Date(),
          })
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.created', accountId, id));
        return toTrunk(row);
      }),
    change: (accountId, id, change) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .updateTable('trunks')
          .set({ ...toRow(change, (secret) => box.seal(secret, trunkSeal(id))), id })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirst();
        if (row) tell(told('object.changed', accountId, id));
        return row && toTrunk(row);
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const { numDeletedRows } = await tx
          .deleteFrom('trunks')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows > 0n) tell(told('object.removed', accountId, id));
        return numDeletedRows > 0n;
      }),
    secret: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('trunks')
          .select('secret_encrypted')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row?.secret_encrypted ? box.open(row.secret_encrypted, trunkSeal(id)) : undefined;
      }),
  };
}
