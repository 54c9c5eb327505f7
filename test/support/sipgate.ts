import { expect } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import type { Api } from './api.ts';
import { eventually } from './eventually.ts';
import type { Exchange } from './exchange.ts';

export interface SipgateCall {
  readonly callId: string;
  readonly muted: boolean;
  readonly recording: boolean;
  readonly hold: boolean;
  readonly participants: readonly {
    readonly participantId: string;
    readonly phoneNumber: string;
    readonly muted: boolean;
    readonly hold: boolean;
    readonly owner: boolean;
  }[];
}

export interface HistoryItem {
  readonly id: string;
  readonly callId: string;
  readonly source: string;
  readonly target: string;
  readonly direction: string;
  readonly status: string;
  readonly duration: number;
  readonly recordingUrl: string | null;
}

/** Places a call as a client of sipgate would. @returns its session id */
export const dial = async (api: Api, caller: string, callee: string): Promise<string> =>
  (await api.post<{ sessionId: string }>('/v2/sessions/calls', { caller, callee })).sessionId;

export const callsOf = async (api: Api): Promise<readonly SipgateCall[]> =>
  (await api.get<{ data: readonly SipgateCall[] }>('/v2/calls')).data;

/** A call by its id, once it is established. */
export const establishedCall = (api: Api, callId: string): Promise<SipgateCall> =>
  eventually(async () => (await callsOf(api)).find((call) => call.callId === callId), {
    because: () => `the call ${callId} is not established`,
  });

/** Two phones that talk, brought together by one request. */
export interface Conversation {
  readonly callId: string;
  readonly path: string;
}

export async function connectPhones(
  { alice }: Exchange,
  caller: Phone,
  callee: Phone,
): Promise<Conversation> {
  const callId = await dial(alice, 'e0', callee.username);
  await caller.next('CALL_INCOMING');
  await caller.answer();
  await callee.next('CALL_INCOMING');
  await callee.answer();
  await Promise.all([caller.next('CALL_ESTABLISHED'), callee.next('CALL_ESTABLISHED')]);
  await establishedCall(alice, callId);
  return { callId, path: `/v2/calls/${callId}` };
}

/** Waits until nothing runs any more. */
export const quiet = (api: Api): Promise<true> =>
  eventually(async () => {
    const { items } = await api.get<{ items: unknown[] }>('/native/v1/calls');
    return items.length === 0 ? (true as const) : undefined;
  });

export async function endCall(exchange: Exchange, ...phones: readonly Phone[]): Promise<void> {
  for (const { callId } of await callsOf(exchange.alice))
    expect((await exchange.alice.send('DELETE', `/v2/calls/${callId}`)).status).toBe(204);
  await Promise.all(phones.map((phone) => phone.next('CALL_CLOSED')));
  await quiet(exchange.operator);
}
