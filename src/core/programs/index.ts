export type {
  AskInstruction,
  CallerId,
  ConferenceInstruction,
  DequeueInstruction,
  DialInstruction,
  DialTarget,
  EnqueueInstruction,
  GatherInstruction,
  HangupInstruction,
  Instruction,
  InstructionName,
  InstructionOf,
  Meanwhile,
  Sound,
  Tag,
  ToneName,
} from './instruction.ts';
export type { InstructionResult, ProgramSourceRef, RunState, StoredProgram } from './program.ts';
export { newProgram } from './program.ts';
export type { Awaited, ProgramSource, Question } from './program-source.ts';
