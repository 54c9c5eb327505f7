import type { InstructionOf, InstructionResult } from '../../programs/index.ts';
import { planDial, routingView } from '../resolve-targets.ts';
import type { Handler, Stage } from '../stage.ts';

type Message = InstructionOf<'message'>;

/** Sends a text to every device of somebody of ours. */
async function deliver(stage: Stage, { to, from, text }: Message): Promise<InstructionResult> {
  const view = routingView(stage, stage.leg().accountId);
  const plan = view && planDial(view, { targets: [to], order: 'parallel' });
  if (plan?.kind !== 'ring') return { outcome: 'rejected' };
  const targets = plan.attempts[0] ?? [];
  const devices = targets.flatMap((target) => (target.kind === 'contact' ? [target] : []));
  if (devices.length === 0) return { outcome: targets.length > 0 ? 'rejected' : 'unreachable' };
  await Promise.all(
    devices.map(({ endpoint, uri }) => stage.engine.sendMessage({ endpoint, uri, from, text })),
  );
  return { outcome: 'done' };
}

export const message: Handler<Message> = {
  start: (stage, instruction) =>
    stage.ask('message', () => deliver(stage, instruction), `${stage.legId} messages`),
  on(stage, _instruction, _state, input) {
    if (input.type === 'work_done') stage.finish(input.value as InstructionResult);
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed' });
  },
};

export const sendRequest: Handler<InstructionOf<'send-request'>> = {
  start(stage, { request }) {
    const { engineId } = stage.leg();
    stage.ask('request', () => stage.engine.sendRequest(engineId, request));
  },
  on(stage, _instruction, _state, input) {
    if (input.type === 'work_done') stage.finish({ outcome: 'done' });
    if (input.type === 'work_failed') stage.finish({ outcome: 'failed', reason: 'engine' });
  },
};
