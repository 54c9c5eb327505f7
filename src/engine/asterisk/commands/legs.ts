import {
  type AudioDirection,
  type DtmfTiming,
  type EngineLegId,
  type HangupCause,
  q850Of,
} from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { causeForStatus } from '../refusal-status.ts';

const at = (id: EngineLegId) => ({ path: { channelId: id } });

export const answer = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('POST /channels/{channelId}/answer', { command: 'answer', ...at(id) });

/** SIP 180 towards the caller. */
export const ring = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('POST /channels/{channelId}/ring', { command: 'ring', alreadyDone: [409], ...at(id) });

/** SIP 183 towards the caller. */
export const progress = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('POST /channels/{channelId}/progress', {
    command: 'progress',
    alreadyDone: [409],
    ...at(id),
  });

export const hangUp = (
  ari: AriHttp,
  id: EngineLegId,
  cause: HangupCause,
  { sipStatus }: { readonly sipStatus?: number } = {},
): Promise<void> =>
  ari.send('DELETE /channels/{channelId}', {
    command: 'hang up',
    query: { reason_code: String(sipStatus ? causeForStatus(sipStatus) : q850Of(cause)) },
    alreadyDone: [404],
    ...at(id),
  });

/** @see Asterisk 22 ARI, POST /channels/{id}/dtmf; times in ms */
export const sendDtmf = (
  ari: AriHttp,
  id: EngineLegId,
  digits: string,
  timing: DtmfTiming,
): Promise<void> =>
  ari.send('POST /channels/{channelId}/dtmf', {
    command: 'send keys',
    query: { dtmf: digits, duration: timing.toneMs, between: timing.gapMs },
    ...at(id),
  });

export const mute = (ari: AriHttp, id: EngineLegId, direction: AudioDirection): Promise<void> =>
  ari.send('POST /channels/{channelId}/mute', { command: 'mute', query: { direction }, ...at(id) });

export const unmute = (ari: AriHttp, id: EngineLegId, direction: AudioDirection): Promise<void> =>
  ari.send('DELETE /channels/{channelId}/mute', {
    command: 'unmute',
    query: { direction },
    ...at(id),
  });

export const startSilence = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('POST /channels/{channelId}/silence', { command: 'start silence', ...at(id) });

export const stopSilence = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('DELETE /channels/{channelId}/silence', {
    command: 'stop silence',
    alreadyDone: [409],
    ...at(id),
  });

/** Milliseconds of silence that end somebody's talking, and how loud a sample must be to count. */
const talking = { silenceMs: 1_000, threshold: 256 };

/** @see Asterisk 22, function TALK_DETECT; events ChannelTalkingStarted and ChannelTalkingFinished */
export const detectTalking = (ari: AriHttp, id: EngineLegId, on: boolean): Promise<void> =>
  ari.send('POST /channels/{channelId}/variable', {
    command: 'detect talking',
    query: on
      ? { variable: 'TALK_DETECT(set)', value: `${talking.silenceMs},${talking.threshold}` }
      : { variable: 'TALK_DETECT(remove)', value: '' },
    ...at(id),
  });

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
  return ari.send('POST /channels/{channelId}/transfer_progress', {
    command: 'report transfer',
    query: { states: states[outcome] },
    alreadyDone: [404],
    ...at(id),
  });
};
