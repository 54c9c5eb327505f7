import type { Instruction, InstructionName } from '../programs/index.ts';
import { answer } from './instructions/answer.ts';
import { ask } from './instructions/ask.ts';
import { bridge } from './instructions/bridge.ts';
import { conference } from './instructions/conference.ts';
import { dequeue } from './instructions/dequeue.ts';
import { dial } from './instructions/dial.ts';
import { dtmf } from './instructions/dtmf.ts';
import { enqueue } from './instructions/enqueue.ts';
import { gather } from './instructions/gather.ts';
import { hangup } from './instructions/hangup.ts';
import { hold, mute, unhold, unmute } from './instructions/hold.ts';
import { leave } from './instructions/leave.ts';
import { detectAnswer, listen, listenStart, listenStop } from './instructions/listen.ts';
import { message, sendRequest } from './instructions/message.ts';
import { music, play, say, silence, tone } from './instructions/play.ts';
import { progress, ring } from './instructions/progress.ts';
import { recordPause, recordResume, recordStart, recordStop } from './instructions/record.ts';
import { refer } from './instructions/refer.ts';
import { tag } from './instructions/tag.ts';
import { transfer } from './instructions/transfer.ts';
import { wait } from './instructions/wait.ts';
import type { Handler } from './stage.ts';

/** Every instruction and how it runs. A new one does not compile until it is here. */
const handlers = {
  answer,
  ring,
  progress,
  play,
  say,
  tone,
  silence,
  music,
  dial,
  bridge,
  hold,
  unhold,
  mute,
  unmute,
  dtmf,
  gather,
  'record-start': recordStart,
  'record-stop': recordStop,
  'record-pause': recordPause,
  'record-resume': recordResume,
  listen,
  'listen-start': listenStart,
  'listen-stop': listenStop,
  'detect-answer': detectAnswer,
  refer,
  'send-request': sendRequest,
  message,
  transfer,
  conference,
  enqueue,
  dequeue,
  leave,
  ask,
  tag,
  wait,
  hangup,
} satisfies Record<InstructionName, unknown>;

/** The handler of an instruction. Its own type parameter is checked where it is written. */
export const handlerOf = (instruction: Instruction): Handler<never> =>
  handlers[instruction.do] as unknown as Handler<never>;
