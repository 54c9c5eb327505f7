import { type Selectable, sql } from 'kysely';
import type { Gateway, GatewayChange, NewGateway, NewTrunk } from '../../core/trunks/index.ts';
import { networkGateway, wholeAddress } from '../../core/trunks/index.ts';
import { type AccountId, type GatewayId, newId, type TrunkId } from '../../kernel/ids.ts';
import type { Tx } from '../connect.ts';
import type { GatewayRow } from '../tables.ts';

export const gatewayColumns = [
  'id',
  'sid',
  'account_id',
  'trunk_id',
  'host',
  'port',
  'netmask',
  'inbound',
  'outbound',
  'enabled',
  'transport',
  'pings',
  'extras',
  'created_at',
] as const;

type Row = Pick<Selectable<GatewayRow>, (typeof gatewayColumns)[number]>;

/** A row inside JSON: instants are texts there. */
export type GatewayJson = Omit<Row, 'created_at'> & { readonly created_at: string };

/** The gateways of a row of `trunks`, in the order in which they are tried. */
export const gatewaysOfTrunk = sql<readonly GatewayJson[]>`
  (select coalesce(json_agg(g order by g.position), '[]') from gateways g where g.trunk_id = trunks.id)`;

export const toGateway = (row: Row | GatewayJson): Gateway => ({
  id: row.id,
  sid: row.sid,
  accountId: row.account_id,
  trunkId: row.trunk_id,
  host: row.host,
  port: row.port ?? undefined,
  netmask: row.netmask,
  inbound: row.inbound,
  outbound: row.outbound,
  enabled: row.enabled,
  transport: row.transport,
  pings: row.pings,
  extras: row.extras,
  createdAt: new Date(row.created_at),
});

const toRow = (change: GatewayChange) => ({
  ...(change.host !== undefined && { host: change.host }),
  ...('port' in change && { port: change.port ?? null }),
  ...(change.netmask !== undefined && { netmask: change.netmask }),
  ...(change.inbound !== undefined && { inbound: change.inbound }),
  ...(change.outbound !== undefined && { outbound: change.outbound }),
  ...(change.enabled !== undefined && { enabled: change.enabled }),
  ...(change.transport !== undefined && { transport: change.transport }),
  ...(change.pings !== undefined && { pings: change.pings }),
  ...(change.extras !== undefined && { extras: JSON.stringify(change.extras) }),
});

export const insertGateway = (
  tx: Tx,
  accountId: AccountId,
  trunkId: TrunkId,
  gateway: NewGateway,
) =>
  tx
    .insertInto('gateways')
    .values({
      id: newId<GatewayId>(),
      account_id: accountId,
      trunk_id: trunkId,
      host: gateway.host,
      port: gateway.port ?? null,
      netmask: gateway.netmask,
      inbound: gateway.inbound,
      outbound: gateway.outbound,
      enabled: gateway.enabled,
      transport: gateway.transport,
      pings: gateway.pings,
      extras: JSON.stringify(gateway.extras),
      created_at: new Date(),
    })
    .execute();

/** @returns the trunk of the gateway */
export const updateGateway = async (
  tx: Tx,
  accountId: AccountId,
  id: GatewayId,
  change: GatewayChange,
): Promise<TrunkId | undefined> =>
  (
    await tx
      .updateTable('gateways')
      .set({ id, ...toRow(change) })
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returning('trunk_id')
      .executeTakeFirst()
  )?.trunk_id;

/** @returns the trunk of the gateway that was there */
export const deleteGateway = async (
  tx: Tx,
  accountId: AccountId,
  id: GatewayId,
): Promise<TrunkId | undefined> =>
  (
    await tx
      .deleteFrom('gateways')
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .returning('trunk_id')
      .executeTakeFirst()
  )?.trunk_id;

type Address = Pick<Partial<NewTrunk>, 'host' | 'port' | 'transport'>;

/** Changes the first gateway that calls go to, or makes it. */
async function writeAddress(
  tx: Tx,
  accountId: AccountId,
  trunkId: TrunkId,
  { host, port, transport }: Address,
  kind: NewTrunk['kind'],
): Promise<void> {
  const first = await tx
    .selectFrom('gateways')
    .select('id')
    .where('trunk_id', '=', trunkId)
    .where('outbound', '=', true)
    .orderBy('position')
    .executeTakeFirst();
  const change = {
    ...(host !== undefined && { host, netmask: wholeAddress(host) }),
    ...(port !== undefined && { port }),
    ...(transport !== undefined && { transport }),
  };
  if (first) return void (await updateGateway(tx, accountId, first.id, change));
  if (host === undefined) return;
  await insertGateway(tx, accountId, trunkId, {
    host,
    port,
    netmask: wholeAddress(host),
    inbound: false,
    outbound: true,
    enabled: true,
    transport: transport ?? 'udp',
    pings: kind === 'ip',
    extras: {},
  });
}

/** Calls come from these networks and from no others. A gateway that calls go to as well stays for that. */
async function writeNetworks(
  tx: Tx,
  accountId: AccountId,
  trunkId: TrunkId,
  networks: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('gateways')
    .where('account_id', '=', accountId)
    .where('trunk_id', '=', trunkId)
    .where('inbound', '=', true)
    .where('outbound', '=', false)
    .execute();
  await tx
    .updateTable('gateways')
    .set({ inbound: false })
    .where('account_id', '=', accountId)
    .where('trunk_id', '=', trunkId)
    .execute();
  for (const network of networks)
    await insertGateway(tx, accountId, trunkId, networkGateway(network));
}

/** Writes what a trunk says of its addresses, as gateways. */
export async function writeAddresses(
  tx: Tx,
  accountId: AccountId,
  trunkId: TrunkId,
  trunk: Partial<NewTrunk>,
  kind: NewTrunk['kind'],
): Promise<void> {
  const { host, port, transport, inboundAddresses } = trunk;
  if (host !== undefined || port !== undefined || transport !== undefined)
    await writeAddress(tx, accountId, trunkId, trunk, kind);
  if (inboundAddresses) await writeNetworks(tx, accountId, trunkId, inboundAddresses);
}
