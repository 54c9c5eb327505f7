import type { PlaybackId } from '../../../engine/port/index.ts';
import type { InstructionOf, RunState, Sound } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import { countryOf, toMedia } from '../sounds.ts';
import type { Handler, Stage } from '../stage.ts';

type Listening = RunState & {
  readonly playback: string;
  /** How often everything is still to be played, this time included; 0 without end. */
  readonly left: number;
  /** When it began, in ms since 1970. */
  readonly since: number;
};

/** The deadline of what may last so long and no longer. */
const tooLong = 'too long';

/** Starts a playback on the leg. A caller that waits hears it as early media. */
function begin(
  stage: Stage,
  sounds: readonly Sound[],
  left: number,
  since = stage.clock.now().getTime(),
): void {
  const playback = stage.newPlaybackId();
  const leg = stage.leg();
  stage.keep({ playback, left, since } satisfies Listening);
  stage.ask('play', async () =>
    stage.engine.play(playback as PlaybackId, { leg: leg.engineId }, await toMedia(stage, sounds)),
  );
}

function hear(stage: Stage, sounds: readonly Sound[], state: RunState, input: Input): void {
  const { playback, left, since } = state as Listening;
  const seconds = (stage.clock.now().getTime() - since) / 1_000;
  if (input.type === 'deadline' && input.name === tooLong) {
    stop(stage, state);
    return stage.finish({ outcome: 'done', seconds });
  }
  if (input.type === 'work_failed' && input.work === 'play') {
    return stage.finish({ outcome: 'failed', seconds });
  }
  if (input.type !== 'playback_finished' || input.playback !== playback) return;
  if (!input.ok) return stage.finish({ outcome: 'failed', seconds });
  if (left === 1) return stage.finish({ outcome: 'done', seconds });
  begin(stage, sounds, Math.max(0, left - 1), since);
}

const stop = (stage: Stage, state: RunState): void => {
  const { playback } = state as Partial<Listening>;
  if (playback)
    stage.send('stop playback', () => stage.engine.stopPlayback(playback as PlaybackId));
};

const resumed = (stage: Stage, sounds: readonly Sound[], state: RunState): void => {
  stop(stage, state);
  const { left, since } = state as Partial<Listening>;
  begin(stage, sounds, left ?? 1, since);
};

/** Plays sounds one after the other, `loop` times. */
export const play: Handler<InstructionOf<'play'>> = {
  start(stage, { sounds, loop, mostSeconds }) {
    begin(stage, sounds, loop ?? 1);
    if (mostSeconds)
      stage.wakeAt(tooLong, new Date(stage.clock.now().getTime() + mostSeconds * 1_000));
  },
  on: (stage, { sounds }, state, input) => hear(stage, sounds, state, input),
  resume(stage, { sounds, mostSeconds }, state) {
    resumed(stage, sounds, state);
    const { since } = state as Partial<Listening>;
    if (mostSeconds && since) stage.wakeAt(tooLong, new Date(since + mostSeconds * 1_000));
  },
  abort: (stage, _instruction, state, reason) => {
    if (reason !== 'hangup') stop(stage, state);
  },
};

const spoken = ({ text, language }: InstructionOf<'say'>): readonly Sound[] => [
  { kind: 'speech', text, ...(language ? { language } : {}) },
];

/** Speaks a text with the built-in voice, `loop` times. */
export const say: Handler<InstructionOf<'say'>> = {
  start: (stage, instruction) => begin(stage, spoken(instruction), instruction.loop ?? 1),
  on: (stage, instruction, state, input) => hear(stage, spoken(instruction), state, input),
  resume: (stage, instruction, state) => resumed(stage, spoken(instruction), state),
  abort: (stage, _instruction, state, reason) => {
    if (reason !== 'hangup') stop(stage, state);
  },
};

/** Plays a tone of the account's country for some seconds. */
export const tone: Handler<InstructionOf<'tone'>> = {
  start(stage, { tone: name, seconds }) {
    begin(stage, [{ kind: 'tone', tone: name, country: countryOf(stage) }], 1);
    stage.wakeAt('over', new Date(stage.clock.now().getTime() + seconds * 1000));
  },
  on(stage, _instruction, state, input) {
    if (input.type === 'deadline') {
      stop(stage, state);
      return stage.finish({ outcome: 'done' });
    }
    hear(stage, [], state, input);
  },
  resume(stage, instruction, state) {
    stop(stage, state);
    tone.start(stage, instruction);
  },
  abort: (stage, _instruction, state, reason) => {
    if (reason !== 'hangup') stop(stage, state);
  },
};

/** Plays music for some seconds. */
export const music: Handler<InstructionOf<'music'>> = {
  start(stage, { seconds }) {
    const { engineId } = stage.leg();
    stage.send('music', () => stage.engine.startMusic(engineId));
    stage.wakeAt('over', new Date(stage.clock.now().getTime() + seconds * 1000));
  },
  on(stage, instruction, state, input) {
    if (input.type !== 'deadline') return;
    music.abort?.(stage, instruction, state, 'break');
    stage.finish({ outcome: 'done' });
  },
  abort(stage, _instruction, _state, reason) {
    const { engineId } = stage.leg();
    if (reason !== 'hangup') stage.send('no music', () => stage.engine.stopMusic(engineId));
  },
};

/** Says nothing for some seconds. */
export const silence: Handler<InstructionOf<'silence'>> = {
  start: (stage, { seconds }) =>
    stage.wakeAt('over', new Date(stage.clock.now().getTime() + seconds * 1000)),
  on(stage, _instruction, _state, input) {
    if (input.type === 'deadline') stage.finish({ outcome: 'done' });
  },
};
