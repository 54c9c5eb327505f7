import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Config } from './load-config.ts';

/** The secrets of this installation. */
export interface Credentials {
  readonly secretKey: string;
  readonly adminToken: string;
  readonly adminPassword: string;
  /** Token of the demo account's jambonz key: a uuid of version 4. */
  readonly demoApiKey: string;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that only its owner may read, and waits until the disk has it. */
async function writeSecret(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(path, 0o600);
}

const newPassword = () => randomBytes(15).toString('base64url');

/** Secrets out of variables or files under the data folder; what is missing is generated. A variable wins. */
export async function loadCredentials(config: Config): Promise<Credentials> {
  const keyFile = join(config.data, 'secret.key');
  let secretKey = config.secretKey ?? (await readIfThere(keyFile))?.trim();
  if (!secretKey) {
    secretKey = randomBytes(32).toString('base64url');
    await writeSecret(keyFile, `${secretKey}\n`);
  }
  const file = join(config.data, 'credentials');
  const kept = parseEnv((await readIfThere(file)) ?? '');
  const adminToken = config.adminToken ?? kept.POLYVOX_ADMIN_TOKEN ?? newPassword() + newPassword();
  const adminPassword = config.adminPassword ?? kept.POLYVOX_ADMIN_PASSWORD ?? newPassword();
  const demoApiKey = kept.POLYVOX_DEMO_API_KEY ?? randomUUID();
  const wanted = {
    POLYVOX_ADMIN_TOKEN: kept.POLYVOX_ADMIN_TOKEN ?? adminToken,
    POLYVOX_ADMIN_PASSWORD: kept.POLYVOX_ADMIN_PASSWORD ?? adminPassword,
    POLYVOX_DEMO_API_KEY: demoApiKey,
  };
  const isWhole = Object.keys(wanted).every((name) => kept[name]);
  const lines = Object.entries(wanted).map(([name, value]) => `${name}=${value}\n`);
  if (!isWhole) await writeSecret(file, lines.join(''));
  return { secretKey, adminToken, adminPassword, demoApiKey };
}
