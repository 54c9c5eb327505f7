import {
  type AudioDirection,
  type DtmfTiming,
  type EngineLegId,
  type HangupCause,
  q850Of,
} from '../../port/index.ts';
import { type AriHttp, type AriRequest, part } from '../ari-http.ts';

type LegRequest = Pick<AriRequest, 'method' | 'query' | 'alreadyDone' | 'command'>;

const leg = async (
  ari: AriHttp,
  id: EngineLegId,
  what: string,
  request: LegRequest,
): Promise<void> => {
  await ari.send({ ...request, path: `/channels/${part(id)}${what}` });
};

export const answer = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  leg(ari, id, '/answer', { command: 'answer', method: 'POST' });

/** SIP 180 towards the caller. */
export const ring = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  leg(ari, id, '/ring', { command: 'ring', method: 'POST', alreadyDone: [409] });

/** SIP 183 towards the caller. */
export const progress = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  leg(ari, id, '/progress', { command: 'progress', method: 'POST', alreadyDone: [409] });

export const hangUp = (ari: AriHttp, id: EngineLegId, cause: HangupCause): Promise<void> =>
  leg(ari, id, '', {
    command: 'hang up',
    method: 'DELETE',
    query: { reason_code: q850Of(cause) },
    alreadyDone: [404],
  });

/** @see Asterisk 22 ARI, POST /channels/{id}/dtmf; times in ms */
export const sendDtmf = (
  ari: AriHttp,
  id: EngineLegId,
  digits: string,
  timing: DtmfTiming,
): Promise<void> =>
  leg(ari, id, '/dtmf', {
    command: 'send keys',
    method: 'POST',
    query: { dtmf: digits, duration: timing.toneMs, between: timing.gapMs },
  });

export const mute = (ari: AriHttp, id: EngineLegId, direction: AudioDirection): Promise<void> =>
  leg(ari, id, '/mute', { command: 'mute', method: 'POST', query: { direction } });

export const unmute = (ari: AriHttp, id: EngineLegId, direction: AudioDirection): Promise<void> =>
  leg(ari, id, '/mute', { command: 'unmute', method: 'DELETE', query: { direction } });

export const startMusic = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  leg(ari, id, '/moh', { command: 'start music', method: 'POST', query: { mohClass: 'default' } });

export const stopMusic = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  leg(ari, id, '/moh', { command: 'stop music', method: 'DELETE', alreadyDone: [409] });

/** @see RFC 3515 section 2.4.5 */
export const reportTransfer = (
  ari: AriHttp,
  id: EngineLegId,
  outcome: 'progress' | 'answered' | 'failed',
): Promise<void> => {
  const states = {
    progress: 'channel_progress',
    answered: 'channel_answered',
    failed: 'channel_unavailable',
  };
  return leg(ari, id, '/transfer_progress', {
    command: 'report transfer',
    method: 'POST',
    query: { states: states[outcome] },
    alreadyDone: [404],
  });
};
