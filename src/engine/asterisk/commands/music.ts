import { setTimeout as pause } from 'node:timers/promises';
import type { EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';

/** What the engine writes to a leg while it plays music: the format of the sound file. */
const formatOfMusic = 'slin';

/**
 * Milliseconds before the music is stopped once more. After the last time it is believed to be over: some legs
 * are written to in the format of music always.
 */
const againAfterMs = [5, 10, 20, 40];

export const startMusic = (ari: AriHttp, id: EngineLegId): Promise<void> =>
  ari.send('POST /channels/{channelId}/moh', {
    command: 'start music',
    path: { channelId: id },
    query: { mohClass: 'default' },
  });

/** Whether a leg may still hear music; one that is gone hears none. */
async function mayPlay(ari: AriHttp, id: EngineLegId): Promise<boolean> {
  const format = await ari.send('GET /channels/{channelId}/variable', {
    command: 'is there music',
    path: { channelId: id },
    query: { variable: 'CHANNEL(audiowriteformat)' },
    alreadyDone: [404, 409],
  });
  return format?.value === formatOfMusic;
}

/**
 * Stops the music of a leg until it is over: a stop that reaches the engine at the moment when it makes the
 * next piece of sound is acknowledged and lost (one in two hundred), and the leg hears music for good.
 * @see Asterisk 22, main/channel.c: while a generator runs, `ast_read_generator_actions` hides its data, and
 * `ast_deactivate_generator` stops nothing that has none
 */
export async function stopMusic(ari: AriHttp, id: EngineLegId): Promise<void> {
  const stop = () =>
    ari.send('DELETE /channels/{channelId}/moh', {
      command: 'stop music',
      path: { channelId: id },
      alreadyDone: [409],
    });
  await stop();
  for (const ms of againAfterMs) {
    if (!(await mayPlay(ari, id))) return;
    await pause(ms);
    await stop();
  }
}
