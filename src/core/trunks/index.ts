export { chooseTrunks, emergencyTrunks } from './choose-trunk.ts';
export type { LiveTrunk, Trunks } from './service.ts';
export type { NewTrunk, Trunk, TrunkChange } from './trunk.ts';
export type { TrunkStore } from './trunk-store.ts';
