import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { type Api, createApi } from './api.ts';
import { type ApplicationServer, startApplicationServer } from './application-server.ts';
import { eventually } from './eventually.ts';
import { anotherPhone } from './rooms.ts';
import { type SoundServer, startSoundServer } from './sound-server.ts';
import { createWorld, endAllCalls, type World } from './world.ts';

/** An exchange with three phones (440, 1,000 and 1,600 Hz), an application, and a program that uses its API. */
export interface JambonzRooms {
  readonly world: World;
  readonly phoneC: Phone;
  readonly app: ApplicationServer;
  readonly api: Api;
  /** `/v1/Accounts/…` of the demo account. */
  readonly account: string;
  readonly accountSid: string;
  /** A verb that plays a tone for so many seconds. */
  tone(hz: number, seconds: number): object;
  /** Calls a phone, which answers; the application says these verbs. @returns the call's sid */
  call(phone: Phone, path: string, ...verbs: readonly object[]): Promise<string>;
  /** Live call control. */
  change(sid: string, body: object): Promise<{ readonly status: number; readonly text: string }>;
  /** What a hook was told in one field, in order. */
  told(path: string, field: string): readonly unknown[];
}

export function createJambonzRooms(): JambonzRooms {
  const world = createWorld();
  const parts: {
    -readonly [Key in 'phoneC' | 'app' | 'api' | 'accountSid' | 'sounds']?: {
      phoneC: Phone;
      app: ApplicationServer;
      api: Api;
      accountSid: string;
      sounds: SoundServer;
    }[Key];
  } = {};
  const the = <Key extends keyof typeof parts>(key: Key): NonNullable<(typeof parts)[Key]> => {
    const value = parts[key];
    if (value === undefined) throw new Error(`${key} was not started`);
    return value as NonNullable<(typeof parts)[Key]>;
  };
  beforeAll(async () => {
    const { exchange } = world;
    parts.app = await startApplicationServer();
    parts.sounds = await startSoundServer();
    parts.phoneC = await anotherPhone(exchange, '220', 1600);
    parts.api = createApi(exchange.url, `Bearer ${exchange.demoApiKey}`);
    const [account] = await parts.api.get<{ account_sid: string }[]>('/v1/Accounts');
    parts.accountSid = account?.account_sid ?? '';
  });
  afterEach(async () => {
    await endAllCalls(world.exchange);
    await parts.phoneC?.idle();
  });
  afterAll(async () => {
    await parts.app?.stop();
    await parts.sounds?.stop();
  });
  const rooms: JambonzRooms = {
    world,
    get phoneC() {
      return the('phoneC');
    },
    get app() {
      return the('app');
    },
    get api() {
      return the('api');
    },
    get accountSid() {
      return the('accountSid');
    },
    get account() {
      return `/v1/Accounts/${rooms.accountSid}`;
    },
    tone: (hz, seconds) => ({
      verb: 'play',
      url: `${the('sounds').url}/tone-${hz}-${seconds}.wav`,
    }),
    async call(phone, path, ...verbs) {
      rooms.app.on(path, verbs);
      const { sid } = await rooms.api.post<{ sid: string }>(`${rooms.account}/Calls`, {
        from: '+4930111',
        to: { type: 'user', name: phone.username },
        call_hook: `${rooms.app.url}${path}`,
        tag: { path },
      });
      await phone.next('CALL_INCOMING');
      await phone.answer();
      await phone.next('CALL_ESTABLISHED');
      await rooms.app.asked(path, ({ body }) => body.call_sid === sid);
      return sid;
    },
    change: (sid, body) => rooms.api.send('PUT', `${rooms.account}/Calls/${sid}`, { body }),
    told: (path, field) =>
      rooms.app.seen.filter((seen) => seen.path === path).map(({ body }) => body[field]),
  };
  return rooms;
}

/** Waits until a hook was told this of one field, in this order and nothing else. */
export const toldInOrder = (
  { told }: JambonzRooms,
  path: string,
  field: string,
  expected: readonly unknown[],
): Promise<unknown> =>
  eventually(() => JSON.stringify(told(path, field)) === JSON.stringify(expected), {
    because: () => `${path} was told ${JSON.stringify(told(path, field))}`,
  });
