import type { SpeechDefaults } from '../../../core/applications/index.ts';
import type { LegView } from '../../../core/calls/index.ts';
import type { AccountId, Sid } from '../../../kernel/ids.ts';
import { toId } from '../../../kernel/ids.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import type { HookRef } from '../compile/hook-ref.ts';
import type { OpenHook } from './ask-hook.ts';
import { tagOf } from './leg-tag.ts';

/** What a call needs of an application. */
export interface ApplicationOfCall {
  readonly sid: string;
  readonly callHook: OpenHook | undefined;
  readonly statusHook: OpenHook | undefined;
  readonly steps: string | undefined;
  readonly variables: JsonObject | undefined;
  readonly speech: SpeechDefaults;
}

export interface FindApplication {
  find(accountId: AccountId, sid: Sid): Promise<ApplicationOfCall | undefined>;
}

/** Everything that an application, or the request that made the call, decides about a call. */
export interface CallSession {
  readonly application: ApplicationOfCall | undefined;
  readonly callHook: OpenHook | undefined;
  readonly statusHook: OpenHook | undefined;
  readonly steps: string | undefined;
  /** BCP 47; what `config` chose, else what the application did. */
  readonly language: string | undefined;
}

/** Whether an application has a socket. @see contracts/jambonz.json, websocket */
export const isSocketUrl = (url: string | undefined): boolean => /^wss?:/i.test(url ?? '');

/** The reference of programs that belong to no application. */
export const noApplication = 'none';

/** Opens what was sealed when it was stored with a program. */
export const openHook = (
  { sealedPassword, written: _written, ...hook }: HookRef,
  open: (sealed: string) => string,
): OpenHook => ({ ...hook, ...(sealedPassword && { password: open(sealedPassword) }) });

/** Languages of the usual settings that nobody chose. */
const unchosen = new Set(['', 'default']);

/** What decides about a leg now. */
export async function sessionOf(
  leg: LegView,
  applications: FindApplication,
  open: (sealed: string) => string,
): Promise<CallSession> {
  const sid = leg.source && toId<Sid>(leg.source.reference);
  const application = sid && (await applications.find(leg.accountId, sid));
  const tag = tagOf(leg);
  const spoken = application?.speech.synthesizer.language ?? '';
  return {
    application,
    callHook: tag.callHook ? openHook(tag.callHook, open) : application?.callHook,
    statusHook: tag.statusHook ? openHook(tag.statusHook, open) : application?.statusHook,
    steps: tag.steps ?? (tag.callHook ? undefined : application?.steps),
    language: tag.language ?? (unchosen.has(spoken) ? undefined : spoken),
  };
}
