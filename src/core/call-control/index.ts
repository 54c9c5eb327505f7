export { type CallControl, createCallControl } from './create-exchange.ts';
export type { CallControlPorts } from './ports.ts';
