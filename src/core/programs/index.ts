export type {
  CallerId,
  DialInstruction,
  DialTarget,
  GatherInstruction,
  Instruction,
  InstructionName,
  InstructionOf,
  Sound,
  ToneName,
} from './instruction.ts';
export type { InstructionResult, ProgramSourceRef, RunState, StoredProgram } from './program.ts';
export { newProgram } from './program.ts';
