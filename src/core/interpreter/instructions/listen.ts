import type { EngineAudioId } from '../../../engine/port/index.ts';
import type { InstructionOf, ListenInstruction, RunState } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import type { Handler, Stage } from '../stage.ts';

type Listening = RunState & {
  readonly audioId: EngineAudioId;
  /** When it began, in ms since 1970. */
  readonly since: number;
};

const tooLong = 'too long';

/** Speaking to a leg needs something to speak over: where it hears nobody it gets silence. */
const quietly = (stage: Stage, on: boolean): void => {
  const { engineId, bridge } = stage.leg();
  if (bridge) return;
  stage.send('silence', () =>
    on ? stage.engine.startSilence(engineId) : stage.engine.stopSilence(engineId),
  );
};

function begin(stage: Stage, { stream, mostSeconds }: ListenInstruction, since: number): void {
  const source = stage.leg().program?.source;
  const audioId = stage.newPlaybackId() as string as EngineAudioId;
  if (!source) return stage.finish({ outcome: 'failed' });
  stage.keep({ audioId, since } satisfies Listening);
  if (stream.mouthRate) quietly(stage, true);
  const { legId } = stage;
  const run = () => stage.streams.run({ audioId, legId, source, wish: stream });
  stage.ask('stream', run, `${stage.legId} ${audioId}`);
  if (mostSeconds) stage.wakeAt(tooLong, new Date(since + mostSeconds * 1_000));
}

function stop(stage: Stage, { stream }: ListenInstruction, { audioId }: Listening): void {
  stage.streams.end(stage.legId, audioId);
  if (stream.mouthRate) quietly(stage, false);
}

function heard(stage: Stage, instruction: ListenInstruction, state: Listening, input: Input): void {
  const seconds = (stage.clock.now().getTime() - state.since) / 1_000;
  if (input.type === 'dtmf' && instruction.finishOnKey?.includes(input.digit)) {
    stop(stage, instruction, state);
    return stage.finish({ outcome: 'done', seconds, digits: input.digit });
  }
  const isOver =
    (input.type === 'deadline' && input.name === tooLong) ||
    (input.type === 'work_done' && input.work === 'stream');
  if (isOver) {
    stop(stage, instruction, state);
    return stage.finish({ outcome: 'done', seconds });
  }
  if (input.type === 'work_failed' && input.work === 'stream') {
    stop(stage, instruction, state);
    stage.finish({ outcome: 'failed', seconds });
  }
}

/** Streams the sound of the leg to somebody outside, who may speak to it. A restarted server begins anew. */
export const listen: Handler<ListenInstruction, Listening> = {
  start: (stage, instruction) => begin(stage, instruction, stage.clock.now().getTime()),
  on: heard,
  resume(stage, instruction, { audioId, since }) {
    if (audioId) stage.send('close sound', () => stage.engine.closeAudio(audioId));
    begin(stage, instruction, since ?? stage.clock.now().getTime());
  },
  abort(stage, instruction, state, reason) {
    if (reason !== 'hangup') return stop(stage, instruction, state);
    stage.streams.end(stage.legId, state.audioId);
  },
};

/** Begins to stream beside the program. */
export const listenStart: Handler<InstructionOf<'listen-start'>> = {
  start(stage, { stream }) {
    const source = stage.leg().program?.source;
    const audioId = stage.newPlaybackId() as string as EngineAudioId;
    if (source) stage.streams.begin({ audioId, legId: stage.legId, source, wish: stream });
    stage.finish({ outcome: source ? 'done' : 'failed' });
  },
};

export const listenStop: Handler<InstructionOf<'listen-stop'>> = {
  start(stage) {
    stage.streams.end(stage.legId);
    stage.finish({ outcome: 'done' });
  },
};

/** Begins to find out how the leg answered. */
export const detectAnswer: Handler<InstructionOf<'detect-answer'>> = {
  start(stage, { detect }) {
    stage.detect(stage.legId, detect);
    stage.finish({ outcome: 'done' });
  },
};
