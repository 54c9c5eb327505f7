import { Type } from 'typebox';
import type { Account } from '../../../core/accounts/index.ts';
import { type QueueView, takerUnusable } from '../../../core/queues/index.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { before, needs } from '../before.ts';
import { changeInvalid, changeMissing, changesMany } from '../call-errors.ts';
import { hookAsJson, readHook } from '../compile/hook-ref.ts';
import { presentQueue, presentQueuedCall, type ShownTo } from '../present/room.ts';
import { accountInPath } from '../reach.ts';
import { readQueue, valid } from '../read/room.ts';
import { entryInPath, queueInPath } from '../rooms-in-path.ts';
import { Nothing, refusals, SidParameters } from '../schemas/common.ts';
import {
  MadeRoom,
  NewQueueBody,
  QueueBody,
  QueueChangeBody,
  QueuedCallBody,
  QueuedCallChangeBody,
  QueueLength,
  Truth,
} from '../schemas/rooms.ts';
import { noApplication, sessionOf } from '../source/call-session.ts';
import { queueSid } from '../source/room-notes.ts';
import { accepted, sendAccepted } from './accepted.ts';
import { anybody } from './access.ts';
import type { RoomRoutePorts } from './conferences.ts';

const all = '/v1/Accounts/:account_sid/Queues';
const one = `${all}/:queue`;
const everyone = `${one}/Calls`;
const somebody = `${everyone}/:call_sid`;

/** A name that fits a glob: `*` any characters, `?` one. */
function fits(glob: string, name: string): boolean {
  const pattern = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${pattern}$`, 'su').test(name);
}

/** What is listed: made ahead, or somebody waits. */
const isListed = ({ queue, entries }: QueueView): boolean => queue.reserved || entries.length > 0;

/** Queues, in use and made ahead. @see contracts/jambonz.json, section 1.5 */
export function queueRoutes(app: TypedApp, ports: RoomRoutePorts): void {
  const { queues, box } = ports;
  const shownTo = ({ sid }: Account): ShownTo => ({
    accountSid: sid,
    now: ports.clock.now(),
    open: box.open,
  });
  app.get(
    all,
    {
      config: anybody,
      schema: {
        summary: 'Lists the queues that are in use or were made ahead, with their length',
        params: SidParameters('account_sid'),
        querystring: Type.Object({ search: Type.Optional(Type.String({ maxLength: 128 })) }),
        response: { 200: Type.Array(QueueLength), ...refusals },
      },
    },
    async (request) => {
      const { actor } = await accountInPath(ports, request);
      const { search } = request.query;
      return queues
        .list(actor)
        .filter(isListed)
        .map(({ queue, entries }) => ({ name: queue.name, length: entries.length }))
        .filter(({ name }) => search === undefined || fits(search, name));
    },
  );
  app.post(
    all,
    {
      config: anybody,
      ...before(needs('name'), valid(NewQueueBody)),
      schema: {
        summary: 'Makes a queue ahead; it stays until it is deleted',
        params: SidParameters('account_sid'),
        body: NewQueueBody,
        response: { 201: MadeRoom, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, account } = await accountInPath(ports, request);
      const { name, ...settings } = request.body;
      const { maxLength, notes } = readQueue(settings, undefined, box.seal);
      await queues.create(actor, { name, maxLength: maxLength ?? undefined, notes });
      return reply.code(201).send({ sid: queueSid(account.sid, name) });
    },
  );
  app.get(
    one,
    {
      config: anybody,
      schema: {
        summary: 'One queue',
        params: SidParameters('account_sid', 'queue'),
        response: { 200: QueueBody, ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await queueInPath(ports, request);
      return presentQueue(view, shownTo(account));
    },
  );
  app.put(
    one,
    {
      config: anybody,
      ...before(valid(QueueChangeBody)),
      schema: {
        summary: 'Changes the fields of a queue that are sent',
        params: SidParameters('account_sid', 'queue'),
        body: QueueChangeBody,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await queueInPath(ports, request);
      await queues.change(actor, view.queue.id, readQueue(request.body, view, box.seal));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    one,
    {
      config: anybody,
      schema: {
        summary: 'Removes a queue in which nobody waits, or takes them out first',
        params: SidParameters('account_sid', 'queue'),
        querystring: Type.Object({ force: Truth }),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await queueInPath(ports, request);
      await queues.remove(actor, view.queue.id, request.query);
      return reply.code(204).send(null);
    },
  );
  queuedCallRoutes(app, ports, shownTo);
}

/** Who waits in a queue. */
function queuedCallRoutes(
  app: TypedApp,
  ports: RoomRoutePorts,
  shownTo: (account: Account) => ShownTo,
): void {
  const { queues, legs, applications, box } = ports;

  const act = async (
    actor: Actor,
    view: QueueView,
    { leg }: QueueView['entries'][number],
    { priority, move_to: name, bridge_to: sid, call_hook: hook }: QueuedCallChangeBody,
  ): Promise<void> => {
    const { id } = view.queue;
    if (priority !== undefined) return queues.move(actor, id, leg.id, { priority });
    if (name !== undefined) return queues.move(actor, id, leg.id, { queueName: name });
    if (sid !== undefined) {
      const taker = legs.running(actor).find((other) => other.sid === sid.toLowerCase());
      if (!taker) throw takerUnusable(sid);
      return queues.connect(actor, id, leg.id, taker.id);
    }
    const known = await legs.get(actor, leg.sid);
    const session = await sessionOf(known, applications, box.open);
    const read = readHook(hook, session.callHook?.url ?? 'http://localhost/', box.seal);
    if (!read) throw changeInvalid('call_hook');
    const source =
      known.source?.dialect === 'jambonz'
        ? known.source
        : ({ dialect: 'jambonz', reference: noApplication } as const);
    const question = { ask: 'action', verb: 'redirect', hook: hookAsJson(read) } as const;
    await queues.divert(actor, id, leg.id, source, [{ do: 'ask', question }]);
  };

  app.get(
    everyone,
    {
      config: anybody,
      schema: {
        summary: 'Lists who waits in a queue, in the order in which they are served',
        params: SidParameters('account_sid', 'queue'),
        response: { 200: Type.Array(QueuedCallBody), ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await queueInPath(ports, request);
      const { name } = view.queue;
      return view.entries.map((entry) => presentQueuedCall(entry, name, shownTo(account)));
    },
  );
  app.get(
    somebody,
    {
      config: anybody,
      schema: {
        summary: 'One queued call',
        params: SidParameters('account_sid', 'queue', 'call_sid'),
        response: { 200: QueuedCallBody, ...refusals },
      },
    },
    async (request) => {
      const { view, account } = await queueInPath(ports, request);
      return presentQueuedCall(entryInPath(view, request), view.queue.name, shownTo(account));
    },
  );
  app.put(
    somebody,
    {
      config: anybody,
      ...before(valid(QueuedCallChangeBody)),
      schema: {
        summary: 'Gives a queued call another place or queue, connects it, or runs something else',
        params: SidParameters('account_sid', 'queue', 'call_sid'),
        body: QueuedCallChangeBody,
        response: { 202: accepted, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await queueInPath(ports, request);
      const entry = entryInPath(view, request);
      const sent = Object.values(request.body).filter((value) => value !== undefined);
      if (sent.length === 0) throw changeMissing();
      if (sent.length > 1) throw changesMany();
      await act(actor, view, entry, request.body);
      return sendAccepted(reply);
    },
  );
  app.delete(
    somebody,
    {
      config: anybody,
      schema: {
        summary: 'Takes a call out of a queue: on with its verbs, or hung up',
        params: SidParameters('account_sid', 'queue', 'call_sid'),
        querystring: Type.Object({ hangup: Truth }),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, view } = await queueInPath(ports, request);
      const { leg } = entryInPath(view, request);
      const hangUp = request.query.hangup;
      await queues.takeOut(actor, view.queue.id, leg.id, { hangUp });
      return reply.code(204).send(null);
    },
  );
}
