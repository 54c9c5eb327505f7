/** What the other side of an audio socket says in text. @see contracts/jambonz.json, audio_socket.in_text */
export type AudioMessage =
  | {
      readonly type: 'playAudio';
      readonly sound: Buffer;
      /** Samples a second of raw samples; `undefined` for a file that says so itself. */
      readonly rawRate: number | undefined;
      readonly id: string | undefined;
      readonly queued: boolean;
    }
  | { readonly type: 'killAudio' | 'disconnect' | 'clearMarks' }
  | { readonly type: 'mark'; readonly name: string };

/** Samples a second that nobody named. */
const usualRate = 8_000;

const isRaw = (type: unknown): boolean =>
  typeof type === 'string' && /^(?:raw|(?:audio\/)?(?:l16|x-l16|pcm))\b/i.test(type);

function readPlay(data: Readonly<Record<string, unknown>>): AudioMessage | undefined {
  const { audioContent, audioContentType, sampleRate, id, queuePlay } = data;
  if (typeof audioContent !== 'string' || audioContent === '') return undefined;
  const rate = Number(sampleRate ?? usualRate);
  return {
    type: 'playAudio',
    sound: Buffer.from(audioContent, 'base64'),
    rawRate: isRaw(audioContentType)
      ? rate >= 4_000 && rate <= 96_000
        ? rate
        : usualRate
      : undefined,
    id: typeof id === 'string' ? id : undefined,
    queued: queuePlay === true,
  };
}

/** @returns `undefined` for what cannot be understood: it is passed over */
export function readAudioMessage(text: string): AudioMessage | undefined {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, data } = message as Readonly<Record<string, unknown>>;
  const given = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  switch (type) {
    case 'playAudio':
      return readPlay(given);
    case 'killAudio':
    case 'disconnect':
    case 'clearMarks':
      return { type };
    case 'mark':
      return typeof given.name === 'string' ? { type, name: given.name } : undefined;
    default:
      return undefined;
  }
}
