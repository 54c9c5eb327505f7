import type { TestAccount } from '../test/support/accounts.ts';
import type { Exchange } from '../test/support/exchange.ts';
import { memoryOf } from './memory.ts';

export interface EndpointFigures {
  readonly count: number;
  /** Made through REST, each taking effect in the engine. */
  readonly madePerSecond: number;
  /** Milliseconds of a change, until it is in the database and in the engine. */
  readonly changeMs: number;
  /** Milliseconds from the command to ready, engine and database included. */
  readonly startMs: number;
  /** Megabytes. */
  readonly engineMemory: number;
  /** Milliseconds from the start of a phone to its registration being known. */
  readonly registeredMs: number;
}

/** Requests under way at once while endpoints are made. */
const atOnce = 20;

const since = (start: number) => Math.round(performance.now() - start);

/**
 * Makes endpoints in an account, starts everything anew with them, and lets one of them register and make a call.
 */
export async function measureEndpoints(
  exchange: Exchange,
  acme: TestAccount,
  count: number,
): Promise<EndpointFigures> {
  const secret = 'secret-of-many-phones';
  const name = (at: number) => `many${String(at).padStart(6, '0')}`;
  const made: { id: string }[] = [];
  const making = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < count) {
        const username = name(next);
        next += 1;
        made.push(
          await acme.api.post<{ id: string }>('/native/v1/endpoints', { username, secret }),
        );
      }
    }),
  );
  const madePerSecond = Math.round(count / ((performance.now() - making) / 1_000));
  await exchange.endServer();
  const starting = performance.now();
  await exchange.startServer();
  const startMs = since(starting);
  const changing = performance.now();
  await acme.api.patch(`/native/v1/endpoints/${made.at(-1)?.id}`, { alias: 'The last one' });
  const changeMs = since(changing);
  const registering = performance.now();
  const phone = await exchange.phone(name(0), 440, {
    account: acme.api,
    domain: acme.sipDomain,
    secret,
  });
  const registeredMs = since(registering);
  await phone.dial('*43');
  await phone.next('CALL_ESTABLISHED');
  await phone.hangUp();
  await phone.next('CALL_CLOSED');
  const engineMemory = memoryOf(exchange.pidOf('engine'));
  return { count, madePerSecond, changeMs, startMs, engineMemory, registeredMs };
}
