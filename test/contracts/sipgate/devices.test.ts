import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { silentProgress } from '../../../src/kernel/progress.ts';
import { type Phone, startPhone } from '../../../src/phones/index.ts';
import { ensurePrograms } from '../../../src/provisioning/index.ts';
import type { Api } from '../../support/api.ts';
import { eventually } from '../../support/eventually.ts';
import { listen } from '../support/event-stream.ts';
import { alice, printed, server } from '../support/server.ts';
import { newTenant, unique } from '../support/tenant.ts';

interface ShownDevice {
  readonly credentials: {
    readonly username: string;
    readonly password: string;
    readonly sipServer: string;
    readonly outboundProxy: string;
    readonly sipServerWebsocketUrl: string;
  };
  readonly registered: readonly { userAgent: string; ip: string; port: string }[];
  readonly emergencyAddressId: string | null;
  readonly addressUrl: string | null;
}

const engineFolder = fileURLToPath(new URL('../../../.engine', import.meta.url));
const phones: Phone[] = [];
afterAll(() => Promise.all(phones.map((phone) => phone.stop())));

/** A phone that knows nothing but what the API showed. */
async function phoneFor({ credentials }: ShownDevice): Promise<Phone> {
  const { username, password, sipServer, outboundProxy } = credentials;
  const { baresip } = await ensurePrograms(['baresip'], {
    folder: engineFolder,
    progress: silentProgress,
    env: process.env,
  });
  const [host = '', port = '5060'] = outboundProxy.split(':');
  const phone = await startPhone({
    program: baresip,
    folder: join(server.dataFolder, 'phones', unique(username)),
    domain: sipServer,
    username,
    secret: password,
    toneHz: 440,
    server: { host, port: Number(port) },
  });
  phones.push(phone);
  await phone.next('REGISTER_OK');
  return phone;
}

const show = (through: Api, id: string) => through.get<ShownDevice>(`/v2/devices/${id}`);

const tenant = await newTenant();
const { admin } = tenant;
const [owner, colleague] = [await tenant.member({ extension: '202' }), await tenant.member()];
const device = await tenant.device(owner, '202');
const id = `e${device.serial}`;

describe('what a phone needs to register', () => {
  test('is shown to its owner and to administrators, and to nobody else', async () => {
    for (const who of [owner, admin])
      expect(await show(who.api, id)).toMatchObject({
        credentials: {
          username: '202',
          password: device.secret,
          sipServer: tenant.domain,
          outboundProxy: `127.0.0.1:${server.sipPort}`,
          sipServerWebsocketUrl: '',
        },
        registered: [],
        emergencyAddressId: null,
        addressUrl: null,
      });
    const elsewhere = await newTenant();
    for (const { api } of [colleague, elsewhere.admin]) {
      const answer = await api.send('GET', `/v2/devices/${id}`);
      expect(answer.status).toBe(404);
      expect(answer.text).not.toContain(device.secret);
    }
  });

  test('is not in lists, nor anywhere else', async () => {
    for (const path of [`/v2/w${owner.serial}/devices`, '/v2/users', '/native/v1/endpoints']) {
      const answer = await admin.api.send('GET', path);
      expect([answer.status, answer.text.includes(device.secret)]).toEqual([200, false]);
    }
  });

  test('follows a change of the secret', async () => {
    const own = await tenant.device(owner, unique('desk'));
    await owner.api.patch(`/native/v1/endpoints/${own.id}`, { secret: 'another-secret' });
    expect((await show(owner.api, `e${own.serial}`)).credentials.password).toBe('another-secret');
  });

  test('lets a phone of the account register, which is shown from then on', async () => {
    const phone = await phoneFor(await show(owner.api, id));
    const registered = await eventually(async () => {
      const shown = await show(owner.api, id);
      return shown.registered.length > 0 ? shown.registered : undefined;
    });
    expect(registered).toEqual([
      {
        userAgent: expect.stringContaining('baresip'),
        ip: '127.0.0.1',
        port: expect.stringMatching(/^\d+$/),
      },
    ]);
    await phone.stop();
    await eventually(async () => (await show(owner.api, id)).registered.length === 0);
  });

  test('lets a phone of the default account register at the bare address', async () => {
    const { id: made, serial } = await alice.post<{ id: string; serial: number }>(
      '/native/v1/endpoints',
      { username: unique('desk'), secret: 'a-secret-of-sip' },
    );
    const shown = await show(alice, `e${serial}`);
    expect(shown.credentials).toMatchObject({
      sipServer: `127.0.0.1:${server.sipPort}`,
      outboundProxy: `127.0.0.1:${server.sipPort}`,
    });
    const phone = await phoneFor(shown);
    await eventually(async () => (await show(alice, `e${serial}`)).registered.length === 1);
    await phone.stop();
    await alice.delete(`/native/v1/endpoints/${made}`);
  });
});

describe('that a secret was shown', () => {
  test('is told to the owner, with who saw it through which API, and without the secret', async () => {
    const stream = await listen(owner.authorization);
    await show(admin.api, id);
    const { data } = await stream.next(({ type }) => type === 'secret.shown');
    expect(data).toMatchObject({
      kind: 'endpoint',
      id: device.id,
      userId: owner.id,
      byUserId: admin.id,
      dialect: 'sipgate',
    });
    expect(JSON.stringify(data)).not.toContain(device.secret);
  });

  test('is kept in the log of events, which administrators read', async () => {
    await show(owner.api, id);
    const stream = await listen(admin.authorization, { query: '?after=0&types=secret.shown' });
    const event = await stream.next(({ data }) => data.byUserId === owner.id);
    expect(event.data).toMatchObject({ id: device.id });
  });

  test('is nothing that the server would print the secret for', async () => {
    await show(admin.api, id);
    expect(await printed()).not.toContain(device.secret);
  });
});
