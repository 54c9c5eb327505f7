import type { LegView } from '../../../core/calls/index.ts';
import type { InstructionResult } from '../../../core/programs/index.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { statusOf } from './call-status.ts';

/** Samples a second of an offset. */
const sampleRate = 8_000;

/** What an action hook needs to know besides its call. */
export interface Ended {
  readonly result: InstructionResult | undefined;
  /** The question as it was compiled. */
  readonly question: JsonObject;
  /** The leg that the result is about. */
  readonly other: LegView | undefined;
}

type Fields = (ended: Ended) => JsonObject;

const gather: Fields = ({ result, question }) => {
  if (question.reason === 'error') {
    return { reason: 'error', details: { error: 'no speech recognizer is configured' } };
  }
  const digits = result?.digits ?? '';
  return result?.outcome === 'done'
    ? { digits, reason: 'dtmfDetected' }
    : { ...(digits && { digits }), reason: 'timeout' };
};

const play: Fields = ({ result, question }) => {
  if (result?.outcome !== 'done') return { reason: 'playFailed', status: 'fail' };
  const seconds = result.seconds ?? 0;
  const from = typeof question.seekSeconds === 'number' ? question.seekSeconds : 0;
  return {
    reason: 'playCompleted',
    playback_seconds: Math.round(seconds),
    playback_milliseconds: Math.round(seconds * 1_000),
    playback_last_offset_pos: String(Math.round((from + seconds) * sampleRate)),
  };
};

/** What a dial came to when there is no leg to look at. */
const dialOutcomes: Readonly<Record<string, readonly [status: string, sip: number]>> = {
  answered: ['completed', 200],
  busy: ['busy', 486],
  no_answer: ['no-answer', 487],
};

const dial: Fields = ({ result, other }) => {
  const [status, sip] = dialOutcomes[result?.outcome ?? ''] ?? ['failed', 480];
  const seen = other?.state === 'hangup' ? statusOf(other) : undefined;
  return {
    dial_call_status: seen?.callStatus ?? status,
    dial_sip_status: seen?.sipStatus ?? sip,
    ...(other && { dial_call_sid: other.sid }),
  };
};

const fields: Readonly<Record<string, Fields>> = { gather, play, dial };

/** What a verb tells its action hook. @see contracts/jambonz.json, verbs: hooks */
export const actionFields = (verb: Json | undefined, ended: Ended): JsonObject =>
  fields[String(verb)]?.(ended) ?? {};
