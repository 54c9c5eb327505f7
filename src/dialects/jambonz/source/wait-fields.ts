import type { Awaited } from '../../../core/programs/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { queueSid } from './room-notes.ts';

/** What the wait hook of a queue is told. @param info - what other hooks say of the call */
export const waitFields = (
  { account_sid: accountSid, call_sid, call_id, customerData }: JsonObject,
  { name, waitedSeconds, length, position }: Extract<Awaited, { readonly kind: 'queue' }>,
): JsonObject => ({
  queue_sid: queueSid(String(accountSid), name),
  queue_time: waitedSeconds,
  queue_size: length,
  queue_position: position,
  call_sid: call_sid ?? null,
  call_id: call_id ?? null,
  ...(customerData !== undefined && { customerData }),
});
