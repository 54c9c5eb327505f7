import type { InstructionOf } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import { startRecording, stopRecordings } from '../leg-effects.ts';
import type { Handler, Stage } from '../stage.ts';

const finishWithWork = (
  stage: Stage,
  _instruction: unknown,
  _state: unknown,
  input: Input,
): void => {
  if (input.type === 'work_done') stage.finish({ outcome: 'done' });
  if (input.type === 'work_failed') stage.finish({ outcome: 'failed' });
};

/** Starts a recording of the leg that goes on until `record-stop` or the end of the leg. */
export const recordStart: Handler<InstructionOf<'record-start'>> = {
  start(stage) {
    const dialect = stage.leg().program?.source.dialect ?? 'routing';
    stage.ask('record', () =>
      startRecording(stage, stage.legId, { dialect, credentialId: undefined, askedBy: undefined }),
    );
  },
  on: finishWithWork,
};

export const recordStop: Handler<InstructionOf<'record-stop'>> = {
  start: (stage) => stage.ask('record-stop', () => stopRecordings(stage, stage.legId)),
  on: finishWithWork,
};
