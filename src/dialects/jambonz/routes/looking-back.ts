import type { FastifyRequest } from 'fastify';
import type { AlertKind } from '../../../core/alerts/index.ts';
import { recordingNotFound } from '../../../core/recordings/index.ts';
import { sendRecording, soundAnswers } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import type { Reach } from '../../../kernel/actor.ts';
import { type Sid, toId } from '../../../kernel/ids.ts';
import { presentDate } from '../present/dates.ts';
import { presentRecentCall } from '../present/recent-call.ts';
import { accountInPath, type InAccount, pathSid, providerInPath } from '../reach.ts';
import { readPage, readSpan } from '../read/looking-back.ts';
import { badSid } from '../request-errors.ts';
import { Nothing, refusals, SidParameters } from '../schemas/common.ts';
import {
  AlertPage,
  AlertQuery,
  RecentCallPage,
  RecentCallQuery,
  RecordingParameters,
} from '../schemas/looking-back.ts';
import { anybody, only } from './access.ts';

const contentTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const;

/** An account or service provider of a path, as a part of what the caller reaches. */
interface Place {
  readonly under: string;
  readonly parameter: 'account_sid' | 'service_provider_sid';
  readonly config: typeof anybody | ReturnType<typeof only>;
  readonly find: (request: FastifyRequest) => Promise<InAccount>;
  readonly within: (found: InAccount) => Reach;
}

/** Calls that are over, their recordings, and alerts. @see contracts/jambonz.json, sections 1.12 and 1.13 */
export function lookingBackRoutes(app: TypedApp, services: Services): void {
  const { alerts, records, recordings, legs, clock } = services;
  const places: readonly Place[] = [
    {
      under: '/v1/Accounts/:account_sid',
      parameter: 'account_sid',
      config: anybody,
      find: (request) => accountInPath(services, request),
      within: ({ account }) => ({ kind: 'account', accountId: account.id }),
    },
    {
      under: '/v1/ServiceProviders/:service_provider_sid',
      parameter: 'service_provider_sid',
      config: only('A', 'S'),
      find: (request) => providerInPath(services, request),
      within: ({ account }) => ({ kind: 'operator', operatorId: account.id }),
    },
  ];
  for (const { under, parameter, config, find, within } of places) {
    app.get(
      `${under}/RecentCalls`,
      {
        config,
        schema: {
          summary: 'Lists ended calls, newest first',
          params: SidParameters(parameter),
          querystring: RecentCallQuery,
          response: { 200: RecentCallPage, ...refusals },
        },
      },
      async (request) => {
        const found = await find(request);
        const { query } = request;
        const { page, ...part } = readPage(query);
        const sid = query.call_sid === undefined ? undefined : toId<Sid>(query.call_sid);
        if (query.call_sid !== undefined && !sid) throw badSid();
        const wanted = {
          ...part,
          ...readSpan(query, clock.now()),
          direction: query.direction,
          answered: query.answered,
          trunk: query.trunk,
          text: query.filter,
          sid,
        };
        const { total, records: own } = await records.list(request.actor, wanted, within(found));
        return { total, page, data: own.map(presentRecentCall) };
      },
    );
    app.get(
      `${under}/Alerts`,
      {
        config,
        schema: {
          summary: 'Lists what somebody should look at, newest first',
          params: SidParameters(parameter),
          querystring: AlertQuery,
          response: { 200: AlertPage, ...refusals },
        },
      },
      async (request) => {
        const found = await find(request);
        const { query } = request;
        const { page, ...part } = readPage(query);
        const wanted = {
          ...part,
          ...readSpan(query, clock.now()),
          kind: query.alert_type as AlertKind | undefined,
        };
        const { total, alerts: own } = await alerts.list(request.actor, wanted, within(found));
        return {
          total,
          page,
          data: own.map(({ at, accountSid, kind, message, detail, target }) => ({
            time: presentDate(at),
            account_sid: accountSid,
            alert_type: kind,
            message,
            ...(detail && { detail }),
            ...(target && { target_sid: target }),
          })),
        };
      },
    );
  }

  /** The last recording of the call in the path, and how it is wanted. */
  const recordingInPath = async (request: FastifyRequest<{ Params: { format: string } }>) => {
    const { actor } = await accountInPath(services, request);
    const sid = pathSid(request, 'call_sid');
    const format = request.params.format as keyof typeof contentTypes;
    const leg = await legs.get(actor, sid);
    const own = (await recordings.ofCalls(actor, [leg.callId])).filter(
      ({ legId }) => legId === leg.id,
    );
    const last = own.at(-1);
    if (!last || !contentTypes[format]) throw recordingNotFound(sid);
    return { actor, id: last.id, format };
  };
  const path = '/v1/Accounts/:account_sid/RecentCalls/:call_sid/record/:year/:month/:day/:format';
  app.get(
    path,
    {
      config: anybody,
      schema: {
        summary: 'The sound of a call',
        params: RecordingParameters,
        response: { ...soundAnswers('audio/mpeg', 'audio/wav'), ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, id, format } = await recordingInPath(request);
      return sendRecording(recordings, actor, id, request, reply, contentTypes[format], format);
    },
  );
  app.delete(
    path,
    {
      config: anybody,
      schema: {
        summary: 'Removes the recording of a call',
        params: RecordingParameters,
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, id } = await recordingInPath(request);
      await recordings.remove(actor, id);
      return reply.code(204).send(null);
    },
  );
}
