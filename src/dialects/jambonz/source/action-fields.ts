import type { LegView } from '../../../core/calls/index.ts';
import type { InstructionResult } from '../../../core/programs/index.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { statusOf } from './call-status.ts';
import { queueSid } from './room-notes.ts';

/** Samples a second of an offset. */
const sampleRate = 8_000;

/** What an action hook needs to know besides its call. */
export interface Ended {
  readonly result: InstructionResult | undefined;
  /** The question as it was compiled. */
  readonly question: JsonObject;
  /** The leg that the result is about. */
  readonly other: LegView | undefined;
  /** What every hook says of its call. */
  readonly info: JsonObject;
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
    ...(result?.outcome === 'answered' && {
      dial_call_duration: Math.round(result.seconds ?? 0),
    }),
  };
};

/** How waiting in a queue ended; anything that is not here is an error. */
const queueResults: Readonly<Record<string, string>> = {
  bridged: 'bridged',
  hangup: 'hangup',
  left: 'leave',
  dequeued: 'leave',
};

const enqueue: Fields = ({ result, question, info }) => ({
  queue_sid: queueSid(String(info.account_sid), String(question.queue)),
  queue_time: result?.seconds ?? 0,
  queue_result: queueResults[result?.outcome ?? ''] ?? 'error',
});

/** How taking from a queue ended; anything that is not here has found nobody. */
const dequeueResults: Readonly<Record<string, string>> = { bridged: 'complete', hangup: 'hangup' };

const dequeue: Fields = ({ result }) => ({
  dequeue_result: dequeueResults[result?.outcome ?? ''] ?? 'timeout',
});

const listen: Fields = ({ result }) => ({
  dial_call_duration: Math.round(result?.seconds ?? 0),
  ...(result?.digits && { digits: result.digits }),
});

/** What the party said about the call that it was asked to make. */
const sipRefer: Fields = ({ result }) => {
  const wasAsked = result?.sipStatus !== undefined || result?.outcome === 'done';
  return {
    refer_status: wasAsked ? 202 : result?.outcome === 'timeout' ? 408 : 603,
    ...(wasAsked && { final_referred_call_status: result.sipStatus ?? 200 }),
  };
};

const sipRequest: Fields = ({ result, question }) => {
  if (typeof question.err === 'string') return { result: 'failed', err: question.err };
  return result?.outcome === 'done'
    ? { result: 'success' }
    : { result: 'failed', err: 'the engine could not send it' };
};

const messageStatuses: Readonly<Record<string, string>> = {
  done: 'success',
  rejected: 'no carriers',
};

const message: Fields = ({ result, question }) => {
  const status = messageStatuses[result?.outcome ?? ''] ?? 'failure';
  return {
    message_sid: String(question.message_sid),
    message_status: status,
    ...(result?.outcome === 'unreachable' && { message_failure_reason: 'nobody is registered' }),
  };
};

const fields: Readonly<Record<string, Fields>> = {
  'sip:refer': sipRefer,
  'sip:request': sipRequest,
  message,
  gather,
  play,
  dial,
  listen,
  enqueue,
  dequeue,
};

/** What a verb tells its action hook. @see contracts/jambonz.json, verbs: hooks */
export const actionFields = (verb: Json | undefined, ended: Ended): JsonObject =>
  fields[String(verb)]?.(ended) ?? {};
