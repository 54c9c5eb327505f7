import type { Instruction, ProgramSource, Question } from '../../src/core/programs/index.ts';

type Answer = readonly Instruction[] | undefined | Error;

/** A program source that a test answers for. */
export interface FakeSource extends ProgramSource {
  /** What it was asked, in order. */
  readonly asked: readonly Question[];
  /** Answers the oldest question that is open. */
  answer(answer: Answer): void;
}

export function createFakeSource(): FakeSource {
  const asked: Question[] = [];
  const open: ((answer: Answer) => void)[] = [];
  return {
    asked,
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
