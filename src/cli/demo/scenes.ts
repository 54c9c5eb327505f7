import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HistoryItem } from './checks.ts';
import { requestRefused } from './demo-errors.ts';
import { isTold } from './demo-phones.ts';
import { hearsMusic, hearsVoice, measureRecording } from './listening.ts';
import { only } from './shorten.ts';
import type { Stage } from './stage.ts';

interface SipgateCalls {
  readonly data: readonly { readonly callId: string }[];
}
interface NativeCalls {
  readonly items: readonly { readonly id: string; readonly legs: readonly object[] }[];
}
interface MikopbxAnswer {
  readonly data: readonly string[];
}

/** The id of a call in the form of the native API, however an API writes it. */
const plainId = (id: string | undefined): string | undefined =>
  id
    ?.replace('mikopbx-', '')
    .replaceAll('-', '')
    .toLowerCase()
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Waits until events of a kind have come for the call, of so many legs. */
const happens = ({ events }: Stage, callId: string, wanted: string, times = 1): Promise<void> =>
  events.until(wanted, (event) => event.type === wanted && event.callId === plainId(callId), times);

/** One request brings the two phones together. @returns the id of the call, as sipgate has it */
export async function connect(stage: Stage): Promise<string> {
  const { transcript, sipgate, phones } = stage;
  const both = [phones.caller, phones.callee];
  const { sessionId } = await sipgate.ask<{ sessionId: string }>('POST', '/v2/sessions/calls', {
    body: { caller: 'e0', callee: phones.callee.username },
  });
  for (const phone of both) {
    await isTold(phone, 'CALL_INCOMING');
    transcript.happened(`phone ${phone.username}`, 'rings, and is picked up');
    await phone.answer();
  }
  for (const phone of both) await isTold(phone, 'CALL_ESTABLISHED');
  await happens(stage, sessionId, 'leg.joined', both.length);
  return sessionId;
}

/** Asks every API which calls there are. */
export async function lookEverywhere(stage: Stage, callId: string): Promise<void> {
  const { sipgate, mikopbx, native } = stage;
  const seenBySipgate = await sipgate.ask<SipgateCalls>('GET', '/v2/calls', {
    show: ({ data }: SipgateCalls) => ({
      data: data.map((call) => only(call, 'callId', 'hold', 'muted', 'recording')),
    }),
  });
  const activeCalls = ({ data }: MikopbxAnswer) =>
    JSON.parse(data[0] ?? '[]') as { readonly linkedid: string }[];
  const seenByMikopbx = await mikopbx.ask<MikopbxAnswer>('GET', '/pbxcore/api/cdr/getActiveCalls', {
    show: (answer: MikopbxAnswer) => ({
      data: activeCalls(answer).map((call) => only(call, 'src_num', 'dst_num', 'linkedid')),
    }),
  });
  const seenByNative = await native.ask<NativeCalls>('GET', '/native/v1/calls', {
    show: ({ items }: NativeCalls) => ({
      items: items.map(({ id, legs }) => ({
        id,
        legs: legs.map((leg) => only(leg, 'number', 'state')),
      })),
    }),
  });
  const own = (ids: readonly string[]) => ids.find((id) => plainId(id) === plainId(callId));
  stage.findings = {
    ...stage.findings,
    callIds: {
      sipgate: own(seenBySipgate.data.map((call) => call.callId)),
      MikoPBX: own(activeCalls(seenByMikopbx).map((call) => call.linkedid)),
      native: own(seenByNative.items.map((call) => call.id)),
    },
  };
}

/** What caller and callee hear of each other. */
const listenToEachOther = ({ phones: { caller, callee } }: Stage) =>
  Promise.all([hearsVoice(caller, callee.toneHz), hearsVoice(callee, caller.toneHz)]);

/** Both listen to each other. */
export async function talk(stage: Stage): Promise<void> {
  const { transcript, phones } = stage;
  const { caller, callee } = phones;
  const [callerHears, calleeHears] = await listenToEachOther(stage);
  const says = (good: boolean) => (good ? 'hears' : 'does not hear');
  transcript.happened(`phone ${caller.username}`, `${says(callerHears.good)} ${callee.username}`);
  transcript.happened(`phone ${callee.username}`, `${says(calleeHears.good)} ${caller.username}`);
  stage.findings = { ...stage.findings, callerHears, calleeHears };
}

/** Records through sipgate; meanwhile holds and resumes through the native API. */
export async function recordAndHold(stage: Stage, callId: string): Promise<void> {
  const { transcript, sipgate, native, phones } = stage;
  const { caller, callee } = phones;
  await sipgate.ask('PUT', `/v2/calls/${callId}/recording`, {
    body: { value: true, announcement: false },
  });
  await happens(stage, callId, 'recording.started');
  const hold = `/native/v1/calls/${plainId(callId)}/hold`;
  await listenToEachOther(stage);
  await native.ask('POST', hold, { body: { on: true } });
  await happens(stage, callId, 'leg.held', 2);
  const music = await Promise.all([
    hearsMusic(caller, callee.toneHz),
    hearsMusic(callee, caller.toneHz),
  ]);
  for (const { username } of [caller, callee])
    transcript.happened(`phone ${username}`, 'hears music');
  await native.ask('POST', hold, { body: { on: false } });
  await happens(stage, callId, 'leg.resumed', 2);
  const again = await listenToEachOther(stage);
  stage.findings = { ...stage.findings, music, again };
}

/** Hangs up through sipgate; both phones are told. */
export async function hangUp(stage: Stage, callId: string): Promise<void> {
  const { transcript, sipgate, phones } = stage;
  await sipgate.ask('DELETE', `/v2/calls/${callId}`);
  for (const phone of [phones.caller, phones.callee]) {
    await isTold(phone, 'CALL_CLOSED');
    transcript.happened(`phone ${phone.username}`, 'is told that the call is over');
  }
  await happens(stage, callId, 'recording.stored');
  await happens(stage, callId, 'call.ended');
}

/** Looks the call up in the log, and keeps its recording. @param path - absolute, where to */
export async function lookBack(stage: Stage, callId: string, path: string): Promise<void> {
  const { sipgate, exchange, phones } = stage;
  const { items } = await sipgate.ask<{ items: HistoryItem[] }>('GET', '/v2/w0/history?limit=1', {
    show: ({ items: [item] }: { items: HistoryItem[] }) => ({
      items: [item && only(item, 'callId', 'source', 'target', 'status', 'duration')],
    }),
  });
  const history = items.find((item) => item.callId === callId);
  if (!history) return;
  stage.findings = { ...stage.findings, history };
  const url = history.recordingUrl;
  if (url === null) return;
  // The link holds the address that clients use, which may lie behind a proxy; here the server is asked itself.
  const { pathname, search } = new URL(url);
  const answer = await fetch(new URL(pathname + search, exchange.url));
  if (!answer.ok) throw requestRefused('sipgate', `GET ${pathname}`, answer.status, '');
  const bytes = Buffer.from(await answer.arrayBuffer());
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, bytes);
  const tones = [phones.caller.toneHz, phones.callee.toneHz];
  const recording = { sound: measureRecording(bytes, tones), path, url };
  stage.findings = { ...stage.findings, recording };
}
