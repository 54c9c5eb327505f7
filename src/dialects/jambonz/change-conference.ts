import type { Meanwhile } from '../../core/programs/index.ts';
import type { ConferenceId, LegId } from '../../kernel/ids.ts';
import { changeIncomplete, changeInvalid, stateDoesNotFit } from './call-errors.ts';
import type { Change, ChangeContext } from './change-call.ts';
import { readHook } from './compile/hook-ref.ts';
import { hearsWhileWaiting } from './compile/rooms.ts';

/** The conference that the call is in. @throws {DomainError} `jambonz.state_does_not_fit` */
function conferenceOf({ conferences, actor, leg }: ChangeContext): ConferenceId {
  const view = conferences.withLeg(actor, leg.id);
  if (!view) throw stateDoesNotFit(leg.sid);
  return view.conference.id;
}

/** Whether something is switched on. @throws {DomainError} `jambonz.change_invalid` */
function switched(name: string, value: unknown, on: 'mute' | 'hold'): boolean {
  if (value !== on && value !== `un${on}`) throw changeInvalid(name);
  return value === on;
}

/** What is heard by one who is held, if a hook is to say it. */
export const heldBy = (
  hook: unknown,
  { base, seal }: Pick<ChangeContext, 'base' | 'seal'>,
): Meanwhile | undefined => {
  const read = readHook(hook, base, seal);
  return read && hearsWhileWaiting('conference', read);
};

const muteOthers: Change = (value, context) => {
  const { conferences, actor } = context;
  const on = switched('conf_mute_status', value, 'mute');
  return conferences.mute(actor, conferenceOf(context), 'others than moderators', on);
};

const holdOne: Change = (value, context) => {
  const { conferences, actor, leg, body } = context;
  const on = switched('conf_hold_status', value, 'hold');
  const heard = heldBy(body.waitHook ?? body.wait_hook, context);
  return conferences.hold(actor, conferenceOf(context), leg.id, on, heard);
};

type Act = (
  context: ChangeContext,
  at: readonly [ConferenceId, LegId],
  given: Readonly<Record<string, unknown>>,
) => Promise<void>;

const muting =
  (on: boolean): Act =>
  ({ conferences, actor }, at) =>
    conferences.mute(actor, ...at, on);

const holding =
  (on: boolean): Act =>
  (context, at, { wait_hook: hook }) =>
    context.conferences.hold(context.actor, ...at, on, heldBy(hook, context));

/** @throws {DomainError} `jambonz.change_incomplete` */
function tagIn(action: string, { tag }: Readonly<Record<string, unknown>>): string {
  if (typeof tag !== 'string' || tag === '')
    throw changeIncomplete(
      `conferenceParticipantAction requires tag property when action is '${action}'`,
    );
  return tag;
}

const acts: Readonly<Record<string, Act>> = {
  tag: ({ conferences, actor }, at, given) => conferences.tag(actor, ...at, tagIn('tag', given)),
  untag: ({ conferences, actor }, at) => conferences.tag(actor, ...at, undefined),
  coach: ({ conferences, actor }, at, given) =>
    conferences.coach(actor, ...at, tagIn('coach', given)),
  uncoach: ({ conferences, actor }, at) => conferences.coach(actor, ...at, undefined),
  mute: muting(true),
  unmute: muting(false),
  hold: holding(true),
  unhold: holding(false),
  kick: ({ conferences, actor }, at) => conferences.kick(actor, ...at),
};

const act: Change = (value, context) => {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const action = String(given.action);
  const wanted = Object.hasOwn(acts, action) ? acts[action] : undefined;
  if (!wanted)
    throw changeIncomplete(`conferenceParticipantAction invalid action property ${action}`);
  if (action === 'tag' || action === 'coach') tagIn(action, given);
  return wanted(context, [conferenceOf(context), context.leg.id], given);
};

/** Options of live call control for a call that is in a conference. @see contracts/jambonz.json, lcc */
export const conferenceChanges: Readonly<Record<string, Change>> = {
  conf_mute_status: muteOthers,
  conf_hold_status: holdOne,
  conferenceParticipantAction: act,
};
