export { ensurePrograms } from './ensure-programs.ts';
export { readManifest } from './manifest.ts';
export type { Program, ProgramName } from './programs.ts';
