import type { PlaybackId } from '../../../engine/port/index.ts';
import type { GatherInstruction, RunState } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import { toMedia } from '../sounds.ts';
import type { Handler, Stage } from '../stage.ts';

type Gathering = RunState & {
  readonly digits: string;
  readonly prompt: string | undefined;
  /** Instant after which the input ends, as ISO 8601; absent while the prompt plays. */
  readonly deadline: string | undefined;
};

const stopPrompt = (stage: Stage, prompt: string | undefined): void => {
  if (prompt) stage.send('stop prompt', () => stage.engine.stopPlayback(prompt as PlaybackId));
};

/** Waits for a (further) key until a new deadline. */
function wait(stage: Stage, digits: string, seconds: number): void {
  if (seconds === 0)
    return stage.keep({ digits, prompt: undefined, deadline: undefined } satisfies Gathering);
  const deadline = new Date(stage.clock.now().getTime() + seconds * 1000);
  stage.keep({ digits, prompt: undefined, deadline: deadline.toISOString() } satisfies Gathering);
  stage.wakeAt(deadline.toISOString(), deadline);
}

const finished = (stage: Stage, { minDigits }: GatherInstruction, digits: string): void =>
  stage.finish({ outcome: digits.length >= (minDigits ?? 1) ? 'done' : 'timeout', digits });

function key(stage: Stage, instruction: GatherInstruction, state: Gathering, digit: string): void {
  const goesOn = instruction.bargeIn === false && state.prompt !== undefined;
  if (!goesOn) stopPrompt(stage, state.prompt);
  const over = (digits: string) => {
    if (goesOn) stopPrompt(stage, state.prompt);
    finished(stage, instruction, digits);
  };
  if (digit === instruction.finishOnKey) return over(state.digits);
  const digits = state.digits + digit;
  if (digits.length >= instruction.maxDigits) return over(digits);
  if (goesOn) return stage.keep({ ...state, digits });
  wait(stage, digits, instruction.interDigitSeconds);
}

function begin(stage: Stage, instruction: GatherInstruction, digits: string): void {
  const leg = stage.leg();
  const sounds = instruction.prompt ?? [];
  if (sounds.length === 0) return wait(stage, digits, instruction.timeoutSeconds);
  const prompt = stage.newPlaybackId();
  stage.keep({ digits, prompt, deadline: undefined } satisfies Gathering);
  stage.ask('prompt', async () =>
    stage.engine.play(prompt as PlaybackId, { leg: leg.engineId }, await toMedia(stage, sounds)),
  );
}

function hear(stage: Stage, instruction: GatherInstruction, state: Gathering, input: Input): void {
  if (input.type === 'dtmf') return key(stage, instruction, state, input.digit);
  const promptOver =
    (input.type === 'playback_finished' && input.playback === state.prompt) ||
    (input.type === 'work_failed' && input.work === 'prompt');
  if (promptOver) {
    const { timeoutSeconds, interDigitSeconds } = instruction;
    return wait(stage, state.digits, state.digits ? interDigitSeconds : timeoutSeconds);
  }
  if (input.type === 'deadline' && input.name === state.deadline)
    finished(stage, instruction, state.digits);
}

/** Collects keys; the first one interrupts the prompt, if it may. A restart keeps the keys and asks again. */
export const gather: Handler<GatherInstruction, Gathering> = {
  start: (stage, instruction) => begin(stage, instruction, ''),
  on: hear,
  resume(stage, instruction, state) {
    stopPrompt(stage, state.prompt);
    begin(stage, instruction, state.digits ?? '');
  },
  abort(stage, _instruction, state, reason) {
    if (reason !== 'hangup') stopPrompt(stage, state.prompt);
  },
};
