export {
  type AsteriskEngine,
  createAsteriskEngine,
  type EngineDirectory,
} from './asterisk-engine.ts';
export type { AsteriskOptions, EngineProcess, EngineProgram, ProcessLauncher } from './options.ts';
