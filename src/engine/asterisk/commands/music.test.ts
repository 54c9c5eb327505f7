import { describe, expect, test } from 'vitest';
import type { EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { stopMusic } from './music.ts';

const leg = 'leg' as EngineLegId;

/**
 * An engine that plays music to a leg.
 * @param lostStops - how many stops it does not hear before it hears one
 */
function createMusicEngine(lostStops: number, formatOfSpeech = 'alaw') {
  let stops = 0;
  const ari: AriHttp = {
    send: async (operation) => {
      if (operation === 'DELETE /channels/{channelId}/moh') stops += 1;
      else return { value: stops > lostStops ? formatOfSpeech : 'slin' } as never;
      return undefined;
    },
    close: async () => undefined,
  };
  return { ari, stops: () => stops, plays: () => stops <= lostStops };
}

describe('music for a leg that waits', () => {
  test('is stopped once where the engine hears it', async () => {
    const engine = createMusicEngine(0);
    await stopMusic(engine.ari, leg);
    expect(engine.stops()).toBe(1);
  });

  test('is stopped again while the engine goes on with it', async () => {
    const engine = createMusicEngine(2);
    await stopMusic(engine.ari, leg);
    expect(engine.plays()).toBe(false);
    expect(engine.stops()).toBe(3);
  });

  test('is believed to be over after a while where speech has the form of music', async () => {
    const engine = createMusicEngine(0, 'slin');
    await stopMusic(engine.ari, leg);
    expect(engine.stops()).toBe(5);
  });
});
