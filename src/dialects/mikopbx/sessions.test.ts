import type { FastifyRequest } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../../../test/support/fake-clock.ts';
import { actorOf, createGiven } from '../../../test/support/given.ts';
import {
  createMemoryDirectory,
  createMemoryRegistrations,
} from '../../../test/support/memory-stores.ts';
import type { Authentication, Session, SessionStore } from '../../core/accounts/index.ts';
import { createSessions, rememberCookie, type Sessions, sessionCookie } from './sessions.ts';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

let clock: FakeClock;
let stored: Map<string, Session>;
let extended: number;
let sessions: Sessions;
const account = createGiven(
  createMemoryDirectory(),
  createMemoryRegistrations(),
  createFakeClock(),
).account();
const actor = actorOf(account, { dialect: 'mikopbx' });

/** A store as the database is one: what has expired is not found. */
const memoryStore = (): SessionStore => ({
  create: async (session) => void stored.set(session.idHash, session),
  find: async (idHash) => {
    const found = stored.get(idHash);
    return found && found.expiresAt > clock.now() ? found : undefined;
  },
  async extend(idHash, expiresAt) {
    extended += 1;
    const found = stored.get(idHash);
    if (found) stored.set(idHash, { ...found, expiresAt });
  },
  remove: async (idHash) => void stored.delete(idHash),
});

const sessionsWith = (key: string) =>
  createSessions({
    store: memoryStore(),
    authentication: {} as Authentication,
    trustLocal: false,
    key,
    clock,
  });

beforeEach(() => {
  clock = createFakeClock();
  stored = new Map();
  extended = 0;
  sessions = sessionsWith('a key');
});

const asks = (cookies: Record<string, string>, through = sessions) =>
  through.authenticate({ cookies } as unknown as FastifyRequest);
const refused = { code: 'credential.refused' };

describe('a session', () => {
  test('lasts an hour after its last use', async () => {
    const token = await sessions.begin(actor);
    const use = () => asks({ [sessionCookie]: token });
    for (let turn = 0; turn < 30; turn += 1) {
      clock.advance({ seconds: hour - 1 });
      expect(await use()).toMatchObject({ accountId: account.id });
    }
    clock.advance({ seconds: hour + 2 * minute });
    await expect(use()).rejects.toMatchObject(refused);
  });

  test('is not written down with each of many uses, and lasts as long all the same', async () => {
    const token = await sessions.begin(actor);
    const use = () => asks({ [sessionCookie]: token });
    for (let second = 0; second < 10 * minute; second += 1) {
      await use();
      clock.advance({ seconds: 1 });
    }
    expect(extended).toBeLessThanOrEqual(11);
    clock.advance({ seconds: hour - 1 });
    expect(await use()).toMatchObject({ accountId: account.id });
  });

  test('that was never used ends after an hour', async () => {
    const token = await sessions.begin(actor);
    clock.advance({ seconds: hour + 2 * minute });
    await expect(asks({ [sessionCookie]: token })).rejects.toMatchObject(refused);
  });

  test('is over at once when it is ended', async () => {
    const token = await sessions.begin(actor);
    await asks({ [sessionCookie]: token });
    await sessions.end(token);
    await expect(asks({ [sessionCookie]: token })).rejects.toMatchObject(refused);
  });

  test('is over at once when its row is gone, as with the login it was begun with', async () => {
    const token = await sessions.begin(actor);
    await asks({ [sessionCookie]: token });
    stored.clear();
    await expect(asks({ [sessionCookie]: token })).rejects.toMatchObject(refused);
  });

  test('is over when the exchange starts with another password of its operator', async () => {
    const token = await sessions.begin(actor);
    const later = sessionsWith('another key');
    await expect(asks({ [sessionCookie]: token }, later)).rejects.toMatchObject(refused);
  });
});

describe('a remembered sign-in', () => {
  test('lasts thirty days from the beginning, however often it is used', async () => {
    const token = await sessions.begin(actor, 30 * day);
    const use = () => asks({ [rememberCookie]: token });
    for (let turn = 0; turn < 29; turn += 1) {
      clock.advance({ seconds: day });
      expect(await use()).toMatchObject({ accountId: account.id });
    }
    clock.advance({ seconds: day + 1 });
    await expect(use()).rejects.toMatchObject(refused);
  });
});
