import type { Actor } from '../../../kernel/actor.ts';
import { type LegId, newId, type QueueId } from '../../../kernel/ids.ts';
import { isUp, secondsBetween } from '../../calls/index.ts';
import { offer, putQueue, queueFor, tellQueued, tellUnqueued } from '../../interpreter/index.ts';
import {
  type EntryMove,
  entryIsTaken,
  entryNotFound,
  entryOf,
  isFull,
  type NewQueue,
  type Queue,
  type QueueEntry,
  type Queues,
  type QueueView,
  queueFull,
  queueInUse,
  queueInvalid,
  queueNotFound,
  queueTaken,
  takerUnusable,
  withEntry,
  withEntryInFront,
  withoutEntry,
} from '../../queues/index.ts';
import type { Exchange } from '../ports.ts';
import { namePattern, roomPortsOf } from './room-ports.ts';

const longest = 10_000;

function checkName(name: string): void {
  if (!namePattern.test(name))
    throw queueInvalid('name', 'has 1 to 128 characters, no colon or slash');
}

function checkLength(most: number | null | undefined): void {
  if (most === undefined || most === null) return;
  if (!(Number.isInteger(most) && most >= 1 && most <= longest))
    throw queueInvalid('maxLength', `is 1 to ${longest}`);
}

const viewOf = ({ live, clock }: Exchange, queue: Queue): QueueView => ({
  queue,
  entries: queue.entries.flatMap((entry, position) => {
    const leg = live.leg(entry.legId);
    const waitedSeconds = secondsBetween(entry.joinedAt, clock.now());
    return leg ? [{ entry, leg, position, waitedSeconds }] : [];
  }),
});

/** @throws {DomainError} `queue.not_found`, also for those of others */
function own({ live }: Exchange, actor: Actor, id: QueueId): Queue {
  const queue = live.queues.get(id);
  if (!queue || !actor.admin || queue.accountId !== actor.accountId) throw queueNotFound(id);
  return queue;
}

/** An entry that nobody is about to take. @throws {DomainError} `queue.entry_not_found`, `queue.entry_taken` */
function freeEntry(queue: Queue, legId: LegId): QueueEntry {
  const entry = entryOf(queue, legId);
  if (!entry) throw entryNotFound(legId);
  if (entry.takenBy !== undefined) throw entryIsTaken(legId);
  return entry;
}

const told = (
  { live, clock }: Exchange,
  { accountId, id }: Queue,
  type: 'object.created' | 'object.changed' | 'object.removed',
): void => live.tell({ type, accountId, kind: 'queue', id, at: clock.now() });

async function create(
  exchange: Exchange,
  actor: Actor,
  { name, maxLength, notes }: NewQueue,
): Promise<QueueView> {
  const { live, clock } = exchange;
  checkName(name);
  checkLength(maxLength);
  if (live.queues.named(actor.accountId, name)) throw queueTaken(name);
  const queue: Queue = {
    id: newId<QueueId>(),
    accountId: actor.accountId,
    name,
    reserved: true,
    maxLength,
    notes,
    createdAt: clock.now(),
    endedAt: undefined,
    entries: [],
    takers: [],
  };
  live.queues.put(queue);
  told(exchange, queue, 'object.created');
  await live.durable();
  return viewOf(exchange, queue);
}

async function remove(
  exchange: Exchange,
  actor: Actor,
  id: QueueId,
  force: boolean,
): Promise<void> {
  const { live, interpreter, clock } = exchange;
  const queue = own(exchange, actor, id);
  if (queue.entries.length > 0 && !force) throw queueInUse(queue.name, queue.entries.length);
  live.queues.put({ ...queue, reserved: false });
  for (const { legId } of [...queue.takers, ...queue.entries])
    interpreter.input(legId, { type: 'queue', change: 'removed' });
  const left = live.queues.get(id);
  if (left) live.queues.put({ ...left, endedAt: clock.now() });
  if (queue.reserved) told(exchange, queue, 'object.removed');
  await live.durable();
}

/** Into another queue, with the time that it has waited. */
function moveInto(exchange: Exchange, from: Queue, to: Queue, entry: QueueEntry): void {
  const ports = roomPortsOf(exchange);
  const leg = exchange.live.leg(entry.legId);
  if (!leg || from.id === to.id) return;
  if (isFull(to)) throw queueFull(to.name);
  const [left, joined] = [withoutEntry(from, entry.legId), withEntry(to, entry)];
  putQueue(ports, left);
  tellUnqueued(ports, left, leg, entry, { reason: 'moved' });
  putQueue(ports, joined);
  tellQueued(ports, joined, leg, entry);
  offer(ports, to.id);
}

/** A queue by its name, made if there is none. */
function named(exchange: Exchange, { legId }: QueueEntry, name: string): Queue {
  checkName(name);
  const leg = exchange.live.leg(legId);
  if (!leg) throw entryNotFound(legId);
  return queueFor(roomPortsOf(exchange), leg, name);
}

async function move(
  exchange: Exchange,
  actor: Actor,
  id: QueueId,
  legId: LegId,
  how: EntryMove,
): Promise<void> {
  const queue = own(exchange, actor, id);
  const entry = freeEntry(queue, legId);
  if ('queueId' in how) moveInto(exchange, queue, own(exchange, actor, how.queueId), entry);
  else if ('queueName' in how)
    moveInto(exchange, queue, named(exchange, entry, how.queueName), entry);
  else if ('toFront' in how) exchange.live.queues.put(withEntryInFront(queue, legId));
  else {
    if (!Number.isInteger(how.priority) || how.priority < 0)
      throw queueInvalid('priority', 'is a whole number from 0');
    exchange.live.queues.put(withEntry(queue, { ...entry, priority: how.priority }));
  }
  await exchange.live.durable();
}

async function connect(
  exchange: Exchange,
  actor: Actor,
  id: QueueId,
  legId: LegId,
  takerLegId: LegId,
): Promise<void> {
  const { live, interpreter } = exchange;
  const queue = own(exchange, actor, id);
  freeEntry(queue, legId);
  const taker = live.leg(takerLegId);
  const program = taker?.program;
  const isUsable = taker && program && isUp(taker) && taker.accountId === actor.accountId;
  if (!isUsable || takerLegId === legId) throw takerUnusable(takerLegId);
  interpreter.run(taker.id, program.source, [
    { do: 'dequeue', name: queue.name, legId },
    ...program.instructions.slice(program.position + 1),
  ]);
  await live.durable();
}

/** The queues of the exchange, for the dialects. */
export function createQueues(exchange: Exchange): Queues {
  const { live, interpreter, engine } = exchange;
  const visible = (actor: Actor, queue: Queue | undefined) =>
    queue && actor.admin && queue.accountId === actor.accountId
      ? viewOf(exchange, queue)
      : undefined;
  return {
    list: (actor) =>
      live.queues.of(actor.accountId).flatMap((queue) => visible(actor, queue) ?? []),
    get: (actor, id) => viewOf(exchange, own(exchange, actor, id)),
    named: (actor, name) => visible(actor, live.queues.named(actor.accountId, name)),
    create: (actor, wanted) => create(exchange, actor, wanted),
    async change(actor, id, { maxLength, notes }) {
      const before = own(exchange, actor, id);
      checkLength(maxLength);
      const queue: Queue = {
        ...before,
        maxLength: maxLength === undefined ? before.maxLength : (maxLength ?? undefined),
        notes: notes ?? before.notes,
      };
      live.queues.put(queue);
      told(exchange, queue, 'object.changed');
      await live.durable();
      return viewOf(exchange, queue);
    },
    remove: (actor, id, options) => remove(exchange, actor, id, options?.force ?? false),
    move: (actor, id, legId, how) => move(exchange, actor, id, legId, how),
    connect: (actor, id, legId, takerLegId) => connect(exchange, actor, id, legId, takerLegId),
    async divert(actor, id, legId, source, instructions) {
      freeEntry(own(exchange, actor, id), legId);
      interpreter.run(legId, source, instructions);
      await live.durable();
    },
    async takeOut(actor, id, legId, options) {
      freeEntry(own(exchange, actor, id), legId);
      const leg = live.leg(legId);
      if (options?.hangUp && leg)
        await interpreter.mailboxes.of(legId).post(() => engine.hangUp(leg.engineId, 'normal'));
      else interpreter.input(legId, { type: 'queue', change: 'removed' });
      await live.durable();
    },
  };
}
