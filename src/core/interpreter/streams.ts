import type { EngineAudioId } from '../../engine/port/index.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import type { LegId } from '../../kernel/ids.ts';
import { hasEnded } from '../calls/index.ts';
import type { ProgramSourceRef, Streaming, StreamSteering, StreamWish } from '../programs/index.ts';
import type { InterpreterPorts } from './ports.ts';

/** A stream that is wanted. Its name decides which one it is, also for the next server. */
export interface WantedStream {
  readonly audioId: EngineAudioId;
  readonly legId: LegId;
  readonly source: ProgramSourceRef;
  readonly wish: StreamWish;
}

/** The sound of legs on its way to somebody outside, in this process. */
export interface Streams {
  /**
   * Streams until it is over.
   * @throws whatever kept it from beginning
   */
  run(wanted: WantedStream): Promise<void>;
  /** The same beside the program: it is kept with the leg, and the next server goes on with it. */
  begin(wanted: WantedStream): void;
  /** Goes on with what an earlier server left of a leg. */
  takeOver(legId: LegId): void;
  /** Ends one, or all that run beside the program of a leg. */
  end(legId: LegId, audioId?: EngineAudioId): void;
  key(legId: LegId, digit: string, durationMs: number): void;
  /** @returns whether there was anything to steer */
  steer(legId: LegId, how: StreamSteering): boolean;
}

interface Running {
  readonly legId: LegId;
  readonly streaming: Streaming;
}

export function createStreams({
  engine,
  live,
  sources,
  logger,
}: Pick<InterpreterPorts, 'engine' | 'live' | 'sources' | 'logger'>): Streams {
  const running = new Map<EngineAudioId, Running>();
  /** Those that ended before they had begun. */
  const unwanted = new Set<EngineAudioId>();
  const opening = new Set<EngineAudioId>();

  const run = async ({ audioId, legId, source, wish }: WantedStream): Promise<void> => {
    const leg = live.leg(legId);
    const asked = sources[source.dialect];
    if (!leg || hasEnded(leg) || !asked?.stream) throw new Error('nobody takes the sound');
    opening.add(audioId);
    const { words: _words, ...options } = wish;
    const audio = await engine
      .openAudio(audioId, leg.engineId, options)
      .finally(() => opening.delete(audioId));
    try {
      if (unwanted.delete(audioId)) return;
      const streaming = asked.stream({ source, legId, wish, audio });
      running.set(audioId, { legId, streaming });
      audio.onEnd(() => streaming.end());
      await streaming.over;
    } finally {
      running.delete(audioId);
      await audio.close();
    }
  };
  const forget = (legId: LegId, audioId: EngineAudioId) => {
    const leg = live.leg(legId);
    if (!leg?.streams?.some((stream) => stream.audioId === audioId)) return;
    live.changeLeg(legId, {
      streams: leg.streams.filter((stream) => stream.audioId !== audioId),
    });
  };
  const runBeside = (wanted: WantedStream) => {
    run(wanted)
      .catch((error: unknown) => {
        const reason = isDomainError(error) ? error.code : error;
        logger.debug({ legId: wanted.legId, reason }, 'a stream did not begin');
      })
      .finally(() => forget(wanted.legId, wanted.audioId));
  };
  const of = (legId: LegId) => [...running.entries()].filter(([, one]) => one.legId === legId);
  return {
    run,
    begin(wanted) {
      const { legId, audioId, source, wish } = wanted;
      const leg = live.leg(legId);
      if (!leg || hasEnded(leg)) return;
      live.changeLeg(legId, { streams: [...(leg.streams ?? []), { audioId, source, wish }] });
      runBeside(wanted);
    },
    takeOver(legId) {
      for (const stream of live.leg(legId)?.streams ?? []) runBeside({ legId, ...stream });
    },
    end(legId, audioId) {
      const beside = live.leg(legId)?.streams?.map((stream) => stream.audioId) ?? [];
      for (const id of audioId ? [audioId] : beside) {
        if (opening.has(id)) unwanted.add(id);
        running.get(id)?.streaming.end();
        forget(legId, id);
      }
    },
    key(legId, digit, durationMs) {
      for (const [, { streaming }] of of(legId)) streaming.key(digit, durationMs);
    },
    steer(legId, how) {
      const all = of(legId);
      for (const [, { streaming }] of all) streaming.steer(how);
      return all.length > 0;
    },
  };
}
