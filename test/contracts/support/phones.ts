import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { silentProgress } from '../../../src/kernel/progress.ts';
import { type Phone, startPhone } from '../../../src/phones/index.ts';
import { ensurePrograms } from '../../../src/provisioning/index.ts';
import type { Api } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { server } from './server.ts';
import { unique } from './tenant.ts';

const engineFolder = fileURLToPath(new URL('../../../.engine', import.meta.url));

interface Registered {
  readonly items: readonly { readonly username: string; readonly contacts: readonly unknown[] }[];
}

/**
 * A real phone, registered and known to the exchange. Whoever starts it stops it.
 * @param through - somebody who sees the devices of the account
 */
export async function startRegistered(
  through: Api,
  account: { readonly domain: string; readonly username: string; readonly secret: string },
): Promise<Phone> {
  const { baresip } = await ensurePrograms(['baresip'], {
    folder: engineFolder,
    progress: silentProgress,
    env: process.env,
  });
  const phone = await startPhone({
    ...account,
    program: baresip,
    folder: join(server.dataFolder, 'phones', unique(account.username)),
    toneHz: 440,
    server: { host: '127.0.0.1', port: server.sipPort },
  });
  await phone.next('REGISTER_OK');
  await eventually(
    async () => {
      const { items } = await through.get<Registered>('/native/v1/endpoints?limit=1000');
      return items.some(
        ({ username, contacts }) => username === account.username && contacts.length > 0,
      );
    },
    { because: () => `the exchange does not know the phone ${account.username}` },
  );
  return phone;
}
