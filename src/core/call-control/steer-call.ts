import type { EngineBridgeId, MediaTarget, PlaybackId } from '../../engine/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { CallId } from '../../kernel/ids.ts';
import {
  type CallView,
  callStateConflict,
  invalidDigits,
  isUp,
  type Leg,
  storageFull,
} from '../calls/index.ts';
import {
  setHeld,
  setMuted,
  standardTiming,
  startRecording,
  stopRecordings,
} from '../interpreter/index.ts';
import { announcement } from '../routing/index.ts';
import type { Exchange } from './ports.ts';
import { ownLegOf, viewCall } from './views.ts';

/** Bytes that must be free for a recording to start. */
const leastFreeBytes = 1_000_000_000;

/** A call whose own leg is up and joined with somebody. */
function conversation(exchange: Exchange, actor: Actor, id: CallId, wanted: string) {
  const view = viewCall(exchange.live, actor, id);
  const own = ownLegOf(exchange.live, view);
  if (!isUp(own)) throw callStateConflict(view.call.id, wanted);
  return { view, own, up: view.legs.filter(isUp) };
}

/** Music for everybody in the call, or talk again. */
export async function holdCall(
  exchange: Exchange,
  actor: Actor,
  id: CallId,
  on: boolean,
): Promise<void> {
  const { up } = conversation(exchange, actor, id, 'held');
  await Promise.all(
    up.map((leg) =>
      exchange.interpreter.mailboxes.of(leg.id).post(() => setHeld(exchange, leg.id, 'api', on)),
    ),
  );
  await exchange.live.durable();
}

/** The microphone of the actor's own leg. */
export async function muteCall(
  exchange: Exchange,
  actor: Actor,
  id: CallId,
  on: boolean,
): Promise<void> {
  const { own } = conversation(exchange, actor, id, 'muted');
  await exchange.interpreter.mailboxes.of(own.id).post(() => setMuted(exchange, own.id, 'api', on));
  await exchange.live.durable();
}

/** Where everybody in the call hears what is played: the bridge, or the only leg. */
const everybody = (own: Leg): MediaTarget =>
  own.bridge ? { bridge: own.bridge as EngineBridgeId, lane: own.engineId } : { leg: own.engineId };

let announcements = 0;

async function playToAll(exchange: Exchange, own: Leg, path: string): Promise<void> {
  announcements += 1;
  const playback =
    `announcement.${own.id}.${announcements}.${Date.now().toString(36)}` as PlaybackId;
  await exchange.engine.play(playback, everybody(own), [{ kind: 'file', path }]);
}

/** Starts or stops the recording of the actor's own leg, with both directions. */
export async function recordCall(
  exchange: Exchange,
  actor: Actor,
  id: CallId,
  options: { readonly on: boolean; readonly announcement: boolean },
): Promise<void> {
  const { view, own } = conversation(exchange, actor, id, 'recorded');
  const box = exchange.interpreter.mailboxes.of(own.id);
  if (!options.on) {
    for (const leg of view.legs) await stopRecordings(exchange, leg.id);
    return;
  }
  if (view.legs.some((leg) => leg.recordings.length > 0)) return;
  if ((await exchange.files.freeBytes()) < leastFreeBytes) throw storageFull();
  await box.post(() =>
    startRecording(exchange, own.id, {
      dialect: actor.dialect,
      credentialId: actor.credentialId,
      askedBy: actor.userId,
    }),
  );
  if (options.announcement) {
    const language = exchange.directory.account(actor.accountId)?.account.language ?? 'en';
    const path = await exchange.speech.speak(announcement('recording_started', language), language);
    await playToAll(exchange, own, path);
  }
  await exchange.live.durable();
}

/** Keys of RFC 4733 that people can name. */
const keys = /^[0-9A-D*#]{1,128}$/;

/** Keys sent to everybody but the actor's own leg. */
export async function sendDtmf(
  exchange: Exchange,
  actor: Actor,
  id: CallId,
  digits: string,
): Promise<void> {
  if (!keys.test(digits)) throw invalidDigits(digits);
  const { own, up } = conversation(exchange, actor, id, 'sent keys');
  const others = up.filter((leg) => leg.id !== own.id);
  await Promise.all(
    others.map((leg) =>
      exchange.interpreter.mailboxes
        .of(leg.id)
        .post(() => exchange.engine.sendDtmf(leg.engineId, digits, standardTiming)),
    ),
  );
}

/** Plays a sound file from a URL to everybody in the call. */
export async function announceToCall(
  exchange: Exchange,
  actor: Actor,
  id: CallId,
  url: string,
): Promise<void> {
  const { view } = conversation(exchange, actor, id, 'played to');
  const path = await exchange.sounds.fetch(url);
  const { own } = conversation(exchange, actor, view.call.id, 'played to');
  await playToAll(exchange, own, path);
}

/** Ends every leg of a call. */
export async function hangUpCall(exchange: Exchange, actor: Actor, id: CallId): Promise<void> {
  const { legs }: CallView = viewCall(exchange.live, actor, id);
  await Promise.all(legs.map((leg) => exchange.engine.hangUp(leg.engineId, 'normal')));
}
