export type {
  AskInstruction,
  CallerId,
  ConferenceInstruction,
  DequeueInstruction,
  DetectWish,
  DialInstruction,
  DialTarget,
  EnqueueInstruction,
  GatherInstruction,
  HangupInstruction,
  Instruction,
  InstructionName,
  InstructionOf,
  KeyWatch,
  ListenInstruction,
  Meanwhile,
  Sound,
  StreamWish,
  Tag,
  TargetWishes,
  ToneName,
} from './instruction.ts';
export type { InstructionResult, ProgramSourceRef, RunState, StoredProgram } from './program.ts';
export { newProgram, renewedProgram } from './program.ts';
export type {
  Awaited,
  Notice,
  ProgramSource,
  Question,
  Streaming,
  StreamQuestion,
  StreamSteering,
} from './program-source.ts';
