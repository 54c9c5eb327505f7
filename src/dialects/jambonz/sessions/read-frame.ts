import type { Json } from '../../../kernel/json.ts';

/** What an application sends. @see contracts/jambonz.json, websocket: incoming */
export type Frame =
  | { readonly type: 'ack'; readonly msgid: string; readonly data: Json | undefined }
  | {
      readonly type: 'command';
      readonly command: string;
      readonly data: Json | undefined;
      /** Whether verbs are added instead of taking the place of those that run. */
      readonly queueCommand: boolean;
      /** Another leg of the session. */
      readonly callSid: string | undefined;
    };

/** @returns what is wrong with it, in words, if it is no frame */
export function readFrame(message: string | Uint8Array): Frame | string {
  if (typeof message !== 'string') return 'a frame is text';
  let frame: unknown;
  try {
    frame = JSON.parse(message);
  } catch {
    return 'a frame is JSON';
  }
  if (typeof frame !== 'object' || frame === null) return 'a frame is an object';
  const { type, msgid, command, data, queueCommand, callSid } = frame as Record<string, unknown>;
  const given = data as Json | undefined;
  if (type === 'ack' && typeof msgid === 'string') return { type, msgid, data: given };
  if (type === 'command' && typeof command === 'string') {
    return {
      type,
      command,
      data: given,
      queueCommand: queueCommand === true,
      callSid: typeof callSid === 'string' ? callSid : undefined,
    };
  }
  return 'type must be ack with a msgid, or command with a command';
}
