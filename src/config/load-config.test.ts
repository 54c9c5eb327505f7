import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'polyvox-config-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

const load = (env: Record<string, string>) => loadConfig({ root, env });

const problemsOf = (env: Record<string, string>): Promise<string> =>
  load(env).then(
    () => 'none',
    (error: Error) => error.message,
  );

const longKey = 'k'.repeat(32);

describe('the configuration', () => {
  test('serves this machine alone when nothing is said', async () => {
    expect(await load({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      sipPort: 5060,
      data: join(root, 'data'),
      loopbackOnly: true,
      trustLocal: true,
      notes: [],
    });
  });

  test('trusts nobody on this machine any more once something is open to others', async () => {
    for (const open of [
      { POLYVOX_HOST: '0.0.0.0' },
      { POLYVOX_SIP_HOST: '192.0.2.1' },
      { POLYVOX_PUBLIC_URL: 'https://phone.example' },
    ])
      expect(await load(open)).toMatchObject({ loopbackOnly: false, trustLocal: false });
  });

  test('reads the file .env in the clone, and the environment wins', async () => {
    await writeFile(join(root, '.env'), 'POLYVOX_PORT=9000\nPOLYVOX_LOG=debug\n');
    expect(await load({ POLYVOX_PORT: '9001' })).toMatchObject({ port: 9001, log: 'debug' });
    await rm(join(root, '.env'));
  });

  test('names everything that is wrong at once, each with its variable and what a good value is', async () => {
    const problems = await problemsOf({
      POLYVOX_PORT: '80801',
      POLYVOX_SIP_PORT: '0',
      POLYVOX_RTP_PORTS: '24000-20000',
      POLYVOX_DEMO: 'yes',
      POLYVOX_LOG: 'loud',
      POLYVOX_PUBLIC_URL: 'phone.example',
      POLYVOX_CODECS: 'opus,mp3',
      POLYVOX_TRUSTED_PROXIES: '10.0.0.0/33',
      POLYVOX_ALLOW_TARGETS: 'home',
      DATABASE_URL: 'mysql://there',
    });
    expect(problems.split('\n').map((line) => line.trim())).toEqual([
      'Polyvox cannot start:',
      'POLYVOX_PORT must be a port, 0 to 65535',
      'POLYVOX_PUBLIC_URL must be an address such as https://phone.example',
      'POLYVOX_TRUSTED_PROXIES must be addresses or networks such as 192.0.2.7,10.0.0.0/8, separated by commas',
      'DATABASE_URL must be an address such as postgres://user:password@host:5432/polyvox',
      'POLYVOX_SIP_PORT must be a port, 1 to 65535',
      'POLYVOX_RTP_PORTS must be two ports such as 20000-24000',
      'POLYVOX_CODECS must be some of opus, g722, alaw, ulaw, gsm, separated by commas',
      'POLYVOX_DEMO must be 1 or 0',
      'POLYVOX_ALLOW_TARGETS must be addresses or networks such as 192.0.2.7,10.0.0.0/8, separated by commas',
      'POLYVOX_LOG must be one of debug, info, warn, error, silent',
    ]);
  });

  test('knows where the installation stands, and refuses places that do not exist', async () => {
    expect(await load({})).toMatchObject({ country: 'DE', timeZone: 'Europe/Berlin' });
    expect(await load({ POLYVOX_COUNTRY: 'AT', POLYVOX_TIMEZONE: 'Europe/Vienna' })).toMatchObject({
      country: 'AT',
      timeZone: 'Europe/Vienna',
    });
    expect(await problemsOf({ POLYVOX_COUNTRY: 'QX', POLYVOX_TIMEZONE: 'Mars/Olympus' })).toMatch(
      /POLYVOX_COUNTRY must be a country such as DE\n.*POLYVOX_TIMEZONE must be a time zone/,
    );
  });

  test('wants a key of its own for a database of its own', async () => {
    const database = { DATABASE_URL: 'postgres://polyvox@db.example/polyvox' };
    expect(await problemsOf(database)).toContain('POLYVOX_SECRET_KEY must be set together');
    expect(await problemsOf({ ...database, POLYVOX_SECRET_KEY: 'short' })).toContain(
      'POLYVOX_SECRET_KEY must have at least 32 characters',
    );
    expect(await load({ ...database, POLYVOX_SECRET_KEY: longKey })).toMatchObject({
      databaseUrl: database.DATABASE_URL,
    });
  });

  test('refuses ports that would take each other away', async () => {
    expect(await problemsOf({ POLYVOX_PORT: '5060' })).toContain(
      'POLYVOX_PORT and POLYVOX_SIP_PORT must differ',
    );
    expect(await problemsOf({ POLYVOX_SIP_PORT: '20010' })).toContain(
      'POLYVOX_SIP_PORT must lie outside POLYVOX_RTP_PORTS',
    );
  });

  test('notes variables that have no effect yet, and such that nobody reads', async () => {
    const { notes } = await load({
      POLYVOX_TLS_CERT: 'cert.pem',
      POLYVOX_SIPPORT: '5070',
      POLYVOX_COLOUR_OF_THE_HANDSET: 'red',
      POLYVOX_TEST_PROVISIONING: '1',
      OTHER_THING: '1',
    });
    expect(notes).toEqual([
      'POLYVOX_TLS_CERT is reserved for a later release and has no effect yet.',
      'POLYVOX_SIPPORT is unknown and has no effect. Was POLYVOX_SIP_PORT meant?',
      'POLYVOX_COLOUR_OF_THE_HANDSET is unknown and has no effect.',
    ]);
  });
});
