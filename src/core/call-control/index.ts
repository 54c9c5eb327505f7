export { type CallControl, createCallControl } from './create-exchange.ts';
export type { CallControlPorts, SoundFetcher } from './ports.ts';
