import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TSchema } from 'typebox';
import type { Services } from '../../../http/services.ts';
import { type Answer, envelope, timestampIn } from '../envelope.ts';
import { presentActiveCall, presentActiveChannels } from '../present/active-call.ts';
import { peerOf, presentPeer, presentPeerStatuses } from '../present/peer.ts';
import { presentRegistry } from '../present/registry.ts';
import { ActiveCalls, ActiveChannels, PeerAnswer, PeerStatuses, Registry } from '../schemas.ts';

/** What an action may look at. */
export interface ActionInput {
  readonly request: FastifyRequest;
  readonly services: Services;
  readonly timeZone: string;
}

interface Action {
  /** What it tells, for the documentation. */
  readonly summary: string;
  /** As the original names it. */
  readonly processor: string;
  /** What `data` of its answer is. */
  readonly data: TSchema;
  /** Whether it takes the number of a phone. */
  readonly asksForPeer?: true;
  run(input: ActionInput): Promise<unknown>;
}

/** Done, but not as asked: what is said about it. */
class Unsuccessful {
  readonly messages: unknown;

  constructor(messages: unknown) {
    this.messages = messages;
  }
}

const processor = (name: string) => `MikoPBX\\PBXCoreREST\\Lib\\${name}`;

/** The phone that is asked about: in JSON whatever the header says, in a form, or in the query. */
export function readPeer({ body, query }: FastifyRequest): string {
  const asked = (source: unknown): string => {
    const peer = (source as { readonly peer?: unknown } | undefined)?.peer;
    return typeof peer === 'string' || typeof peer === 'number' ? String(peer).slice(0, 64) : '';
  };
  return asked(body) || asked(query);
}

/** Actions with the same beginning. Unknown ones are answered too, and methods that are not here are not. */
interface Group {
  readonly callback: string;
  readonly methods: readonly ('GET' | 'POST')[];
  readonly actions: Readonly<Record<string, Action>>;
}

const sip: Group = {
  callback: 'sipCallBack',
  methods: ['GET', 'POST'],
  actions: {
    getPeersStatuses: {
      summary: 'Every phone, and whether it can be rung now',
      processor: processor('SIPStackProcessor::getPeersStatuses'),
      data: PeerStatuses,
      run: async ({ request, services }) =>
        presentPeerStatuses(await services.endpoints.all(request.actor)),
    },
    getSipPeer: {
      summary: 'Where one phone is registered: address, user agent, round trip',
      processor: processor('SIPStackProcessor::getPeerStatus'),
      data: PeerAnswer,
      asksForPeer: true,
      async run({ request, services }) {
        const peer = readPeer(request);
        if (peer === '') return new Unsuccessful({ error: ['Empty peer value in POST/GET data'] });
        return presentPeer(peerOf(await services.endpoints.all(request.actor), peer));
      },
    },
    getRegistry: {
      summary: 'Every trunk, and whether it is registered or reachable',
      processor: processor('SIPStackProcessor::getRegistry'),
      data: Registry,
      run: async ({ request, services }) =>
        (await services.trunks.all(request.actor)).map(presentRegistry),
    },
  },
};

const iax: Group = {
  callback: 'iaxCallBack',
  methods: ['GET'],
  actions: {
    getRegistry: {
      summary: 'IAX trunks: always an empty list',
      processor: processor('IAXStackProcessor::getRegistry'),
      data: Registry,
      run: async () => [],
    },
  },
};

const cdr: Group = {
  callback: 'cdrCallBack',
  methods: ['GET'],
  actions: {
    getActiveCalls: {
      summary: 'Running calls, also those that still ring, as JSON inside a text',
      processor: processor('CdrDBProcessor::getActiveCalls'),
      data: ActiveCalls,
      run: async ({ request, services, timeZone }) => [
        JSON.stringify(
          services.calls.running(request.actor).map((view) => presentActiveCall(view, timeZone)),
        ),
      ],
    },
    getActiveChannels: {
      summary: 'Running calls with both of their channels',
      processor: processor('CdrDBProcessor::getActiveChannels'),
      data: ActiveChannels,
      run: async ({ request, services, timeZone }) =>
        services.calls
          .running(request.actor)
          .flatMap((view) => presentActiveChannels(view, timeZone)),
    },
  },
};

export const groups: Readonly<Record<string, Group>> = { sip, iax, cdr };

async function answerOf(group: string, name: string, input: ActionInput): Promise<Answer> {
  const known = groups[group];
  const action = known && Object.hasOwn(known.actions, name) ? known.actions[name] : undefined;
  if (!action) {
    const messages = [`Unknown action - ${name.slice(0, 64)} in ${known?.callback}`];
    const where = processor('PBXApiResult');
    return { result: false, data: [], messages, function: name.slice(0, 64), processor: where };
  }
  const outcome = await action.run(input);
  const failed = outcome instanceof Unsuccessful;
  return {
    result: !failed,
    data: failed ? [] : outcome,
    messages: failed ? outcome.messages : [],
    function: name,
    processor: action.processor,
  };
}

/** Runs an action and answers in the envelope. */
export async function runAction(
  group: string,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<FastifyReply> {
  const account = await services.accounts.get(request.actor, request.actor.accountId);
  const { timeZone } = account;
  const answer = await answerOf(group, name, { request, services, timeZone });
  const { body, etag } = envelope(answer, timestampIn(services.clock.now(), timeZone));
  return reply
    .type('application/json; charset=UTF-8')
    .header('status', '200 OK')
    .header('e-tag', etag)
    .serializer(String)
    .send(body);
}
