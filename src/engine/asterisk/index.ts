export { type AsteriskEngine, createAsteriskEngine } from './asterisk-engine.ts';
export type { AsteriskOptions, EngineProcess, EngineProgram, ProcessLauncher } from './options.ts';
