export { chooseTrunks, emergencyTrunks } from './choose-trunk.ts';
export { createTrunks, type TrunkPorts } from './create-trunks.ts';
export type { LiveTrunk, Trunks } from './service.ts';
export type { NewTrunk, Trunk, TrunkChange } from './trunk.ts';
export { createTrunkStates, type TrunkStates } from './trunk-states.ts';
export type { TrunkStore } from './trunk-store.ts';
