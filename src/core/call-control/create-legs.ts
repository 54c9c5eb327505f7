import type { PlaybackId } from '../../engine/port/index.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import {
  callStateConflict,
  hasEnded,
  invalidDigits,
  isUp,
  type Leg,
  type Legs,
  legNotFound,
  viewOfCdr,
  viewOfLeg,
} from '../calls/index.ts';
import {
  setHeld,
  setMuted,
  standardTiming,
  startRecording,
  stopRecordings,
  toMediaFor,
} from '../interpreter/index.ts';
import { placeLeg } from './place-leg.ts';
import type { Exchange } from './ports.ts';

/** Keys of RFC 4733 that people can name. */
const keys = /^[0-9A-D*#]{1,128}$/;

/** The legs of the exchange one by one, for the dialects. */
export function createLegs(exchange: Exchange): Legs {
  const { live, history, interpreter, engine } = exchange;
  let whispers = 0;

  const legsOf = (actor: Actor): readonly Leg[] =>
    live.legs().filter((leg) => leg.accountId === actor.accountId);
  const running = (actor: Actor, sid: Sid): Leg => {
    const found = legsOf(actor).find((leg) => leg.sid === sid);
    if (!found) throw legNotFound(sid);
    return found;
  };
  /** A running leg that was answered. */
  const up = (actor: Actor, sid: Sid, wanted: string): Leg => {
    const leg = running(actor, sid);
    if (!isUp(leg)) throw callStateConflict(leg.callId, wanted);
    return leg;
  };
  const post = async (leg: Leg, work: () => Promise<unknown>): Promise<void> => {
    await interpreter.mailboxes.of(leg.id).post(work);
    await live.durable();
  };
  return {
    running: (actor) => legsOf(actor).map(viewOfLeg),
    ended: async (actor, since) => (await history.cdrsSince(actor.accountId, since)).map(viewOfCdr),
    async get(actor, sid) {
      const leg = legsOf(actor).find((one) => one.sid === sid);
      if (leg) return viewOfLeg(leg);
      const cdr = await history.cdrOfSid(actor.accountId, sid);
      if (!cdr) throw legNotFound(sid);
      return viewOfCdr(cdr);
    },
    find(id) {
      const leg = live.leg(id);
      return leg && viewOfLeg(leg);
    },
    async inviteHeaders(id) {
      const leg = live.leg(id);
      return leg?.direction === 'inbound' ? engine.inviteHeaders(leg.engineId) : {};
    },
    place: (actor, request) => placeLeg(exchange, actor, request),
    run: (actor, sid, { source, instructions }) =>
      interpreter.run(running(actor, sid).id, source, instructions),
    append(actor, sid, { source, instructions }) {
      const { id } = running(actor, sid);
      if (!interpreter.append(id, source, instructions)) interpreter.run(id, source, instructions);
    },
    async hangUp(actor, sid) {
      await engine.hangUp(running(actor, sid).engineId, 'normal');
    },
    async hold(actor, sid, on) {
      const leg = up(actor, sid, 'held');
      await post(leg, () => setHeld(exchange, leg.id, 'api', on));
    },
    async mute(actor, sid, on) {
      const leg = up(actor, sid, 'muted');
      await post(leg, () => setMuted(exchange, leg.id, 'api', on));
    },
    async sendDtmf(actor, sid, { digits, toneMs }) {
      if (!keys.test(digits)) throw invalidDigits(digits);
      const leg = up(actor, sid, 'sent keys');
      await post(leg, () => engine.sendDtmf(leg.engineId, digits, { ...standardTiming, toneMs }));
    },
    async record(actor, sid, action) {
      const leg = up(actor, sid, 'recorded');
      const all = (work: typeof engine.pauseRecording) => () =>
        Promise.all(leg.recordings.map(({ engineId }) => work(engineId)));
      if (action === 'stop') return stopRecordings(exchange, leg.id);
      if (action === 'pause') return post(leg, all(engine.pauseRecording));
      if (action === 'resume') return post(leg, all(engine.resumeRecording));
      await post(leg, () =>
        startRecording(exchange, leg.id, {
          dialect: actor.dialect,
          credentialId: actor.credentialId,
          askedBy: actor.userId,
        }),
      );
    },
    steerStreams: (actor, sid, how) => void interpreter.streams.steer(running(actor, sid).id, how),
    async whisper(actor, sid, sounds) {
      const leg = up(actor, sid, 'whispered to');
      const media = await toMediaFor(exchange, leg, sounds);
      whispers += 1;
      const playback = `whisper.${leg.id}.${whispers}.${Date.now().toString(36)}` as PlaybackId;
      await engine.play(playback, { leg: leg.engineId }, media);
    },
    async tag(actor, sid, data) {
      const leg = running(actor, sid);
      const now = live.leg(leg.id);
      if (!now || hasEnded(now)) throw legNotFound(sid);
      live.changeLeg(leg.id, { tag: { ...now.tag, ...data } });
      await live.durable();
    },
    async tagEnded(actor, sid, data) {
      if (!(await history.tagCdr(actor.accountId, sid, data))) throw legNotFound(sid);
    },
  };
}
