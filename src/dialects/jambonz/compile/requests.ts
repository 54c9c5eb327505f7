import type { Instruction } from '../../../core/programs/index.ts';
import { newSid } from '../../../kernel/ids.ts';
import { askAfter, type Compiler, hookOf, type Progress } from './compiler.ts';
import { hookAsJson } from './hook-ref.ts';
import { dialledNumber } from './targets.ts';

type Properties = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** Seconds in which the party must say what became of the other call. */
const referSeconds = 60;

/** An address of a number or a user, in the account's own realm if it names none. */
const addressOf = (given: string, realm: string): string =>
  /^(?:sips?|tel):/i.test(given)
    ? given
    : `sip:${given.includes('@') ? given : `${given}@${realm}`}`;

/** Asks the caller's phone to call somebody else. @see contracts/jambonz.json, verbs: sip:refer */
export const sipRefer: Compiler = (properties, progress) => {
  const { realm } = progress.context;
  const [to, by] = [text(properties.referTo), text(properties.referredBy)];
  const [hook, eventHook] = [
    hookOf(properties.actionHook, progress),
    hookOf(properties.eventHook, progress),
  ];
  if (to === '' || !progress.isUp) return [];
  return [
    {
      do: 'refer',
      to: addressOf(to, realm),
      ...(by && { by: `<${addressOf(by, realm)}>` }),
      mostSeconds: referSeconds,
      ...(eventHook && { notice: { tell: 'refer', hook: hookAsJson(eventHook) } }),
    },
    ...(hook ? [askAfter('sip:refer', hook, properties.id)] : []),
  ];
};

/** What of a request cannot be sent; `undefined` if it can. */
function whyNot(method: string, progress: Progress): string | undefined {
  if (!progress.isUp) return 'the call is not answered';
  if (method !== 'MESSAGE' && method !== 'NOTIFY')
    return `${method} cannot be sent in a dialog here`;
  return undefined;
}

const headersOf = (given: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries((given ?? {}) as Properties).flatMap(([name, value]) =>
      /^[a-z0-9-]{1,60}$/i.test(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  );

/** Sends a request within the dialog. @see contracts/jambonz.json, verbs: sip:request */
export const sipRequest: Compiler = (properties, progress) => {
  const method = text(properties.method).toUpperCase();
  const headers = headersOf(properties.headers);
  const content = typeof properties.body === 'string' ? properties.body : '';
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  const contentType = named?.[1] ?? 'text/plain';
  const hook = hookOf(properties.actionHook, progress);
  const error = whyNot(method, progress);
  const request: Instruction | undefined = error
    ? undefined
    : method === 'MESSAGE'
      ? { do: 'send-request', request: { method: 'MESSAGE', contentType, content } }
      : {
          do: 'send-request',
          request: {
            method: 'NOTIFY',
            headers: {
              ...headers,
              ...(content && { 'Content-Type': contentType, Content: content }),
            },
          },
        };
  return [
    ...(request ? [request] : []),
    ...(hook ? [askAfter('sip:request', hook, properties.id, error ? { err: error } : {})] : []),
  ];
};

/** Sends a text to the phones of a user or a number of ours. @see contracts/jambonz.json, verbs: message */
export const message: Compiler = (properties, progress) => {
  const { realm } = progress.context;
  const to = text(properties.to);
  const hook = hookOf(properties.actionHook, progress);
  const [user = '', host] = to.replace(/^sips?:/i, '').split('@');
  const isUser = host !== undefined && host.toLowerCase() === realm;
  const sid = text(properties.message_sid) || newSid();
  return [
    {
      do: 'message',
      to: isUser
        ? { kind: 'endpoint', username: user }
        : { kind: 'dialled', dialled: dialledNumber(user) },
      from: addressOf(text(properties.from), realm),
      text: typeof properties.text === 'string' ? properties.text.slice(0, 4_000) : '',
    },
    ...(hook ? [askAfter('message', hook, properties.id, { message_sid: sid })] : []),
  ];
};

/** Nothing recognizes speech here: an alert says so, and the program goes on. */
export const noRecognizer = (verb: string): Instruction => ({
  do: 'ask',
  question: { ask: 'alert', type: 'no-stt', message: `${verb}: no speech recognizer` },
});
