import type {
  AudioDirection,
  EngineLegId,
  EngineRecordingId,
  Media,
  MediaTarget,
  PlaybackId,
} from '../../port/index.ts';
import { type AriHttp, part } from '../ari-http.ts';
import { toneZone } from '../config/tones.ts';
import { appName } from '../options.ts';
import type { StasisWaits } from '../stasis-waits.ts';

/** The longest silence that one sound of the engine lasts, in seconds. */
const longestSilence = 10;

/** Media in the engine's words. @see Asterisk 22 ARI, media URIs */
export function mediaUri(media: Media): string {
  switch (media.kind) {
    case 'file':
      return `sound:${media.path.replace(/\.wav$/, '')}`;
    case 'tone':
      return `tone:${media.tone};tonezone=${toneZone(media.country)}`;
    case 'silence':
      return `sound:silence/${Math.min(longestSilence, Math.max(1, Math.round(media.seconds)))}`;
  }
}

const targetPath = (target: MediaTarget): string =>
  'leg' in target ? `/channels/${part(target.leg)}` : `/bridges/${part(target.bridge)}`;

/** Plays one after the other. @see Asterisk 22 ARI, POST …/play/{playbackId} */
export async function play(
  ari: AriHttp,
  id: PlaybackId,
  target: MediaTarget,
  media: readonly Media[],
): Promise<void> {
  await ari.send({
    command: 'play',
    method: 'POST',
    path: `${targetPath(target)}/play/${part(id)}`,
    body: { media: media.map(mediaUri) },
  });
}

export const stopPlayback = async (ari: AriHttp, id: PlaybackId): Promise<void> => {
  await ari.send({
    command: 'stop playback',
    method: 'DELETE',
    path: `/playbacks/${part(id)}`,
    alreadyDone: [404],
  });
};

/** The ear that a recording listens with. */
export const earOf = (id: EngineRecordingId): string => `ear-${id}`;

/** Listens at a leg and writes what it hears. @see Asterisk 22 ARI, POST /channels/{id}/snoop/{snoopId} */
export async function record(
  ari: AriHttp,
  waits: StasisWaits,
  id: EngineRecordingId,
  leg: EngineLegId,
  direction: AudioDirection,
): Promise<void> {
  const ear = earOf(id);
  const entered = waits.entered(ear, ear);
  entered.catch(() => undefined);
  await ari.send({
    command: 'listen for recording',
    method: 'POST',
    path: `/channels/${part(leg)}/snoop/${part(ear)}`,
    query: { spy: direction, app: appName, appArgs: 'ear' },
  });
  await entered;
  await ari.send({
    command: 'record',
    method: 'POST',
    path: `/channels/${part(ear)}/record`,
    query: { name: id, format: 'wav', ifExists: 'fail', beep: 'false', terminateOn: 'none' },
  });
}

const liveRecording = (
  ari: AriHttp,
  id: EngineRecordingId,
  method: 'POST' | 'DELETE',
  what: 'stop' | 'pause',
  alreadyDone: readonly number[],
) =>
  ari
    .send({
      command: `${method === 'DELETE' ? 'resume' : what} recording`,
      method,
      path: `/recordings/live/${part(id)}/${what}`,
      alreadyDone,
    })
    .then(() => undefined);

export const stopRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  liveRecording(ari, id, 'POST', 'stop', [404]);
export const pauseRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  liveRecording(ari, id, 'POST', 'pause', []);
export const resumeRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  liveRecording(ari, id, 'DELETE', 'pause', []);
