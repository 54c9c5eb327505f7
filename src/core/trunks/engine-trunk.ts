import type { EngineTrunk, TrunkName } from '../../engine/port/index.ts';
import { inboundNetworks, outboundAddresses } from './gateway.ts';
import type { Trunk } from './trunk.ts';

/** A trunk as the engine needs it. @param secret - open */
export const toEngineTrunk = (
  name: TrunkName,
  trunk: Trunk,
  secret: string | undefined,
): EngineTrunk => ({
  name,
  kind: trunk.kind,
  gateways: outboundAddresses(trunk),
  inboundAddresses: inboundNetworks(trunk.gateways),
  dtmf: trunk.dtmf,
  ...(trunk.username && { username: trunk.username }),
  ...(secret && { secret }),
  ...(trunk.realm && { realm: trunk.realm }),
  ...(trunk.fromUser && { fromUser: trunk.fromUser }),
  ...(trunk.fromDomain && { fromDomain: trunk.fromDomain }),
  ...(trunk.proxy && { proxy: trunk.proxy }),
});
