import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodeClient from '@jambonz/node-client';
import { JambonzClient } from '@jambonz/sdk/client';
import { WebhookResponse } from '@jambonz/sdk/webhook';
import { createEndpoint, type Session } from '@jambonz/sdk/websocket';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createApi } from '../support/api.ts';
import { type ApplicationServer, startApplicationServer } from '../support/application-server.ts';
import { eventually } from '../support/eventually.ts';
import { hears, hearsNothingOf, hearsSomethingElse } from '../support/hearing.ts';
import { createWorld } from '../support/world.ts';

const world = createWorld();

let app: ApplicationServer;
let accountSid: string;
let webhookSecret: string;

beforeAll(async () => {
  const { exchange } = world;
  const api = createApi(exchange.url, `Bearer ${exchange.demoApiKey}`);
  accountSid = /account ([0-9a-f-]{36})/.exec(exchange.output())?.[1] ?? '';
  const path = `/v1/Accounts/${accountSid}/WebhookSecret`;
  webhookSecret = (await api.get<{ webhook_secret: string }>(path)).webhook_secret;
  app = await startApplicationServer();
});
afterAll(() => app?.stop());

const user = (name: string) => ({ type: 'user', name }) as const;

async function answers(phone: typeof world.phoneA): Promise<void> {
  await phone.next('CALL_INCOMING');
  await phone.answer();
  await phone.next('CALL_ESTABLISHED');
}

describe('an application and a program built with @jambonz/sdk', () => {
  let client: JambonzClient;
  beforeEach(() => {
    const { url, demoApiKey } = world.exchange;
    client = new JambonzClient({ baseUrl: url, accountSid, apiKey: demoApiKey });
  });

  test('let a caller choose by a key and talk to somebody, steer the call and end it', async () => {
    const { phoneA, phoneB } = world;
    app.on(
      '/sdk',
      new WebhookResponse()
        .gather({
          input: ['digits'],
          numDigits: 1,
          actionHook: '/sdk/chosen',
          say: { text: 'Press one to talk to somebody, please, and listen to this until you do.' },
        })
        .toJSON(),
    );
    app.on('/sdk/chosen', new WebhookResponse().dial({ target: [user('202')] }).toJSON());
    const sid = await client.calls.create({
      from: '+4930111',
      to: user('201'),
      call_hook: `${app.url}/sdk`,
      call_status_hook: `${app.url}/sdk/status`,
    });
    await answers(phoneA);
    await hearsSomethingElse(phoneA, 1000);
    await phoneA.press('1');
    const chosen = await app.asked('/sdk/chosen');
    expect(chosen.body).toMatchObject({ digits: '1', reason: 'dtmfDetected' });
    await new Promise<void>((resolve, reject) => {
      const verify = WebhookResponse.verifySignature(webhookSecret);
      const request = {
        headers: chosen.headers,
        body: chosen.body,
        rawBody: Buffer.from(chosen.text),
      };
      verify(request as never, {} as never, (error) => (error ? reject(error) : resolve()));
    });
    await answers(phoneB);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect(await client.calls.count()).toEqual({ inbound: 0, outbound: 2 });
    expect(await client.calls.get(sid)).toMatchObject({
      call_sid: sid,
      call_status: 'in-progress',
    });
    const running = await client.calls.list({ callStatus: 'in-progress' });
    expect(running.map((call) => call.call_sid)).toContain(sid);
    await client.calls.mute(sid, 'mute');
    await hearsNothingOf(phoneB, 440);
    await client.calls.mute(sid, 'unmute');
    await hears(phoneB, 440);
    await client.calls.whisper(sid, { verb: 'say', text: 'Only you hear this, nobody else does.' });
    await hearsSomethingElse(phoneA, 1000);
    await client.calls.delete(sid);
    await Promise.all([phoneA.next('CALL_CLOSED'), phoneB.next('CALL_CLOSED')]);
    expect(await client.conferences.list()).toEqual([]);
    expect(await client.queues.list()).toEqual([]);
  });

  test('answer over a websocket, hear of keys, and give commands while the call runs', async () => {
    const { phoneA } = world;
    const server: Server = createServer();
    const service = createEndpoint({ server })({ path: '/voice' });
    const heard: unknown[] = [];
    const begun = Promise.withResolvers<Session>();
    service.on('session:new', (session) => {
      session.on('/chosen', (event: unknown) => {
        heard.push(event);
        session.say({ text: 'Thank you for that, it is all we wanted to know.' }).hangup().reply();
      });
      session
        .gather({ input: ['digits'], numDigits: 2, timeout: 30, actionHook: '/chosen' })
        .send();
      begun.resolve(session);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const sid = await client.calls.create({
        from: '+4930111',
        to: user('201'),
        call_hook: `ws://127.0.0.1:${port}/voice`,
        tag: { order: 7 },
      });
      await answers(phoneA);
      const session = await begun.promise;
      expect(session).toMatchObject({ callSid: sid, accountSid, direction: 'outbound' });
      expect(session.data.customerData).toEqual({ order: 7 });
      session.injectWhisper({ verb: 'say', text: 'This comes in between, as it was told to.' });
      await hearsSomethingElse(phoneA, 1000);
      await phoneA.press('42');
      await eventually(() => heard.length > 0);
      expect(heard).toMatchObject([{ digits: '42', reason: 'dtmfDetected' }]);
      await hearsSomethingElse(phoneA, 1000);
      await phoneA.next('CALL_CLOSED');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('an application and a program built with @jambonz/node-client', () => {
  test('make an application, place a call with it, lead it elsewhere and end it', async () => {
    const { exchange, phoneA, phoneB } = world;
    const client = nodeClient(accountSid, exchange.demoApiKey, { baseUrl: exchange.url });
    const { WebhookResponse: Response } = nodeClient;
    app.on('/node', new Response().say({ text: 'One moment please.', loop: 'forever' }));
    app.on('/node/elsewhere', new Response().dial({ target: [user('202')] }));
    const applicationSid = await client.applications.create({
      name: 'made by the client',
      account_sid: accountSid,
      call_hook: { url: `${app.url}/node`, method: 'POST' },
      call_status_hook: { url: `${app.url}/node/status`, method: 'POST' },
    });
    expect(await client.applications.retrieve(applicationSid)).toMatchObject({
      application_sid: applicationSid,
      name: 'made by the client',
    });
    const sid = await client.calls.create({
      from: '+4930111',
      to: user('201'),
      application_sid: applicationSid,
    });
    await answers(phoneA);
    await hearsSomethingElse(phoneA, 1000);
    await client.calls.update(sid, { call_hook: { url: `${app.url}/node/elsewhere` } });
    await answers(phoneB);
    await Promise.all([hears(phoneA, 1000), hears(phoneB, 440)]);
    expect((await client.calls.retrieve(sid)).call_status).toBe('in-progress');
    await client.calls.update(sid, { call_status: 'completed' });
    await phoneA.next('CALL_CLOSED');
    await app.asked('/node/status', ({ body }) => body.call_status === 'completed');
    await client.applications.update(applicationSid, { name: 'renamed' });
    const all = await client.applications.list();
    expect(all.find((one) => one.application_sid === applicationSid)?.name).toBe('renamed');
    await client.applications.delete(applicationSid);
  });
});
