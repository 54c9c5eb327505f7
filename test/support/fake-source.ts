import type {
  Instruction,
  Notice,
  ProgramSource,
  Question,
  Streaming,
  StreamQuestion,
  StreamSteering,
} from '../../src/core/programs/index.ts';

type Answer = readonly Instruction[] | undefined | Error;

/** Somebody outside who gets the sound of a leg. */
export interface FakeStream {
  readonly question: StreamQuestion;
  readonly keys: readonly string[];
  readonly steered: readonly StreamSteering[];
  isOver(): boolean;
  /** That one wants no more. */
  ends(): void;
  /** It could not be reached. */
  fails(error: Error): void;
}

function createFakeStream(
  question: StreamQuestion,
): FakeStream & { readonly streaming: Streaming } {
  const keys: string[] = [];
  const steered: StreamSteering[] = [];
  let isOver = false;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const ends = () => {
    isOver = true;
    resolve();
  };
  return {
    question,
    keys,
    steered,
    isOver: () => isOver,
    ends,
    fails: reject,
    streaming: {
      over: promise,
      key: (digit) => void keys.push(digit),
      steer: (how) => void steered.push(how),
      end: ends,
    },
  };
}

/** A program source that a test answers for. */
export interface FakeSource extends ProgramSource {
  /** What it was asked, in order. */
  readonly asked: readonly Question[];
  /** What it was told, in order. */
  readonly told: readonly Notice[];
  /** The streams that it was given, in order. */
  readonly streams: readonly FakeStream[];
  /** Answers the oldest question that is open. */
  answer(answer: Answer): void;
}

export function createFakeSource(): FakeSource {
  const asked: Question[] = [];
  const told: Notice[] = [];
  const streams: FakeStream[] = [];
  const open: ((answer: Answer) => void)[] = [];
  return {
    asked,
    told,
    streams,
    stream(question) {
      const stream = createFakeStream(question);
      streams.push(stream);
      return stream.streaming;
    },
    tell: async (notice) => void told.push(notice),
    ask(question) {
      asked.push(question);
      return new Promise((resolve, reject) =>
        open.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
      );
    },
    answer(answer) {
      const next = open.shift();
      if (!next) throw new Error('nothing was asked');
      next(answer);
    },
  };
}
