import { type RawBuilder, type Selectable, sql } from 'kysely';
import { maskedSecret } from '../../core/endpoints/index.ts';
import type {
  EstateItems,
  EstateKind,
  EstateStore,
  Owned,
  Owner,
} from '../../core/estate/index.ts';
import type { AccountId, Sid } from '../../kernel/ids.ts';
import { asPattern } from '../as-pattern.ts';
import type { Db, Tx } from '../connect.ts';
import type { SecretBox } from '../secret-box.ts';
import type { EndpointRow, GatewayRow, NumberRow } from '../tables.ts';
import { withinReach } from '../within-reach.ts';
import { accountColumns, toAccount } from './accounts.ts';
import { applicationColumns, toApplication } from './applications.ts';
import { endpointColumns, endpointSeal, toEndpoint } from './endpoints.ts';
import { gatewayColumns, gatewaysOfTrunk, toGateway } from './gateways.ts';
import { numberColumns, toNumber } from './numbers.ts';
import { openTrunk, type TrunkWithGateways, trunkColumns } from './trunks.ts';
import { toUser, userColumns } from './users.ts';

/** Where a kind of thing is kept. */
interface Source<Item> {
  readonly table: string;
  readonly columns: readonly string[];
  /** Columns of other tables. */
  readonly more?: RawBuilder<unknown>;
  /** Names the account of a row. */
  readonly owner: string;
  /** What is looked into for a text. */
  readonly text: string;
  readonly toItem: (row: never) => Item;
}

const sourcesWith = (
  box: SecretBox,
): { readonly [Kind in EstateKind]: Source<EstateItems[Kind]> } => ({
  account: {
    table: 'accounts',
    columns: accountColumns,
    owner: 'id',
    text: 'name',
    toItem: toAccount,
  },
  application: {
    table: 'applications',
    columns: applicationColumns,
    owner: 'account_id',
    text: 'name',
    toItem: toApplication(box),
  },
  endpoint: {
    table: 'endpoints',
    columns: [...endpointColumns, 'secret_encrypted'],
    owner: 'account_id',
    text: 'username',
    toItem: (row: Selectable<EndpointRow>) => ({
      ...toEndpoint(row),
      maskedSecret: maskedSecret(box.open(row.secret_encrypted, endpointSeal(row.id))),
    }),
  },
  number: {
    table: 'numbers',
    columns: numberColumns,
    more: sql`,
      (select t.sid from trunks t where t.id = numbers.trunk_id) as trunk_sid,
      (select a.sid from applications a where a.id::text = numbers.target ->> 'applicationId') as application_sid`,
    owner: 'account_id',
    text: 'e164',
    toItem(
      row: Selectable<NumberRow> & Readonly<Record<'trunk_sid' | 'application_sid', Sid | null>>,
    ) {
      const { e164: number, ...rest } = toNumber(row);
      return {
        ...rest,
        number,
        trunkSid: row.trunk_sid ?? undefined,
        applicationSid: row.application_sid ?? undefined,
      };
    },
  },
  trunk: {
    table: 'trunks',
    columns: trunkColumns,
    more: sql`, ${gatewaysOfTrunk} as gateways,
      (select a.sid from applications a where a.id = trunks.application_id) as application_sid`,
    owner: 'account_id',
    text: 'name',
    toItem: (row: TrunkWithGateways & { readonly application_sid: Sid | null }) => ({
      ...openTrunk(box, row),
      applicationSid: row.application_sid ?? undefined,
    }),
  },
  gateway: {
    table: 'gateways',
    columns: gatewayColumns,
    more: sql`, (select t.sid from trunks t where t.id = gateways.trunk_id) as trunk_sid`,
    owner: 'account_id',
    text: 'host',
    toItem: (row: Selectable<GatewayRow> & { readonly trunk_sid: Sid }) => ({
      ...toGateway(row),
      trunkSid: row.trunk_sid,
    }),
  },
  user: {
    table: 'users',
    columns: userColumns,
    owner: 'account_id',
    text: 'login',
    toItem: toUser,
  },
});

const selected = ({ columns, more }: Source<unknown>) =>
  sql`${sql.join(columns.map((column) => sql.ref(column)))} ${more ?? sql``}`;

async function ownersOf(tx: Tx, ids: readonly AccountId[]): Promise<ReadonlyMap<AccountId, Owner>> {
  const rows = await tx
    .selectFrom('accounts as own')
    .leftJoin('accounts as above', 'above.id', 'own.operator_id')
    .select([
      'own.id',
      'own.kind',
      'own.sid',
      'own.name',
      'own.operator_id',
      'above.sid as above_sid',
      'above.name as above_name',
    ])
    .where('own.id', 'in', [...new Set(ids)])
    .execute();
  return new Map(
    rows.map((row) => [
      row.id,
      {
        accountId: row.id,
        operatorId: row.operator_id ?? undefined,
        accountSid: row.kind === 'customer' ? row.sid : undefined,
        operatorSid: row.above_sid ?? row.sid,
        operatorName: row.above_name ?? row.name,
      },
    ]),
  );
}

/** Things of several accounts at once. Crosses accounts: an operator looks over all of its own. */
export function createEstateStore(db: Db, box: SecretBox): EstateStore {
  const sources = sourcesWith(box);
  const owned = async <Item>(
    tx: Tx,
    { owner, toItem }: Source<Item>,
    rows: readonly Readonly<Record<string, unknown>>[],
  ): Promise<readonly Owned<Item>[]> => {
    if (rows.length === 0) return [];
    const owners = await ownersOf(
      tx,
      rows.map((row) => row[owner] as AccountId),
    );
    return rows.flatMap((row) => {
      const found = owners.get(row[owner] as AccountId);
      return found ? [{ item: toItem(row as never), owner: found }] : [];
    });
  };
  return {
    find: (kind, sid: Sid) =>
      db.crossing(async (tx) => {
        const source = sources[kind] as Source<EstateItems[typeof kind]>;
        const { rows } = await sql<Record<string, unknown>>`
          select ${selected(source)}
          from ${sql.table(source.table)} where sid = ${sid}`.execute(tx);
        return (await owned(tx, source, rows))[0];
      }),
    list: (kind, reaches, { text, page }) =>
      db.crossing(async (tx) => {
        const source = sources[kind] as Source<EstateItems[typeof kind]>;
        const conditions = [
          ...reaches.map((reach) => withinReach(reach, source.owner)),
          ...(kind === 'account' ? [sql`kind = 'customer'`] : []),
          ...(text ? [sql`${sql.ref(source.text)} ilike ${asPattern(text)}`] : []),
        ];
        const where = sql.join(conditions, sql` and `);
        const { rows } = await sql<Record<string, unknown>>`
          select ${selected(source)}
          from ${sql.table(source.table)} where ${where} order by created_at, id
          ${page ? sql`limit ${page.size} offset ${(page.number - 1) * page.size}` : sql``}`.execute(
          tx,
        );
        const counted = page
          ? await sql<{ count: string }>`
              select count(*) as count from ${sql.table(source.table)} where ${where}`.execute(tx)
          : undefined;
        return {
          items: await owned(tx, source, rows),
          total: counted ? Number(counted.rows[0]?.count ?? 0) : rows.length,
        };
      }),
  };
}
