import type { EngineLegId } from '../../engine/port/index.ts';
import type { CallHistoryStore, CallJournal } from '../calls/index.ts';
import type { Interpreter, InterpreterPorts } from '../interpreter/index.ts';
import type { Files } from '../recordings/index.ts';

export interface CallControlPorts extends Omit<InterpreterPorts, 'endLeg' | 'mergeCalls'> {
  readonly journal: CallJournal;
  readonly history: CallHistoryStore;
  readonly files: Files;
}

/** The ports, and what is built on them. */
export interface Exchange extends CallControlPorts {
  readonly interpreter: Interpreter;
  /** Whether new calls are let in; running ones go on in any case. */
  readonly admits: () => boolean;
  /** Legs that we hung up and whose end the engine has not reported yet. */
  readonly hungUp: Set<EngineLegId>;
}
