import type { HistoryConnections, HistoryDirection } from '../../../core/calls/index.ts';
import type { LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { Recording } from '../../../core/recordings/index.ts';
import type { User } from '../../../core/users/index.ts';
import { invalidRequest } from '../../../http/request-errors.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { readExtension } from '../ids.ts';
import { reachableUser } from '../own-user.ts';
import { presentHistoryEntry } from '../present/history-entry.ts';
import { HistoryQuery, HistoryResponse, refusals, UserParameters } from '../schemas.ts';

const mayRead = { access: { kind: 'scope', anyOf: ['all', 'history:read'] } } as const;

const types = ['CALL', 'VOICEMAIL', 'SMS', 'FAX'];
const directions: Readonly<Record<string, HistoryDirection>> = {
  INCOMING: 'incoming',
  OUTGOING: 'outgoing',
  MISSED_INCOMING: 'missed_incoming',
  MISSED_OUTGOING: 'missed_outgoing',
};

const wrong = (name: string, rule: string) => invalidRequest('query', [`/${name} ${rule}`]);

/** Repeated keys and lists with commas alike. @see contracts/sipgate.json, tolerance T6 */
function words(
  name: string,
  sent: string | readonly string[] | undefined,
  known?: readonly string[],
): readonly string[] | undefined {
  if (sent === undefined) return undefined;
  const list = [sent]
    .flat()
    .flatMap((text) => text.split(','))
    .filter(Boolean);
  if (known && list.some((word) => !known.includes(word)))
    throw wrong(name, `must be some of ${known.join(', ')}`);
  return list.length > 0 ? list : undefined;
}

function instant(name: string, text: string | undefined): Date | undefined {
  if (!text) return undefined;
  const at = new Date(text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at.getTime()))
    throw wrong(name, 'must be an ISO 8601 date-time');
  return at;
}

/** What connection ids mean: `e0` a device, `p0` and `w0` a person, whose phone line is called so. */
function connectionsOf(
  ids: readonly string[] | undefined,
  devices: readonly LiveEndpoint[],
  people: readonly User[],
): HistoryConnections | undefined {
  const named = ids?.map((id) => readExtension(id, 'epw'));
  return (
    named && {
      endpointIds: devices
        .filter(({ endpoint: { serial } }) =>
          named.some((one) => one?.letter === 'e' && one.serial === serial),
        )
        .map(({ endpoint }) => endpoint.id),
      userIds: people
        .filter(({ serial }) => named.some((one) => one?.letter !== 'e' && one?.serial === serial))
        .map(({ id }) => id),
    }
  );
}

/** The log of calls. @see contracts/sipgate.json, section 1.14 */
export function historyRoutes(
  app: TypedApp,
  services: Services,
  recordingUrl: (recording: Recording) => string,
): void {
  const { users, endpoints, calls, recordings } = services;

  const read = async (actor: Actor, query: HistoryQuery, only: User | undefined) => {
    const wanted = words('types', query.types, types);
    const ways = words('directions', query.directions, Object.keys(directions));
    const starred = words('starred', query.starred, ['STARRED', 'UNSTARRED']);
    const ids = words('connectionIds', query.connectionIds);
    const [from, to] = [instant('from', query.from), instant('to', query.to)];
    const nothing = { items: [], totalCount: 0 };
    const isStarredOnly = starred !== undefined && !starred.includes('UNSTARRED');
    if ((wanted && !wanted.includes('CALL')) || query.archived || isStarredOnly) return nothing;
    const [people, devices] = await Promise.all([users.all(actor), endpoints.all(actor)]);
    const page = await calls.history.history(actor.accountId, {
      userId: only?.id,
      directions: ways?.flatMap((way) => directions[way] ?? []),
      connections: connectionsOf(ids, devices, people),
      from,
      to,
      number: query.phonenumber,
      offset: query.offset ?? 0,
      limit: query.limit ?? 10,
    });
    const found = await recordings.ofCalls(
      actor,
      page.entries.map(({ callId }) => callId),
    );
    const byCall = Map.groupBy(found, ({ callId }) => callId);
    return {
      items: page.entries.map((entry) => {
        const device = devices.find(({ endpoint }) => endpoint.id === entry.endpointId);
        const person = people.find(({ id }) => id === entry.userId);
        return presentHistoryEntry(entry, {
          deviceId: device && `e${device.endpoint.serial}`,
          userSerial: person?.serial,
          recordings: byCall.get(entry.callId) ?? [],
          recordingUrl,
        });
      }),
      totalCount: page.total,
    };
  };
  const response = { 200: HistoryResponse, ...refusals };
  app.get(
    '/v2/history',
    {
      config: mayRead,
      schema: {
        summary: 'Finished calls, newest first: the own ones, for administrators all',
        querystring: HistoryQuery,
        response,
      },
    },
    async ({ actor, query }) => {
      const own = actor.admin || !actor.userId ? undefined : await users.get(actor, actor.userId);
      return read(actor, query, own);
    },
  );
  app.get(
    '/v2/:userId/history',
    {
      config: mayRead,
      schema: {
        summary: 'Finished calls of a user, newest first',
        params: UserParameters,
        querystring: HistoryQuery,
        response,
      },
    },
    async ({ actor, params, query }) =>
      read(actor, query, await reachableUser(users, actor, params.userId)),
  );
}
