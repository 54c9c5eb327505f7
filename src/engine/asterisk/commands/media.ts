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

/** Makes the ear of a recording. @see Asterisk 22 ARI, POST /channels/{id}/snoop/{snoopId} */
async function openEar(
  ari: AriHttp,
  waits: StasisWaits,
  ear: string,
  leg: EngineLegId,
  direction: AudioDirection,
): Promise<void> {
  const entered = waits.entered(ear, ear);
  entered.catch(() => undefined);
  try {
    await ari.send('POST /channels/{channelId}/snoop/{snoopId}', {
      command: 'listen for recording',
      path: { channelId: leg, snoopId: ear },
      query: { spy: direction, app: appName, appArgs: 'ear' },
    });
    await entered;
  } catch (error) {
    waits.fail(ear);
    const isThere = await ari.send('GET /channels/{channelId}', {
      command: 'is the ear there',
      path: { channelId: ear },
      alreadyDone: [404],
    });
    if (!isThere) throw error;
  }
}

/**
 * Listens at a leg and writes what it hears. An ear and a recording that are there already stay: a server that
 * died may have made them. @see Asterisk 22 ARI, POST /channels/{id}/record
 */
export async function record(
  ari: AriHttp,
  waits: StasisWaits,
  id: EngineRecordingId,
  leg: EngineLegId,
  direction: AudioDirection,
): Promise<void> {
  const ear = earOf(id);
  await openEar(ari, waits, ear, leg, direction);
  await ari.send('POST /channels/{channelId}/record', {
    command: 'record',
    path: { channelId: ear },
    query: { name: id, format: 'wav', ifExists: 'fail', beep: false, terminateOn: 'none' },
    alreadyDone: [409],
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

/** Takes away what a recording listened with. */
export const closeEar = (ari: AriHttp, id: EngineRecordingId): Promise<void> =>
  ari.send('DELETE /channels/{channelId}', {
    command: 'close ear',
    path: { channelId: earOf(id) },
    alreadyDone: [404],
  });

export async function stopRecording(ari: AriHttp, id: EngineRecordingId): Promise<void> {
  await ari.send('POST /recordings/live/{recordingName}/stop', {
    command: 'stop recording',
    path: { recordingName: id },
    alreadyDone: [404],
  });
  await closeEar(ari, id);
}

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
