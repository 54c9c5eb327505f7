import { parseRetryFragment } from '../../../core/hooks/index.ts';
import type { SoundDecoder } from '../../../core/interpreter/index.ts';
import type { Streaming, StreamQuestion, StreamSteering } from '../../../core/programs/index.ts';
import type { Socket, SocketClient } from '../../../core/sockets/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { type AudioMessage, readAudioMessage } from './read-message.ts';
import { type StreamWords, streamWordsIn } from './stream-words.ts';

/** @see contracts/jambonz.json, audio_socket */
const subprotocol = 'audio.drachtio.org';

/** How many sounds may be made ready, one after the other; what comes besides is passed over. */
const mostPreparing = 32;

/** Bytes of a message: minutes of sound in base64. */
const mostBytes = 8 * 1024 * 1024;

export interface AudioSocketPorts {
  readonly sockets: SocketClient;
  readonly decoder: SoundDecoder;
  readonly open: (sealed: string) => string;
  readonly logger: Logger;
  /** What the other side is told of the call, in camelCase. */
  readonly callInfo: () => Promise<JsonObject>;
}

const open = ({ sockets, open: unseal }: AudioSocketPorts, words: StreamWords): Promise<Socket> => {
  const { url, retry } = parseRetryFragment(words.url);
  return sockets.open({
    url,
    retry,
    subprotocol,
    username: words.username,
    password: words.sealedPassword && unseal(words.sealedPassword),
    maxFrameBytes: mostBytes,
  });
};

/** The first message: the call, and what kind of sound comes. */
const beginning = (info: JsonObject, { wish }: StreamQuestion, words: StreamWords): string =>
  JSON.stringify({
    ...words.metadata,
    ...info,
    sampleRate: wish.earRate,
    mixType: words.mixType,
    ...(words.metadata && { metadata: words.metadata }),
  });

/** What is spoken to the leg on behalf of the other side. */
function createMouth(
  ports: AudioSocketPorts,
  { audio, wish }: StreamQuestion,
  send: (message: object) => void,
) {
  /** What is being made ready to be spoken; what came later comes later. */
  let ready: Promise<unknown> = Promise.resolve();
  let preparing = 0;
  /** Grows when everything that waits is dropped. */
  let turn = 0;
  const marks = new Set<string>();

  const hush = () => {
    turn += 1;
    audio.hush();
  };
  const play = ({ sound, rawRate, id, queued }: Extract<AudioMessage, { type: 'playAudio' }>) => {
    if (!wish.mouthRate) return;
    if (!queued) hush();
    if (preparing >= mostPreparing) return;
    preparing += 1;
    const mine = turn;
    const { mouthRate } = wish;
    ready = ready
      .then(async () => {
        if (mine !== turn) return;
        const pcm = await ports.decoder.decode(sound, rawRate, mouthRate);
        if (mine !== turn) return;
        audio.speak(pcm);
        void audio.spoken().then(() => {
          if (id !== undefined) send({ type: 'playDone', data: { id } });
        });
      })
      .catch((error: unknown) => ports.logger.debug({ err: error }, 'a sound was not understood'))
      .finally(() => {
        preparing -= 1;
      });
  };
  const mark = (name: string) => {
    marks.add(name);
    void ready
      .then(() => audio.spoken())
      .then((spoken) => {
        if (!marks.delete(name)) return;
        send({ type: 'mark', data: { name, event: spoken ? 'playout' : 'cleared' } });
      });
  };
  return {
    hush,
    play,
    mark,
    clearMarks() {
      for (const name of marks) send({ type: 'mark', data: { name, event: 'cleared' } });
      marks.clear();
    },
  };
}

/**
 * Brings the sound of a leg to an audio socket, and what that says back to the leg.
 * @see contracts/jambonz.json, audio_socket
 */
export function runAudioSocket(ports: AudioSocketPorts, question: StreamQuestion): Streaming {
  const { audio, wish } = question;
  const words = streamWordsIn(wish.words);
  let socket: Socket | undefined;
  let steered: StreamSteering = 'resume';
  let isOver = false;
  let isFull = false;
  const { promise, resolve } = Promise.withResolvers<void>();
  const send = (message: object) => socket?.send(JSON.stringify(message));
  const mouth = createMouth(ports, question, send);
  const end = () => {
    isOver = true;
    socket?.close(1000);
    resolve();
  };
  const hear = (pcm: Buffer) => {
    if (!socket || isFull || steered === 'pause') return;
    const sound = steered === 'silence' ? Buffer.alloc(pcm.length) : pcm;
    if (socket.send(sound)) return;
    // Old sound is worth nothing: until there is room again it is left out.
    isFull = true;
    socket.drained().then(
      () => {
        isFull = false;
      },
      () => undefined,
    );
  };
  const obey = (message: AudioMessage) => {
    if (message.type === 'disconnect') return end();
    if (!wish.mouthRate) return;
    if (message.type === 'playAudio') return mouth.play(message);
    if (message.type === 'killAudio') return mouth.hush();
    if (!words.streaming) return;
    if (message.type === 'mark') return mouth.mark(message.name);
    mouth.clearMarks();
  };
  const begin = async (): Promise<void> => {
    const [opened, info] = await Promise.all([open(ports, words), ports.callInfo()]);
    socket = opened;
    if (isOver) return opened.close(1000);
    opened.onClose(end);
    opened.send(beginning(info, question, words));
    opened.onMessage((message) => {
      if (typeof message !== 'string') {
        if (words.streaming) audio.speak(message);
        return;
      }
      const read = readAudioMessage(message);
      if (read) obey(read);
    });
    audio.onSound(hear);
    await promise;
  };
  return {
    over: begin(),
    key(dtmf, duration) {
      if (words.passDtmf) send({ event: 'dtmf', dtmf, duration: String(duration) });
    },
    steer(how) {
      steered = how;
    },
    end,
  };
}
