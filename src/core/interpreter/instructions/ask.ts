import type { AskInstruction, Instruction, RunState } from '../../programs/index.ts';
import type { Input } from '../input.ts';
import type { Handler, Stage } from '../stage.ts';

type Asking = RunState & {
  /** Names the question, so that whoever is asked twice can know it. */
  readonly key: string;
};

function put(stage: Stage, { question }: AskInstruction, key: string): void {
  stage.keep({ key } satisfies Asking);
  const { program } = stage.leg();
  if (!program) return;
  const { source, result } = program;
  const { legId } = stage;
  const askSource = async () => {
    const asked = stage.sources[source.dialect];
    if (!asked) throw new Error(`nobody answers for ${source.dialect}`);
    return asked.ask({ source, legId, question, result, key, awaited: stage.awaited?.() });
  };
  // The leg can be steered, and hung up, while an answer is awaited.
  stage.ask('answer', askSource, `${legId} questions`);
}

function heard(stage: Stage, { otherwise }: AskInstruction, input: Input): void {
  if (input.type === 'work_failed' && input.work === 'answer') {
    if (otherwise) return stage.restartWith(otherwise);
    return stage.finish({ outcome: 'failed', reason: 'unanswered' });
  }
  if (input.type !== 'work_done' || input.work !== 'answer') return;
  const next = input.value as readonly Instruction[] | undefined;
  if (next) stage.restartWith(next);
  else stage.finish({ outcome: 'done' });
}

/** Asks the program source what to do next. A restarted server asks again, with the same key. */
export const ask: Handler<AskInstruction, Asking> = {
  start: (stage, instruction) => put(stage, instruction, stage.newPlaybackId()),
  on: (stage, instruction, _state, input) => heard(stage, instruction, input),
  resume: (stage, instruction, state) =>
    put(stage, instruction, state.key ?? stage.newPlaybackId()),
};
