import type { EngineFact, EngineLegId } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import { canMove, isMuted, type Leg, type LegState } from '../calls/index.ts';
import { about, applyHolder, tellTalking } from '../interpreter/index.ts';
import { applyLegArrived } from './arrive.ts';
import { consultationAnswered } from './consultation.ts';
import { applyLegEnded } from './end-leg.ts';
import { applyRecordingFinished } from './finish-recording.ts';
import { limitLeg } from './limit-leg.ts';
import type { Exchange } from './ports.ts';
import { transferAsked } from './transfer-call.ts';

/** The far side of a leg told something: the leg moves on and its call hears of it. */
function applyProgress(
  exchange: Exchange,
  engineId: EngineLegId,
  state: Extract<LegState, 'progress' | 'ringing' | 'answered'>,
  at: Date,
): void {
  const { live, interpreter } = exchange;
  const leg = live.legByEngineId(engineId);
  if (!leg || !canMove(leg.state, state)) return;
  const instants = {
    progress: {},
    ringing: { ringingAt: leg.ringingAt ?? at },
    answered: { answeredAt: at },
  }[state];
  live.changeLeg(leg.id, { state, ...instants });
  live.tell({ ...about(leg, at), type: `leg.${state}` });
  if (state === 'answered') applyAnswered(exchange, leg);
  for (const other of live.legsOf(leg.callId)) {
    if (other.id !== leg.id) {
      interpreter.input(other.id, { type: 'leg', change: state, legId: leg.id, cause: undefined });
    }
  }
}

function applyAnswered(exchange: Exchange, leg: Leg): void {
  const { interpreter, live, engine, logger } = exchange;
  const now = live.leg(leg.id);
  if (now) limitLeg(exchange, now);
  interpreter.input(leg.id, { type: 'self_answered' });
  const waitsForAnswer = leg.direction === 'outbound' && leg.role === 'caller' && leg.program;
  if (waitsForAnswer && leg.program?.run === undefined) {
    for (const rival of live.legsOf(leg.callId)) {
      if (rival.id === leg.id || rival.role !== 'caller') continue;
      interpreter.drop(rival.id, 'replaced');
      interpreter.mailboxes
        .of(rival.id)
        .post(() => engine.hangUp(rival.engineId, 'completed_elsewhere'))
        .catch((error: unknown) =>
          logger.warn({ legId: rival.id, err: error }, 'a rival rings on'),
        );
    }
    interpreter.begin(leg.id);
  }
  consultationAnswered(exchange, leg);
}

function applyDtmf(
  exchange: Exchange,
  { leg: engineId, digit, at, durationMs }: Extract<EngineFact, { type: 'leg.dtmf' }>,
): void {
  const leg = exchange.live.legByEngineId(engineId);
  if (!leg) return;
  exchange.interpreter.streams.key(leg.id, digit, durationMs);
  exchange.live.tell({ ...about(leg, at), type: 'leg.dtmf', digit });
  exchange.interpreter.input(leg.id, { type: 'dtmf', digit });
  if (leg.parentLegId)
    exchange.interpreter.input(leg.parentLegId, { type: 'far_dtmf', legId: leg.id, digit });
}

/** Somebody in a conference begins or ceases to talk. Who is muted says nothing to anybody. */
function applyTalking(exchange: Exchange, engineId: EngineLegId, talking: boolean): void {
  const { live } = exchange;
  const leg = live.legByEngineId(engineId);
  const conference = leg && live.conferences.withLeg(leg.id);
  if (!conference) return;
  live.conferences.setTalking(leg.id, talking);
  if (!isMuted(leg)) tellTalking(exchange, conference, leg, talking);
}

function applyPhoneHold(exchange: Exchange, engineId: EngineLegId, on: boolean, at: Date): void {
  const leg = exchange.live.legByEngineId(engineId);
  if (leg) applyHolder(exchange, leg.id, 'phone', on, at);
}

/** Playbacks are named after their leg. */
const legOfPlayback = (playback: string): LegId =>
  playback.slice(0, playback.indexOf('.')) as LegId;

/**
 * What the engine reports becomes what is known: the only way in which live state follows the engine.
 * Facts about legs that are not known are ignored, so that a fact may come twice.
 */
export function applyEngineFact(exchange: Exchange, fact: EngineFact): void {
  switch (fact.type) {
    case 'leg.arrived':
      return applyLegArrived(exchange, fact);
    case 'leg.progress':
      return applyProgress(exchange, fact.leg, 'progress', fact.at);
    case 'leg.ringing':
      return applyProgress(exchange, fact.leg, 'ringing', fact.at);
    case 'leg.answered':
      return applyProgress(exchange, fact.leg, 'answered', fact.at);
    case 'leg.ended': {
      const leg = exchange.live.legByEngineId(fact.leg);
      return leg && applyLegEnded(exchange, leg.id, fact);
    }
    case 'leg.dtmf':
      return applyDtmf(exchange, fact);
    case 'leg.talking':
      return applyTalking(exchange, fact.leg, fact.talking);
    case 'leg.phone_held':
      return applyPhoneHold(exchange, fact.leg, true, fact.at);
    case 'leg.phone_resumed':
      return applyPhoneHold(exchange, fact.leg, false, fact.at);
    case 'leg.transfer_asked':
      return transferAsked(exchange, fact);
    case 'leg.referred': {
      const leg = exchange.live.legByEngineId(fact.leg);
      const { ok, sipStatus } = fact;
      if (leg) exchange.interpreter.input(leg.id, { type: 'referred', ok, sipStatus });
      return undefined;
    }
    case 'playback.finished':
      return exchange.interpreter.input(legOfPlayback(fact.playback), {
        type: 'playback_finished',
        playback: fact.playback,
        ok: fact.ok,
      });
    case 'recording.finished':
      return applyRecordingFinished(exchange, fact);
    case 'bridge.gone':
    case 'contact.changed':
    case 'trunk.changed':
    case 'registrations.unsure':
    case 'login.refused':
    case 'engine.connected':
    case 'engine.lost':
      return undefined;
  }
}
