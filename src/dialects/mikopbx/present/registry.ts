import { type LiveTrunk, mainGateway } from '../../../core/trunks/index.ts';

const registering: Readonly<Record<LiveTrunk['state'], string>> = {
  registered: 'REGISTERED',
  rejected: 'REJECTED',
  unregistered: 'UNREGISTERED',
  reachable: 'REGISTERED',
  unreachable: 'UNREGISTERED',
  unknown: 'UNREGISTERED',
};

function stateOf({ trunk, state }: LiveTrunk): string {
  if (!trunk.enabled) return 'OFF';
  if (trunk.kind === 'register') return registering[state];
  return state === 'reachable' ? 'OK' : 'UNKNOWN';
}

/** A provider connection; switched-off ones are `OFF`. */
export const presentRegistry = (live: LiveTrunk) => ({
  state: stateOf(live),
  id: `SIP-${live.trunk.serial}`,
  username: live.trunk.username ?? '',
  host: mainGateway(live.trunk)?.host ?? live.trunk.realm ?? '',
});
