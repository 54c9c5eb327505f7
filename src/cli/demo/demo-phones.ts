import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { demo } from '../../core/accounts/index.ts';
import { type Phone, type PhoneProgram, phoneFolderRoot, startPhone } from '../../phones/index.ts';
import { phoneWaits } from './demo-errors.ts';

/** The two phones of the demonstration. */
export interface DemoPhones {
  readonly caller: Phone;
  readonly callee: Phone;
}

/** The voices of the two, in Hz. */
const voices = [440, 1_000] as const;

/** What a phone may wait for, and how that is said. */
const waitedFor = {
  REGISTER_OK: 'its registration; is POLYVOX_SIP_PORT here as for the server?',
  CALL_INCOMING: 'a call',
  CALL_ESTABLISHED: 'its call to be established',
  CALL_CLOSED: 'the end of its call',
} as const;

/** Waits until a phone is told something. @throws {DomainError} `demo.phone_waits` */
export const isTold = (phone: Phone, what: keyof typeof waitedFor): Promise<unknown> =>
  phone.next(what).catch((error: unknown) => {
    throw phoneWaits(phone.username, waitedFor[what], error);
  });

/**
 * Starts two phones that register as the demo's extensions.
 * @param onEnd - told how to end them, before the first one is started
 */
export async function startDemoPhones(
  program: PhoneProgram,
  server: { readonly host: string; readonly port: number },
  onEnd: (end: () => Promise<void>) => void,
): Promise<DemoPhones> {
  const folder = await mkdtemp(join(phoneFolderRoot(), 'polyvox-demo-'));
  const start = (at: 0 | 1): Promise<Phone> =>
    startPhone({
      program,
      server,
      folder: join(folder, demo.people[at].extension),
      username: demo.people[at].extension,
      domain: demo.sipDomain,
      secret: demo.sipSecret,
      toneHz: voices[at],
    });
  const starting = [start(0), start(1)] as const;
  onEnd(async () => {
    for (const started of await Promise.allSettled(starting))
      if (started.status === 'fulfilled') await started.value.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const [caller, callee] = await Promise.all(starting);
  return { caller, callee };
}
