import {
  type AudioRate,
  type EngineAudioId,
  type EngineLegId,
  engineUnavailable,
  type LegAudio,
  type LegAudioOptions,
} from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { appName, type EngineAccess } from '../options.ts';
import type { StasisWaits } from '../stasis-waits.ts';
import { besides } from './side-by-side.ts';
import { openWire, type Wire } from './wire.ts';

/** What the engine calls linear PCM of a rate. */
const formats: Readonly<Record<AudioRate, string>> = {
  8000: 'slin',
  12000: 'slin12',
  16000: 'slin16',
  24000: 'slin24',
  32000: 'slin32',
  44100: 'slin44',
  48000: 'slin48',
};

/** One tap at a leg: an ear or a mouth, a wire to this server, and the bridge in which they meet. */
const parts = ['in', 'out', 'mouth'] as const;
type Part = (typeof parts)[number];

const tapOf = (id: EngineAudioId, part: Part) =>
  part === 'mouth' ? `mouth-audio-${id}` : `ear-audio-${id}-${part}`;
const wireOf = (id: EngineAudioId, part: Part) => `wire-${id}-${part}`;
const placeOf = (id: EngineAudioId, part: Part) => `audio-${id}-${part}`;

export interface AudioPorts {
  readonly ari: AriHttp;
  readonly access: EngineAccess;
  readonly waits: StasisWaits;
}

interface Tap {
  readonly part: Part;
  readonly rate: AudioRate;
  readonly direction: { readonly spy: 'in' | 'out' | 'both' } | { readonly whisper: 'out' };
}

const tapsOf = ({ ear, earRate, mouthRate }: LegAudioOptions): readonly Tap[] => [
  { part: 'in', rate: earRate, direction: { spy: ear === 'apart' ? 'in' : ear } },
  ...(ear === 'apart'
    ? [{ part: 'out' as const, rate: earRate, direction: { spy: 'out' as const } }]
    : []),
  ...(mouthRate
    ? [{ part: 'mouth' as const, rate: mouthRate, direction: { whisper: 'out' as const } }]
    : []),
];

/** An ear or mouth at a leg. @see Asterisk 22 ARI, POST /channels/{id}/snoop/{snoopId} */
async function snoop(
  { ari, waits }: AudioPorts,
  leg: EngineLegId,
  id: string,
  direction: Tap['direction'],
): Promise<void> {
  const entered = waits.entered(id, id);
  entered.catch(() => undefined);
  try {
    await ari.send('POST /channels/{channelId}/snoop/{snoopId}', {
      command: 'open audio',
      path: { channelId: leg, snoopId: id },
      query: { ...direction, app: appName, appArgs: 'audio' },
    });
  } catch (error) {
    waits.fail(id);
    throw error;
  }
  await entered;
}

/** A wire to this server. @see Asterisk 22 ARI, POST /channels/externalMedia */
async function wire(
  { ari, waits, access }: AudioPorts,
  id: string,
  rate: AudioRate,
): Promise<Wire> {
  const entered = waits.entered(id, id);
  entered.catch(() => undefined);
  const made = await ari.send('POST /channels/externalMedia', {
    command: 'open audio',
    query: {
      channelId: id,
      app: appName,
      external_host: 'INCOMING',
      transport: 'websocket',
      encapsulation: 'none',
      connection_type: 'server',
      format: formats[rate],
      transport_data: 'f(json)',
    },
    body: {},
  });
  const connection = made?.channelvars as Readonly<Record<string, string>> | undefined;
  const connectionId = connection?.MEDIA_WEBSOCKET_CONNECTION_ID;
  if (!connectionId) throw engineUnavailable('open audio', new Error('the wire has no name'));
  const open = await openWire(access, connectionId).catch((error: unknown) => {
    throw engineUnavailable('open audio', error);
  });
  await entered;
  return open;
}

async function open(
  ports: AudioPorts,
  id: EngineAudioId,
  leg: EngineLegId,
  { part, rate, direction }: Tap,
): Promise<Wire> {
  const { ari } = ports;
  const bridgeId = placeOf(id, part);
  const [, opened] = await Promise.all([
    snoop(ports, leg, tapOf(id, part), direction),
    wire(ports, wireOf(id, part), rate),
    ari.send('POST /bridges', { command: 'open audio', query: { bridgeId, type: 'mixing' } }),
  ]);
  await ari.send('POST /bridges/{bridgeId}/addChannel', {
    command: 'open audio',
    path: { bridgeId },
    query: { channel: [tapOf(id, part), wireOf(id, part)] },
  });
  return opened;
}

const quiet = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

/** Takes away everything that has to do with the sound of a leg under a name. */
export async function closeAudio({ ari }: Pick<AudioPorts, 'ari'>, id: EngineAudioId) {
  const command = 'close audio';
  const hangUp = (channelId: string) =>
    ari.send('DELETE /channels/{channelId}', { command, path: { channelId }, alreadyDone: [404] });
  await Promise.all(
    parts.flatMap((part) => [
      quiet(hangUp(tapOf(id, part))),
      quiet(hangUp(wireOf(id, part))),
      quiet(
        ari.send('DELETE /bridges/{bridgeId}', {
          command,
          path: { bridgeId: placeOf(id, part) },
          alreadyDone: [404],
        }),
      ),
    ]),
  );
}

/**
 * Opens the live sound of a leg: ears and a mouth at it, each in a bridge of its own with a wire to this server.
 * The engine changes the rate, keeps the time and says silence where there is nothing.
 */
export async function openAudio(
  ports: AudioPorts,
  id: EngineAudioId,
  leg: EngineLegId,
  options: LegAudioOptions,
): Promise<LegAudio> {
  const taps = tapsOf(options);
  const opened = await Promise.allSettled(taps.map((tap) => open(ports, id, leg, tap)));
  const wires = new Map<Part, Wire>();
  for (const [at, { part }] of taps.entries()) {
    const one = opened[at];
    if (one?.status === 'fulfilled') wires.set(part, one.value);
  }
  const failure = opened.find((one) => one.status === 'rejected');
  const close = async () => {
    for (const one of wires.values()) one.close();
    await closeAudio(ports, id);
  };
  if (failure?.status === 'rejected') {
    await close();
    throw failure.reason;
  }
  const [says, hears, mouth] = [wires.get('in'), wires.get('out'), wires.get('mouth')];
  return {
    onSound(listener) {
      if (!hears) return says?.onSound(listener);
      const { left, right } = besides(listener);
      says?.onSound(left);
      hears.onSound(right);
    },
    speak: (pcm) => mouth?.speak(pcm),
    hush: () => mouth?.hush(),
    spoken: () => mouth?.spoken() ?? Promise.resolve(false),
    onEnd(listener) {
      let isTold = false;
      const tell = () => {
        if (!isTold) listener();
        isTold = true;
      };
      for (const one of wires.values()) one.onEnd(tell);
    },
    close,
  };
}
