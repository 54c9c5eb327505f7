import type { AlertKind } from '../../../core/alerts/index.ts';
import type { Legs, LegView } from '../../../core/calls/index.ts';
import type { Conferences } from '../../../core/conferences/index.ts';
import type { HookAnswer, HookClient } from '../../../core/hooks/index.ts';
import type { SoundDecoder } from '../../../core/interpreter/index.ts';
import type {
  Instruction,
  InstructionResult,
  ProgramSource,
  Question,
} from '../../../core/programs/index.ts';
import type { Queues } from '../../../core/queues/index.ts';
import type { SocketClient } from '../../../core/sockets/index.ts';
import type { AccountId, TrunkId } from '../../../kernel/ids.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import type { Logger } from '../../../kernel/logger.ts';
import { runAudioSocket } from '../audio/run-audio-socket.ts';
import { streamWordsIn } from '../audio/stream-words.ts';
import { compileVerbs } from '../compile/compile-verbs.ts';
import type { CompileContext } from '../compile/compiler.ts';
import type { HookRef } from '../compile/hook-ref.ts';
import { verbsThatAnswer } from '../compile/rooms.ts';
import { applicationGone, invalidPayload } from '../hook-errors.ts';
import type { AppSessions, SessionOf } from '../sessions/create-sessions.ts';
import { actionFields } from './action-fields.ts';
import { alertOf, type RaiseAlert } from './alerts.ts';
import { amdFields } from './amd-fields.ts';
import { askHook, type OpenHook } from './ask-hook.ts';
import { callInfo } from './call-info.ts';
import {
  type CallSession,
  type FindApplication,
  isSocketUrl,
  openHook,
  sessionOf,
} from './call-session.ts';
import { compileContext } from './compile-context.ts';
import { waitFields } from './wait-fields.ts';

/** What asking an application needs of the rest. */
export interface SourcePorts {
  readonly hooks: HookClient;
  readonly legs: Pick<Legs, 'find' | 'running' | 'inviteHeaders'>;
  readonly conferences: Pick<Conferences, 'named'>;
  readonly queues: Pick<Queues, 'named'>;
  readonly applications: FindApplication;
  /** The account's second id, SIP domain and the secret that signs its hooks. */
  readonly account: (
    id: AccountId,
  ) => Promise<{ readonly sid: string; readonly realm: string; readonly secret: string }>;
  readonly trunkName: (accountId: AccountId, id: TrunkId) => string | undefined;
  readonly sessions: AppSessions;
  readonly sockets: SocketClient;
  readonly decoder: SoundDecoder;
  readonly logger: Logger;
  readonly raiseAlert: RaiseAlert;
  /** Keeps the passwords of hooks that programs name. */
  readonly box: { seal(secret: string): string; open(sealed: string): string };
}

/** A call that reached an application begins with this. Who is not answered by it hears 480. */
export const startOfCall: readonly Instruction[] = [
  {
    do: 'ask',
    question: { ask: 'call' },
    otherwise: [{ do: 'hangup', cause: 'no_answer', sipStatus: 480 }],
  },
];

const defaultsOf = ({ application }: CallSession): JsonObject => ({
  synthesizer: { ...(application?.speech.synthesizer ?? {}) },
  recognizer: { ...(application?.speech.recognizer ?? {}) },
});

/** What is said of a call's INVITE. @param headers - names in lower case */
const inviteOf = (leg: LegView, headers: Readonly<Record<string, string>>): JsonObject => ({
  method: 'INVITE',
  headers: { ...headers },
  calledNumber: leg.dialled,
  callingNumber: leg.number,
});

/** What the very first hook of a call is told besides the call. */
const beginning = (
  leg: LegView,
  session: CallSession,
  headers: Readonly<Record<string, string>>,
): JsonObject => ({
  defaults: defaultsOf(session),
  ...(session.application?.variables && { env_vars: session.application.variables }),
  ...(leg.direction === 'inbound' && {
    caller_name: leg.name,
    ...(headers['call-id'] && { call_id: headers['call-id'], sbc_callid: headers['call-id'] }),
    sip: inviteOf(leg, headers),
  }),
});

/** Words a question for an application, asks, and compiles what it answers. */
export function createJambonzSource(ports: SourcePorts): ProgramSource {
  const { hooks, legs, applications, account, raiseAlert, box, sessions } = ports;

  const infoOf = async (leg: LegView, session: CallSession): Promise<JsonObject> => {
    const { sid } = await account(leg.accountId);
    return callInfo(leg, {
      accountSid: sid,
      applicationSid: session.application?.sid,
      parent: leg.parentLegId && legs.find(leg.parentLegId),
      trunkName: leg.trunkId && ports.trunkName(leg.accountId, leg.trunkId),
    });
  };
  const compile = async (
    body: unknown,
    leg: LegView,
    session: CallSession,
    base: string,
    { only, confirms }: Pick<CompileContext, 'only' | 'confirms'> = {},
  ) => {
    const context = await compileContext(ports, leg, session, base);
    const staysOpen = !only && !confirms && isSocketUrl(base);
    return compileVerbs(body, { ...context, only, confirms, staysOpen });
  };

  /** Where relative hooks of a call begin. */
  const baseOf = (session: CallSession) => session.callHook?.url ?? 'http://localhost/';

  /** The session of a leg; what it began with is worded anew if it must begin again. */
  const sessionFor = (leg: LegView, payload: JsonObject): SessionOf => ({
    legId: leg.id,
    callSid: leg.sid,
    beginning: async () => payload,
  });

  /** Whatever goes wrong is an alert too. */
  const alerting = async <T>(leg: LegView, url: string, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      raiseAlert(leg.accountId, { ...alertOf(error, url), targetSid: leg.sid });
      throw error;
    }
  };
  const ask = (leg: LegView, hook: OpenHook, payload: JsonObject, key: string | undefined) =>
    account(leg.accountId).then(({ secret }) =>
      askHook(hooks, hook, payload, { secret, ...(key !== undefined && { key }) }),
    );

  /** A hook that a program names, asked in the way that it is asked. @returns what it says */
  const put = (
    { written, ...sealed }: HookRef,
    about: { readonly leg: LegView; readonly inSessionOf: LegView; readonly session: CallSession },
    {
      type,
      payload,
      key,
      info,
    }: { type: string; payload: JsonObject; key: string | undefined; info: JsonObject },
  ): Promise<Json | undefined> => {
    const hook = openHook({ written, ...sealed }, box.open);
    const { leg, inSessionOf, session } = about;
    return alerting(leg, hook.url, async () => {
      if (!isSocketUrl(hook.url)) return verbsIn(await ask(leg, hook, payload, key));
      const message = { type, hook: written, data: payload };
      const of = sessionFor(inSessionOf, info);
      return sessions.ask(of, session.callHook ?? hook, message);
    });
  };
  /** The leg whose program made this one: the session of both is that one's. */
  const parentOf = (leg: LegView): LegView =>
    (leg.parentLegId && legs.find(leg.parentLegId)) || leg;

  const begin = async (leg: LegView, session: CallSession, key: string) => {
    const { callHook, steps } = session;
    if (steps !== undefined) {
      return alerting(leg, 'app_json', () => compile(parsed(steps), leg, session, baseOf(session)));
    }
    if (!callHook) throw applicationGone(leg.sid);
    const headers = await legs.inviteHeaders(leg.id);
    const payload = { ...(await infoOf(leg, session)), ...beginning(leg, session, headers) };
    return alerting(leg, callHook.url, async () => {
      const message = { type: 'session:new', data: payload };
      const body = isSocketUrl(callHook.url)
        ? ((await sessions.ask(sessionFor(leg, payload), callHook, message)) ?? [])
        : verbsIn(await ask(leg, callHook, payload, key));
      return body === undefined ? [] : compile(body, leg, session, callHook.url);
    });
  };

  const goOn = async (
    { question, result, awaited, key, sign }: Question,
    leg: LegView,
    session: CallSession,
  ): Promise<readonly Instruction[] | undefined> => {
    const asked = question as JsonObject;
    const isConfirm = asked.ask === 'confirm' || asked.within === 'confirm';
    const other = result?.legId && legs.find(result.legId);
    const info = await infoOf(leg, session);
    const payload =
      awaited?.kind === 'queue'
        ? waitFields(info, awaited)
        : {
            ...info,
            ...actionFields(asked.verb, { result, question: asked, other, info }),
            ...(sign && amdFields(sign)),
          };
    const message = { type: typeOf(asked), payload, key, info };
    const about = { leg, inSessionOf: isConfirm ? parentOf(leg) : leg, session };
    const ref = asked.hook as unknown as HookRef;
    const body = await put(ref, about, message);
    if (body === undefined || (Array.isArray(body) && body.length === 0)) return undefined;
    const confirms = isConfirm ? (asked.ask === 'confirm' ? 'first' : 'later') : undefined;
    const limits = { only: verbsThatAnswer(asked), confirms } as const;
    return alerting(leg, ref.url, () => compile(body, leg, session, baseOf(session), limits));
  };

  return {
    async ask(question) {
      const leg = legs.find(question.legId);
      if (!leg) throw applicationGone(question.legId);
      const asked = question.question as JsonObject;
      if (asked.ask === 'alert') {
        const { type, message } = asked as { readonly type: AlertKind; readonly message: string };
        raiseAlert(leg.accountId, { type, message, targetSid: leg.sid });
        return undefined;
      }
      const session = await sessionOf(leg, applications, box.open);
      return asked.ask === 'call'
        ? begin(leg, session, question.key)
        : goOn(question, leg, session);
    },
    async tell({ legId, notice, digits, result }) {
      const leg = legs.find(legId);
      if (!leg) return;
      const session = await sessionOf(leg, applications, box.open);
      const info = await infoOf(leg, session);
      const { hook, tell } = notice as JsonObject;
      const payload = tell === 'refer' ? referEvent(result) : { ...info, dtmf: digits ?? '' };
      const about = { leg, inSessionOf: parentOf(leg), session };
      const message = { type: 'verb:hook', payload, key: undefined, info };
      await put(hook as unknown as HookRef, about, message);
    },
    stream(question) {
      const { legId, wish } = question;
      const { url } = streamWordsIn(wish.words);
      const callInfo = async () => {
        const leg = legs.find(legId);
        if (!leg) throw applicationGone(legId);
        return inCamelCase(await infoOf(leg, await sessionOf(leg, applications, box.open)));
      };
      const streaming = runAudioSocket({ ...ports, open: box.open, callInfo }, question);
      streaming.over.catch((error: unknown) => {
        const leg = legs.find(legId);
        if (leg) raiseAlert(leg.accountId, { ...alertOf(error, url), targetSid: leg.sid });
      });
      return streaming;
    },
  };
}

/** Names of call information as audio sockets know them. */
const inCamelCase = (info: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(info).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );

/** What the hook of a referral is told, without the call. @see contracts/jambonz.json, verbs: sip:refer */
const referEvent = (result: InstructionResult | undefined): JsonObject => ({
  event: 'transfer-status',
  call_status: result?.sipStatus ?? (result?.outcome === 'done' ? 200 : 408),
});

/** What kind of message a question is to an application with a socket. */
const typeOf = ({ ask, verb }: JsonObject): string =>
  ask === 'confirm' ? 'dial:confirm' : verb === 'redirect' ? 'session:redirect' : 'verb:hook';

/** The JSON that was answered; `undefined` for an empty answer. What is written but no JSON is no program. */
function verbsIn({ body, text, contentType }: HookAnswer): Json | undefined {
  if (body === undefined && text.trim() !== '') {
    throw invalidPayload(`malformed jambonz payload: ${contentType || 'no content type'}`);
  }
  return body;
}

function parsed(steps: string): Json {
  try {
    return JSON.parse(steps) as Json;
  } catch {
    throw invalidPayload('malformed jambonz payload: must be array');
  }
}
