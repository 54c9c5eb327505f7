/**
 * The server as it is, but told over a channel of its process to run programs on legs; and, if `TEST_HOOK_URL` is
 * set, with somebody who tells that address of every object that is made.
 */
import { fileURLToPath } from 'node:url';
import { compose } from '../../src/compose.ts';
import { loadConfig, loadCredentials } from '../../src/config/index.ts';
import type { Instruction } from '../../src/core/programs/index.ts';
import { closeStreams } from '../../src/http/event-stream.ts';
import { createLogger } from '../../src/http/logger.ts';
import type { LegId } from '../../src/kernel/ids.ts';
import { silentProgress } from '../../src/kernel/progress.ts';

/** Puts a program on a leg, in place of the one that runs. */
export interface RunOrder {
  readonly order: number;
  readonly legId: string;
  readonly instructions: readonly Instruction[];
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const config = await loadConfig({ root, env: process.env });
const credentials = await loadCredentials(config);
const logger = createLogger(config.log, false);
const polyvox = await compose({ root, config, credentials, progress: silentProgress, logger });

const hookUrl = process.env.TEST_HOOK_URL;
if (hookUrl) {
  await polyvox.services.deliveries.follow({
    dialect: 'native',
    concerns: ({ type }) => type === 'object.created',
    word: (event) =>
      event.type === 'object.created'
        ? [
            {
              accountId: event.accountId,
              dialect: 'native',
              key: event.kind,
              subject: event.type,
              request: {
                url: hookUrl,
                method: 'POST',
                payload: { kind: event.kind, id: event.id },
                userAgent: 'polyvox-test',
                password: 'the password of a hook',
                username: 'joe',
              },
            },
          ]
        : [],
  });
  console.log('events are followed');
}

process.on('message', ({ order, legId, instructions }: RunOrder) => {
  polyvox.control.run(legId as LegId, { dialect: 'native', reference: 'test' }, instructions);
  process.send?.({ order });
});
process.on('SIGTERM', () => {
  closeStreams();
  void polyvox.stop().then(() => process.exit(0));
});
