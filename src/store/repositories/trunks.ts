import type { Selectable } from 'kysely';
import type { NewTrunk, Trunk, TrunkStore } from '../../core/trunks/index.ts';
import { type AccountId, newId, type TrunkId } from '../../kernel/ids.ts';
import type { JsonObject } from '../../kernel/json.ts';
import type { Db, Tx } from '../connect.ts';
import { readKey, toPage } from '../page-keys.ts';
import type { SecretBox } from '../secret-box.ts';
import type { TrunkRow } from '../tables.ts';
import type { Reader } from '../walled-reads.ts';
import {
  deleteGateway,
  type GatewayJson,
  gatewaysOfTrunk,
  insertGateway,
  toGateway,
  updateGateway,
  writeAddresses,
} from './gateways.ts';
import { nextSerial } from './serials.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'serial',
  'name',
  'kind',
  'username',
  'secret_encrypted',
  'realm',
  'from_user',
  'from_domain',
  'tech_prefix',
  'leading_plus',
  'application_id',
  'proxy',
  'dtmf',
  'extras_encrypted',
  'prefixes',
  'priority',
  'emergency',
  'enabled',
  'created_at',
] as const;

export const trunkColumns = columns;

/** Columns of a trunk, and its gateways. */
export const trunkSelection = [...columns, gatewaysOfTrunk.as('gateways')] as const;

export type TrunkWithGateways = Selectable<TrunkRow> & {
  readonly gateways: readonly GatewayJson[];
};

export const toTrunk = (row: TrunkWithGateways): Trunk => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  serial: row.serial,
  name: row.name,
  kind: row.kind,
  username: row.username ?? undefined,
  hasSecret: row.secret_encrypted !== null,
  realm: row.realm ?? undefined,
  fromUser: row.from_user ?? undefined,
  fromDomain: row.from_domain ?? undefined,
  techPrefix: row.tech_prefix,
  leadingPlus: row.leading_plus,
  applicationId: row.application_id ?? undefined,
  proxy: row.proxy ?? undefined,
  dtmf: row.dtmf,
  gateways: row.gateways.map(toGateway),
  prefixes: row.prefixes,
  priority: row.priority,
  emergency: row.emergency,
  enabled: row.enabled,
  createdAt: row.created_at,
});

/** What a trunk's secret is sealed for. */
export const trunkSeal = (id: TrunkId) => `trunks/${id}`;

/** What the extras of a trunk are sealed for. */
const extrasSeal = (id: TrunkId) => `trunks/${id}/extras`;

/** What only whoever has set it may see again. */
export const openTrunk = (box: SecretBox, row: TrunkWithGateways) => ({
  ...toTrunk(row),
  secret: row.secret_encrypted ? box.open(row.secret_encrypted, trunkSeal(row.id)) : undefined,
  extras: (row.extras_encrypted
    ? JSON.parse(box.open(row.extras_encrypted, extrasSeal(row.id)))
    : {}) as JsonObject,
});

const toRow = (box: SecretBox, id: TrunkId, trunk: Partial<NewTrunk>) => ({
  ...(trunk.name !== undefined && { name: trunk.name }),
  ...(trunk.kind !== undefined && { kind: trunk.kind }),
  ...('username' in trunk && { username: trunk.username ?? null }),
  ...('secret' in trunk && {
    secret_encrypted: trunk.secret ? box.seal(trunk.secret, trunkSeal(id)) : null,
  }),
  ...('realm' in trunk && { realm: trunk.realm ?? null }),
  ...('fromUser' in trunk && { from_user: trunk.fromUser ?? null }),
  ...('fromDomain' in trunk && { from_domain: trunk.fromDomain ?? null }),
  ...(trunk.techPrefix !== undefined && { tech_prefix: trunk.techPrefix }),
  ...(trunk.leadingPlus !== undefined && { leading_plus: trunk.leadingPlus }),
  ...('applicationId' in trunk && { application_id: trunk.applicationId ?? null }),
  ...('proxy' in trunk && { proxy: trunk.proxy ?? null }),
  ...(trunk.dtmf !== undefined && { dtmf: trunk.dtmf }),
  ...(trunk.extras !== undefined && {
    extras_encrypted: box.seal(JSON.stringify(trunk.extras), extrasSeal(id)),
  }),
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

const read = async (tx: Reader, accountId: AccountId, id: TrunkId): Promise<Trunk | undefined> => {
  const row = await tx
    .selectFrom('trunks')
    .select(trunkSelection)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toTrunk(row);
};

export function createTrunkStore(db: Db, box: SecretBox): TrunkStore {
  /** Does something with a gateway; its trunk is told of and read again. */
  const withGateway = (
    accountId: AccountId,
    work: (tx: Tx) => Promise<TrunkId | undefined>,
  ): Promise<Trunk | undefined> =>
    db.telling(accountId, async (tx, tell) => {
      const id = await work(tx);
      if (!id) return undefined;
      tell(told('object.changed', accountId, id));
      return read(tx, accountId, id);
    });
  return {
    find: (accountId, id) => db.reading(accountId, (reader) => read(reader, accountId, id)),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('trunks')
            .select(trunkSelection)
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
          .select(trunkSelection)
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
        await tx
          .insertInto('trunks')
          .values({
            ...toRow(box, id, trunk),
            id,
            account_id: accountId,
            serial: await nextSerial(tx, accountId, 'next_trunk_serial'),
            name: trunk.name,
            kind: trunk.kind,
            prefixes: [...trunk.prefixes],
            priority: trunk.priority,
            emergency: trunk.emergency,
            enabled: trunk.enabled,
            created_at: new Date(),
          })
          .execute();
        await writeAddresses(tx, accountId, id, trunk, trunk.kind);
        tell(told('object.created', accountId, id));
        return (await read(tx, accountId, id)) as Trunk;
      }),
    change: (accountId, id, change) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .updateTable('trunks')
          .set({ ...toRow(box, id, change), id })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning('kind')
          .executeTakeFirst();
        if (!row) return undefined;
        await writeAddresses(tx, accountId, id, change, row.kind);
        tell(told('object.changed', accountId, id));
        return read(tx, accountId, id);
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
    insertGateway: (accountId, id, gateway) =>
      withGateway(accountId, async (tx) => {
        if (!(await read(tx, accountId, id))) return undefined;
        await insertGateway(tx, accountId, id, gateway);
        return id;
      }),
    changeGateway: (accountId, id, change) =>
      withGateway(accountId, (tx) => updateGateway(tx, accountId, id, change)),
    removeGateway: (accountId, id) =>
      withGateway(accountId, (tx) => deleteGateway(tx, accountId, id)),
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
