import type { Instruction, Tag } from '../../../core/programs/index.ts';
import type { LegId } from '../../../kernel/ids.ts';
import type { Json, JsonObject } from '../../../kernel/json.ts';
import { type HookRef, hookAsJson, readHook } from './hook-ref.ts';
import type { Verb } from './read-verbs.ts';

/** What an account has made ahead, or runs at the moment, that verbs name. */
export interface KnownThings {
  /** What is heard by who waits in a conference, or in a queue, of a name. */
  conferenceHook(name: string): HookRef | undefined;
  queueHook(name: string): HookRef | undefined;
  /** The running leg of a call sid. */
  legId(callSid: string): LegId | undefined;
}

/** What verbs mean depends on where they are said. */
export interface CompileContext {
  /** The application's call hook: relative hooks begin there. */
  readonly base: string;
  /** The account's SIP domain, in lower case. */
  readonly realm: string;
  /** BCP 47; what the application or an earlier `config` chose. */
  readonly language: string | undefined;
  /** Whether the leg was answered already. */
  readonly isUp: boolean;
  /** Whether the application stays when its verbs are over, and sends more when it likes. */
  readonly staysOpen: boolean;
  /** Whoever answered a `dial` is asked whether it takes the call: the first verbs for it, or later ones. */
  readonly confirms?: 'first' | 'later' | undefined;
  readonly seal: (secret: string) => string;
  readonly known: KnownThings;
  /** The only verbs that may be said there; all that are served if nothing is said. */
  readonly only?: readonly string[] | undefined;
}

/** While the verbs of one program are compiled. */
export interface Progress {
  readonly context: CompileContext;
  language: string | undefined;
  isUp: boolean;
}

export type Compiler = (
  properties: Verb['properties'],
  progress: Progress,
) => readonly Instruction[];

/** A question about how a verb ended. @see contracts/jambonz.json, verbs: hooks */
export const askAfter = (
  verb: string,
  hook: HookRef,
  id: unknown,
  more: JsonObject = {},
): Instruction & { readonly do: 'ask' } => ({
  do: 'ask',
  question: {
    ask: 'action',
    verb,
    hook: hookAsJson(hook),
    ...(typeof id === 'string' && { id }),
    ...more,
  },
});

export const numberOf = (value: unknown, usual: number): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) && number >= 0 ? number : usual;
};

/** What can only be heard on an answered call answers it, unless it is meant to be heard before. */
export function answered(progress: Progress, earlyMedia: unknown): readonly Instruction[] {
  if (progress.isUp || earlyMedia === true) return [];
  progress.isUp = true;
  return [{ do: 'answer' }];
}

/** What hooks need to be read: where relative ones begin, and how passwords are kept. */
export interface HookReading {
  readonly context: Pick<CompileContext, 'base' | 'seal'>;
}

export const hookOf = (given: unknown, { context }: HookReading): HookRef | undefined =>
  readHook(given, context.base, context.seal);

/** What sticks to a call, as it is kept with its leg. */
export const customerData = (data: unknown): Tag => ({ customerData: data as Json });
