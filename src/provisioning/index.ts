export { ensurePrograms } from './ensure-programs.ts';
export type { Program, ProgramName } from './programs.ts';
