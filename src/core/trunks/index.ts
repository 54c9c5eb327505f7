export { chooseTrunks, emergencyTrunks } from './choose-trunk.ts';
export { createTrunks, type TrunkPorts } from './create-trunks.ts';
export { toEngineTrunk } from './engine-trunk.ts';
export {
  addressText,
  type Gateway,
  type GatewayChange,
  inboundNetworks,
  type NewGateway,
  networkGateway,
  outboundAddresses,
  wholeAddress,
} from './gateway.ts';
export type { LiveTrunk, Trunks } from './service.ts';
export {
  mainGateway,
  type NewTrunk,
  type OpenTrunk,
  type Trunk,
  type TrunkChange,
  type TrunkDtmf,
} from './trunk.ts';
export { createTrunkStates, type TrunkStates } from './trunk-states.ts';
export type { TrunkStore } from './trunk-store.ts';
