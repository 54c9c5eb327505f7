import type { EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { appName } from '../options.ts';
import type { StasisWaits } from '../stasis-waits.ts';

/** The place of a coach, the ear that listens to it, and the mouth that speaks to one of its listeners. */
const placeOf = (coach: EngineLegId): string => `coach-${coach}`;
const earOf = (coach: EngineLegId): string => `ear-coach-${coach}`;
const mouthOf = (coach: EngineLegId, listener: EngineLegId): string => `mouth-${coach}-${listener}`;

/** A divisor of what a leg says that leaves nothing of it, and what restores it. */
const volume = { nothing: '-40000', usual: '0' };

/**
 * Takes the voice of a leg out of its bridge, or gives it back. Ears are before this in the chain of what
 * listens to a channel, so that they go on hearing; they would not with `mute`.
 * @see Asterisk 22, function VOLUME
 */
const setVoice = (ari: AriHttp, leg: EngineLegId, value: string): Promise<void> =>
  ari.send('POST /channels/{channelId}/variable', {
    command: 'coach',
    path: { channelId: leg },
    query: { variable: 'VOLUME(RX)', value },
    alreadyDone: value === volume.usual ? [404] : [],
  });

/** An ear or mouth at a leg. @returns whether it is there; not if the leg is gone */
async function snoop(
  ari: AriHttp,
  waits: StasisWaits,
  leg: EngineLegId,
  id: string,
  direction: { readonly spy: 'in' } | { readonly whisper: 'out' },
): Promise<boolean> {
  const entered = waits.entered(id, id);
  entered.catch(() => undefined);
  const made = await ari.send('POST /channels/{channelId}/snoop/{snoopId}', {
    command: 'coach',
    path: { channelId: leg, snoopId: id },
    query: { ...direction, app: appName, appArgs: 'coach' },
    alreadyDone: [404],
  });
  if (!made) {
    waits.fail(id);
    return false;
  }
  return entered.then(
    () => true,
    () => false,
  );
}

const hangUp = (ari: AriHttp, channelId: string): Promise<void> =>
  ari.send('DELETE /channels/{channelId}', {
    command: 'coach',
    path: { channelId },
    alreadyDone: [404],
  });

const insideOf = async (ari: AriHttp, bridgeId: string): Promise<readonly string[]> => {
  const place = await ari.send('GET /bridges/{bridgeId}', {
    command: 'coach',
    path: { bridgeId },
    alreadyDone: [404],
  });
  return place?.channels ?? [];
};

/** Everybody hears the leg again. */
async function end(ari: AriHttp, coach: EngineLegId): Promise<void> {
  const bridgeId = placeOf(coach);
  const inside = await insideOf(ari, bridgeId);
  await ari.send('DELETE /bridges/{bridgeId}', {
    command: 'coach',
    path: { bridgeId },
    alreadyDone: [404],
  });
  await Promise.all(inside.map((channel) => hangUp(ari, channel)));
  await setVoice(ari, coach, volume.usual);
}

/**
 * Lets one leg be heard by some of its bridge alone: its voice is taken out of the bridge, an ear hears it
 * all the same, and a mouth at each listener speaks what the ear hears. Everything is found again by its
 * name, so that nothing must be remembered.
 * @see Asterisk 22 ARI, POST /channels/{id}/snoop/{snoopId}
 */
export async function coach(
  ari: AriHttp,
  waits: StasisWaits,
  leg: EngineLegId,
  listeners: readonly EngineLegId[] | undefined,
): Promise<void> {
  if (!listeners) return end(ari, leg);
  await setVoice(ari, leg, volume.nothing);
  const bridgeId = placeOf(leg);
  await ari.send('POST /bridges', {
    command: 'coach',
    query: { bridgeId, type: 'mixing' },
    alreadyDone: [409],
  });
  const there = new Set(await insideOf(ari, bridgeId));
  const wanted = new Map(listeners.map((listener) => [mouthOf(leg, listener), listener]));
  const isUnwanted = (id: string) => id !== earOf(leg) && !wanted.has(id);
  await Promise.all([...there].filter(isUnwanted).map((id) => hangUp(ari, id)));
  const added: string[] = [];
  if (!there.has(earOf(leg)) && (await snoop(ari, waits, leg, earOf(leg), { spy: 'in' })))
    added.push(earOf(leg));
  for (const [mouth, listener] of wanted) {
    if (there.has(mouth)) continue;
    if (await snoop(ari, waits, listener, mouth, { whisper: 'out' })) added.push(mouth);
  }
  if (added.length === 0) return;
  await ari.send('POST /bridges/{bridgeId}/addChannel', {
    command: 'coach',
    path: { bridgeId },
    query: { channel: added },
  });
}
