import { newId, type RecordingId } from '../../../kernel/ids.ts';
import type { InstructionOf, RunState } from '../../programs/index.ts';
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

type Starting = RunState & { readonly recordingId: RecordingId };

function begin(stage: Stage, recordingId: RecordingId): void {
  const dialect = stage.leg().program?.source.dialect ?? 'routing';
  const request = { dialect, credentialId: undefined, askedBy: undefined };
  stage.keep({ recordingId } satisfies Starting);
  stage.ask('record', () => startRecording(stage, stage.legId, request, recordingId));
}

/**
 * Starts a recording of the leg that goes on until `record-stop` or the end of the leg. Its id is decided
 * before anything else, so that a server which takes over starts no second one.
 */
export const recordStart: Handler<InstructionOf<'record-start'>, Starting> = {
  start: (stage) => begin(stage, newId()),
  on: finishWithWork,
  resume: (stage, _instruction, { recordingId = newId() }) => begin(stage, recordingId),
};

/** Pauses the recordings of the leg, or lets them go on. */
const changing = (
  what: 'pauseRecording' | 'resumeRecording',
): Handler<InstructionOf<'record-pause' | 'record-resume'>> => ({
  start(stage) {
    const { recordings } = stage.leg();
    stage.ask(what, () =>
      Promise.all(recordings.map(({ engineId }) => stage.engine[what](engineId))),
    );
  },
  on: finishWithWork,
});

export const recordPause = changing('pauseRecording');
export const recordResume = changing('resumeRecording');

export const recordStop: Handler<InstructionOf<'record-stop'>> = {
  start: (stage) => stage.ask('record-stop', () => stopRecordings(stage, stage.legId)),
  on: finishWithWork,
};
