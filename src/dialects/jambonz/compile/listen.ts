import type { Instruction, StreamWish } from '../../../core/programs/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { streamWordsAsJson } from '../audio/stream-words.ts';
import { hookUrlInvalid } from '../hook-errors.ts';
import { answered, askAfter, type Compiler, hookOf, numberOf, type Progress } from './compiler.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Samples a second that can be had; the next lower one stands for another. */
const rates = [8_000, 16_000, 24_000, 32_000, 48_000] as const;

const rateOf = (given: unknown, usual: number): (typeof rates)[number] => {
  const wanted = numberOf(given, usual);
  return rates.findLast((rate) => rate <= wanted) ?? 8_000;
};

/** Which sound of a leg is meant. @see contracts/jambonz.json, verbs: listen */
const ears = { mono: 'in', mixed: 'both', stereo: 'apart' } as const;

const mixOf = (given: unknown): keyof typeof ears =>
  given === 'stereo' || given === 'mixed' ? given : 'mono';

const objectOf = (given: unknown): Properties | undefined =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
    ? (given as Properties)
    : undefined;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The address of an audio socket; one that begins as a hook does is opened all the same. */
function socketUrl(given: unknown, base: string): string {
  const written = String(given);
  if (!URL.canParse(written, base)) throw hookUrlInvalid(written);
  const url = new URL(written, base);
  const protocol = url.protocol.replace(/^http/, 'ws');
  if (protocol !== 'ws:' && protocol !== 'wss:') throw hookUrlInvalid(written);
  return `${protocol}${url.href.slice(url.protocol.length)}`;
}

/** What rate is spoken at, if the other side may speak at all. */
function mouthOf(properties: Properties, earRate: number): StreamWish['mouthRate'] {
  const { enabled, streaming, sampleRate } = objectOf(properties.bidirectionalAudio) ?? {};
  if (properties.disableBidirectionalAudio === true || enabled === false) return undefined;
  return rateOf(streaming === true ? sampleRate : undefined, earRate);
}

/** The stream that a verb, or a property of one, describes; `undefined` if it names no address. */
export function streamOf(given: unknown, { context }: Progress): StreamWish | undefined {
  const properties = objectOf(given);
  if (!properties || text(properties.url) === undefined) return undefined;
  const auth = objectOf(properties.wsAuth) ?? objectOf(properties.auth) ?? {};
  const [username, password] = [text(auth.username), text(auth.password)];
  const metadata = objectOf(properties.metadata) as JsonObject | undefined;
  const mixType = mixOf(properties.mixType);
  const earRate = rateOf(properties.sampleRate, 8_000);
  const mouthRate = mouthOf(properties, earRate);
  return {
    ear: ears[mixType],
    earRate,
    ...(mouthRate && { mouthRate }),
    words: streamWordsAsJson({
      url: socketUrl(properties.url, context.base),
      ...(username && password && { username, sealedPassword: context.seal(password) }),
      ...(metadata && { metadata }),
      mixType,
      passDtmf: properties.passDtmf === true,
      streaming: objectOf(properties.bidirectionalAudio)?.streaming === true,
    }),
  };
}

/** Streams the sound of the call to a websocket until one of the two ends it. */
export const listen: Compiler = (properties, progress) => {
  const stream = streamOf(properties, progress);
  if (!stream) return [];
  const mostSeconds = numberOf(properties.maxLength, 0);
  const finishOnKey = text(properties.finishOnKey);
  const hook = hookOf(properties.actionHook, progress);
  const beep: readonly Instruction[] =
    properties.playBeep === true ? [{ do: 'play', sounds: [{ kind: 'beep' }] }] : [];
  return [
    ...answered(progress, properties.earlyMedia),
    ...beep,
    {
      do: 'listen',
      stream,
      ...(finishOnKey && { finishOnKey }),
      ...(mostSeconds > 0 && { mostSeconds }),
    },
    ...(hook ? [askAfter('listen', hook, properties.id)] : []),
  ];
};

/** Begins or ends to stream beside the verbs. */
export function listenBeside(given: unknown, progress: Progress): readonly Instruction[] {
  const properties = objectOf(given);
  if (!properties) return [];
  if (properties.enable === false) return [{ do: 'listen-stop' }];
  const stream = streamOf(properties, progress);
  return stream ? [...answered(progress, false), { do: 'listen-start', stream }] : [];
}
