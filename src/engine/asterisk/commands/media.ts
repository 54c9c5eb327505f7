import type {
  AudioDirection,
  EngineBridgeId,
  EngineLegId,
  EngineRecordingId,
  Media,
  MediaTarget,
  PlaybackId,
} from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
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
    case 'beep':
      return 'sound:beep';
    case 'silence':
      return `sound:silence/${Math.min(longestSilence, Math.max(1, Math.round(media.seconds)))}`;
  }
}

/** Plays one after the other. @see Asterisk 22 ARI, POST …/play/{playbackId} */
export async function play(
  ari: AriHttp,
  id: PlaybackId,
  target: MediaTarget,
  media: readonly Media[],
): Promise<void> {
  const request = { command: 'play', body: { media: media.map(mediaUri) } };
  if ('leg' in target) {
    const path = { channelId: target.leg, playbackId: id };
    await ari.send('POST /channels/{channelId}/play/{playbackId}', { ...request, path });
  } else {
    const path = { bridgeId: target.bridge, playbackId: id };
    await ari.send('POST /bridges/{bridgeId}/play/{playbackId}', { ...request, path });
  }
}

export const stopPlayback = (ari: AriHttp, id: PlaybackId): Promise<void> =>
  ari.send('DELETE /playbacks/{playbackId}', {
    command: 'stop playback',
    path: { playbackId: id },
    alreadyDone: [404],
  });

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
  await ari.send('POST /channels/{channelId}/snoop/{snoopId}', {
    command: 'listen for recording',
    path: { channelId: leg, snoopId: ear },
    query: { spy: direction, app: appName, appArgs: 'ear' },
  });
  await entered;
  await ari.send('POST /channels/{channelId}/record', {
    command: 'record',
    path: { channelId: ear },
    query: { name: id, format: 'wav', ifExists: 'fail', beep: false, terminateOn: 'none' },
  });
}

/** Writes what is heard in a bridge. @see Asterisk 22 ARI, POST /bridges/{id}/record */
export const recordBridge = (
  ari: AriHttp,
  id: EngineRecordingId,
  bridge: EngineBridgeId,
): Promise<void> =>
  ari
    .send('POST /bridges/{bridgeId}/record', {
      command: 'record bridge',
      path: { bridgeId: bridge },
      query: { name: id, format: 'wav', ifExists: 'fail', beep: false, terminateOn: 'none' },
    })
    .then(() => undefined);

export const stopRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  ari.send('POST /recordings/live/{recordingName}/stop', {
    command: 'stop recording',
    path: { recordingName: id },
    alreadyDone: [404],
  });

export const pauseRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  ari.send('POST /recordings/live/{recordingName}/pause', {
    command: 'pause recording',
    path: { recordingName: id },
  });

export const resumeRecording = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  ari.send('DELETE /recordings/live/{recordingName}/pause', {
    command: 'resume recording',
    path: { recordingName: id },
  });
