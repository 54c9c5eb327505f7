import type { Phone } from '../../src/phones/index.ts';
import { eventually } from './eventually.ts';
import type { Exchange } from './exchange.ts';

export interface SeenLeg {
  readonly id: string;
  /** The call that it belongs to now. */
  readonly callId: string;
  readonly number: string;
  readonly role: string;
  readonly state: string;
  readonly held: boolean;
  readonly muted: boolean;
  readonly recording: boolean;
}

export interface SeenCall {
  readonly id: string;
  readonly legs: readonly Omit<SeenLeg, 'callId'>[];
}

export const runningCalls = async ({ operator }: Exchange): Promise<readonly SeenCall[]> =>
  (await operator.get<{ items: readonly SeenCall[] }>('/native/v1/calls')).items;

/** The leg of a phone, once it is in a state. */
export const legOf = (exchange: Exchange, phone: Phone, state: string): Promise<SeenLeg> =>
  eventually(
    async () =>
      (await runningCalls(exchange))
        .flatMap(({ id: callId, legs }) => legs.map((leg) => ({ ...leg, callId })))
        .find((leg) => leg.number === phone.username && leg.state === state),
    { because: () => `phone ${phone.username} has no leg that is ${state}` },
  );

/** A leg of a phone that is up and runs nothing of importance: it listens to its echo. */
export async function answeredLeg(exchange: Exchange, phone: Phone): Promise<SeenLeg> {
  await phone.dial('*43');
  await phone.next('CALL_ESTABLISHED');
  return legOf(exchange, phone, 'answered');
}
