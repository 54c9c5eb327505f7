import { expect, test } from 'vitest';
import { openDatabase } from '../../test/support/database.ts';
import { storedAccount } from '../../test/support/stored.ts';
import { emptyEntry } from '../core/calls/index.ts';
import type { Conference } from '../core/conferences/index.ts';
import type { Queue } from '../core/queues/index.ts';
import {
  type AccountId,
  type ConferenceId,
  type LegId,
  newId,
  type QueueId,
} from '../kernel/ids.ts';

const database = await openDatabase();
const store = await database.store();
const { accounts, journal } = store;

const at = (seconds: number) => new Date(Date.parse('2026-03-17T17:05:00.000Z') + seconds * 1000);

const aConference = (accountId: AccountId, change: Partial<Conference> = {}): Conference => ({
  id: newId<ConferenceId>(),
  accountId,
  name: 'board',
  state: 'started',
  reserved: true,
  settings: { maxParticipants: 5 },
  watchers: [
    {
      dialect: 'jambonz',
      legId: undefined,
      words: { hook: '/x', at: 'noon', startedAt: 'whenever' },
    },
  ],
  notes: { hook: '/status', at: 'tomorrow', startedAt: 'whenever' },
  createdAt: at(0),
  startedAt: at(1),
  endsAt: at(9),
  endedAt: undefined,
  bridge: undefined,
  recording: undefined,
  participants: [
    {
      legId: newId<LegId>(),
      state: 'inside',
      moderator: true,
      endOnExit: false,
      endAfterSeconds: 0,
      memberTag: 'agent',
      coachTag: undefined,
      tellTalking: false,
      holds: false,
      cameAt: at(1),
      joinedAt: at(2),
    },
  ],
  ...change,
});

const aQueue = (accountId: AccountId, change: Partial<Queue> = {}): Queue => ({
  id: newId<QueueId>(),
  accountId,
  name: 'support',
  reserved: false,
  maxLength: undefined,
  notes: undefined,
  createdAt: at(0),
  endedAt: undefined,
  entries: [{ legId: newId<LegId>(), priority: 5, joinedAt: at(3), takenBy: undefined }],
  takers: [{ legId: newId<LegId>(), since: at(4) }],
  ...change,
});

const ownRooms = async (accountId: AccountId) => {
  const { conferences, queues } = await journal.loadRooms();
  return {
    conferences: conferences.filter((one) => one.accountId === accountId),
    queues: queues.filter((one) => one.accountId === accountId),
  };
};

test('conferences and queues come back as they were, with their instants and notes', async () => {
  const { account } = await storedAccount(store);
  const [conference, queue] = [aConference(account.id), aQueue(account.id)];
  await journal.write({ ...emptyEntry, conferences: [conference], queues: [queue] });
  expect(await ownRooms(account.id)).toEqual({ conferences: [conference], queues: [queue] });
  const changed = { ...conference, participants: [], startedAt: undefined };
  await journal.write({ ...emptyEntry, conferences: [changed] });
  expect((await ownRooms(account.id)).conferences).toEqual([changed]);
});

test('what is gone is forgotten, and its name is free, even in the same moment', async () => {
  const { account } = await storedAccount(store);
  const [first, queue] = [aConference(account.id), aQueue(account.id)];
  await journal.write({ ...emptyEntry, conferences: [first], queues: [queue] });
  const second = aConference(account.id, { createdAt: at(20) });
  await Promise.all([
    journal.write({ ...emptyEntry, conferences: [{ ...first, endedAt: at(10) }] }),
    journal.write({ ...emptyEntry, conferences: [second] }),
    journal.write({ ...emptyEntry, queues: [{ ...queue, endedAt: at(10) }] }),
  ]);
  expect(await ownRooms(account.id)).toEqual({ conferences: [second], queues: [] });
});

test('one that came and went in one moment leaves nothing', async () => {
  const { account } = await storedAccount(store);
  const conference = aConference(account.id);
  await Promise.all([
    journal.write({ ...emptyEntry, conferences: [conference] }),
    journal.write({ ...emptyEntry, conferences: [{ ...conference, endedAt: at(1) }] }),
  ]);
  expect(await ownRooms(account.id)).toEqual({ conferences: [], queues: [] });
});

test('they go with their account, and nothing is written for one that is gone', async () => {
  const { account } = await storedAccount(store);
  await journal.write({ ...emptyEntry, conferences: [aConference(account.id)] });
  await accounts.remove(account.id);
  await journal.write({ ...emptyEntry, queues: [aQueue(account.id)] });
  expect(await ownRooms(account.id)).toEqual({ conferences: [], queues: [] });
});
