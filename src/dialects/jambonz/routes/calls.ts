import type { LegView } from '../../../core/calls/index.ts';
import { endpointUnregistered, legNotFound } from '../../../core/calls/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type Sid, toId } from '../../../kernel/ids.ts';
import type { Json } from '../../../kernel/json.ts';
import { applicationUnknown } from '../call-errors.ts';
import { changeCall } from '../change-call.ts';
import { readHeaders } from '../compile/targets.ts';
import { accountInPath, type InAccount, pathSid } from '../reach.ts';
import { readAmd, readNewCall } from '../read-new-call.ts';
import {
  CallBody,
  CallChange,
  CallCount,
  CallQuery,
  MadeCall,
  NewCallBody,
} from '../schemas/calls.ts';
import { Nothing, refusals, SidParameters } from '../schemas/common.ts';
import { callInfo } from '../source/call-info.ts';
import { type FindApplication, noApplication, sessionOf } from '../source/call-session.ts';
import { startOfCall } from '../source/create-source.ts';
import { asTag, tagOf } from '../source/leg-tag.ts';
import { accepted, sendAccepted } from './accepted.ts';
import { anybody } from './access.ts';

/** Milliseconds for which an ended call stays in the list. */
const staysMs = 3_600_000;

export interface CallRoutePorts
  extends Pick<Services, 'accounts' | 'legs' | 'conferences' | 'clock'> {
  readonly applications: FindApplication;
  readonly box: { seal(secret: string): string; open(sealed: string): string };
}

/** Calls, which are legs here. @see contracts/jambonz.json, section 1.2 */
export function callRoutes(app: TypedApp, ports: CallRoutePorts): void {
  const { legs, conferences, clock, applications, box } = ports;

  /** Running and lately ended legs that programs of applications made or run on, and all others. */
  const listed = async ({ actor }: InAccount): Promise<readonly LegView[]> => {
    const since = new Date(clock.now().getTime() - staysMs);
    const all = [...legs.running(actor), ...(await legs.ended(actor, since))];
    return all.filter((leg) => !tagOf(leg).isRemoved);
  };
  const present = ({ account }: InAccount, leg: LegView, all: readonly LegView[]) => {
    const { customerData: _kept, ...call } = callInfo(leg, {
      accountSid: account.sid,
      applicationSid: leg.source?.dialect === 'jambonz' ? toId(leg.source.reference) : undefined,
      parent: all.find(({ id }) => id === leg.parentLegId),
    });
    return call as never;
  };
  const found = async (request: Parameters<typeof accountInPath>[1]) => {
    const within = await accountInPath(ports, request);
    const sid = pathSid(request, 'call_sid');
    const leg = await legs.get(within.actor, sid);
    if (tagOf(leg).isRemoved) throw legNotFound(sid);
    return { within, leg };
  };

  app.post(
    '/v1/Accounts/:account_sid/Calls',
    {
      config: anybody,
      schema: {
        summary: 'Starts a call; what it does is asked when it is answered',
        params: SidParameters('account_sid'),
        body: NewCallBody,
        response: { 201: MadeCall, ...refusals },
      },
    },
    async (request, reply) => {
      const { actor, account } = await accountInPath(ports, request);
      const { body } = request;
      const wanted = readNewCall(body, account.sipDomain.toLowerCase(), box.seal);
      const sid = toId<Sid>(String(body.application_sid ?? ''));
      const application = sid && (await applications.find(account.id, sid));
      if (body.application_sid && !application) throw applicationUnknown(body.application_sid);
      if (!wanted.target) throw endpointUnregistered('to');
      const headers = readHeaders(body.headers);
      const base = wanted.callHook?.url ?? application?.callHook?.url ?? 'http://localhost/';
      const detect = readAmd(body.amd, base, box.seal);
      const leg = await legs.place(actor, {
        target: wanted.target,
        ringTimeoutSeconds: body.timeout ?? 60,
        ...(body.timeLimit && { mostSeconds: body.timeLimit }),
        caller: { number: wanted.from, ...(body.callerName && { name: body.callerName }) },
        ...(headers && { headers }),
        source: { dialect: 'jambonz', reference: application?.sid ?? noApplication },
        instructions: detect ? [{ do: 'detect-answer', detect }, ...startOfCall] : startOfCall,
        tag: asTag({
          from: wanted.from,
          ...(body.tag && { customerData: body.tag as Json }),
          ...(wanted.callHook && { callHook: wanted.callHook }),
          ...(wanted.statusHook && { statusHook: wanted.statusHook }),
          ...(body.app_json && !application && { steps: body.app_json }),
          ...(body.speech_synthesis_language &&
            !application && { language: body.speech_synthesis_language }),
        }),
      });
      return reply.code(201).send({ sid: leg.sid, callId: leg.id });
    },
  );
  app.get(
    '/v1/Accounts/:account_sid/Calls',
    {
      config: anybody,
      schema: {
        summary: 'Lists the calls of an account, those of the last hour included',
        params: SidParameters('account_sid'),
        querystring: CallQuery,
        response: { 200: { type: 'array', items: CallBody } as never, ...refusals },
      },
    },
    async (request) => {
      const within = await accountInPath(ports, request);
      const all = await listed(within);
      const { direction, from, to, callStatus } = request.query;
      const bare = (number: string) => number.replace(/^\+/, '');
      return all
        .map((leg) => present(within, leg, all) as Record<string, string>)
        .filter((call) => direction === undefined || call.direction === direction)
        .filter((call) => callStatus === undefined || call.call_status === callStatus)
        .filter((call) => from === undefined || bare(call.from ?? '') === bare(from))
        .filter((call) => to === undefined || bare(call.to ?? '') === bare(to)) as never;
    },
  );
  app.get(
    '/v1/Accounts/:account_sid/CallCount',
    {
      config: anybody,
      schema: {
        summary: 'Counts the running calls of an account',
        params: SidParameters('account_sid'),
        response: { 200: CallCount, ...refusals },
      },
    },
    async (request) => {
      const { actor } = await accountInPath(ports, request);
      const running = legs.running(actor);
      const inbound = running.filter(({ direction }) => direction === 'inbound').length;
      return { inbound, outbound: running.length - inbound };
    },
  );
  app.get(
    '/v1/Accounts/:account_sid/Calls/:call_sid',
    {
      config: anybody,
      schema: {
        summary: 'Reads one call',
        params: SidParameters('account_sid', 'call_sid'),
        response: { 200: CallBody, ...refusals },
      },
    },
    async (request) => {
      const { within, leg } = await found(request);
      return present(within, leg, legs.running(within.actor));
    },
  );
  const change = async (request: Parameters<typeof found>[0] & { readonly body: unknown }) => {
    const { within, leg } = await found(request);
    const { actor } = within;
    const session = await sessionOf(leg, applications, box.open);
    await changeCall(request.body as Record<string, unknown>, {
      legs,
      conferences,
      actor,
      leg,
      children: legs.running(actor).filter(({ parentLegId }) => parentLegId === leg.id),
      base: session.callHook?.url ?? 'http://localhost/',
      source:
        leg.source?.dialect === 'jambonz'
          ? leg.source
          : { dialect: 'jambonz', reference: noApplication },
      seal: box.seal,
    });
  };
  for (const method of ['PUT', 'POST'] as const) {
    app.route({
      method,
      url: '/v1/Accounts/:account_sid/Calls/:call_sid',
      config: anybody,
      schema: {
        summary: 'Changes a live call: one option of live call control',
        params: SidParameters('account_sid', 'call_sid'),
        body: CallChange,
        response: {
          202: accepted,
          ...refusals,
        },
      },
      handler: async (request, reply) => {
        await change(request);
        return sendAccepted(reply);
      },
    });
  }
  app.delete(
    '/v1/Accounts/:account_sid/Calls/:call_sid',
    {
      config: anybody,
      schema: {
        summary: 'Hangs up a call, in whatever state it is; it is not listed any more',
        params: SidParameters('account_sid', 'call_sid'),
        response: { 204: Nothing, ...refusals },
      },
    },
    async (request, reply) => {
      const { within, leg } = await found(request);
      const { actor } = within;
      const removed = asTag({ isRemoved: true });
      if (leg.state === 'hangup') await legs.tagEnded(actor, leg.sid, removed);
      else {
        await legs.tag(actor, leg.sid, removed);
        await legs.hangUp(actor, leg.sid);
      }
      return reply.code(204).send(null);
    },
  );
}
