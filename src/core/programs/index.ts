export type {
  AskInstruction,
  CallerId,
  DialInstruction,
  DialTarget,
  GatherInstruction,
  HangupInstruction,
  Instruction,
  InstructionName,
  InstructionOf,
  Sound,
  Tag,
  ToneName,
} from './instruction.ts';
export type { InstructionResult, ProgramSourceRef, RunState, StoredProgram } from './program.ts';
export { newProgram } from './program.ts';
export type { ProgramSource, Question } from './program-source.ts';
