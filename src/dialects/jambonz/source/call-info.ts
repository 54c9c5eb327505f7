import type { LegView } from '../../../core/calls/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { statusOf } from './call-status.ts';
import { tagOf } from './leg-tag.ts';

/** Whose call it is, and the call that made it. */
export interface CallSurroundings {
  readonly accountSid: string;
  readonly applicationSid: string | undefined;
  readonly parent: LegView | undefined;
  /** The trunk that it came in by. */
  readonly trunkName?: string | undefined;
}

/** The number that a call comes from. */
export const fromOf = (leg: LegView, parent: LegView | undefined): string =>
  leg.direction === 'inbound' ? leg.number : (tagOf(leg).from ?? parent?.number ?? '');

/** The number that a call goes to. */
export const toOf = (leg: LegView): string =>
  leg.direction === 'inbound' ? leg.dialled : leg.number || leg.dialled;

/** What an answered call adds when it is over. */
const ending = (leg: LegView): JsonObject =>
  leg.state === 'hangup'
    ? {
        ...(leg.answeredAt && { duration: leg.durationSeconds ?? 0 }),
        call_termination_by: leg.endedBy === 'party' ? 'caller' : 'jambonz',
      }
    : {};

/** What every hook says of its call. @see contracts/jambonz.json, webhooks: call_info */
export function callInfo(leg: LegView, around: CallSurroundings): JsonObject {
  const { callStatus, sipStatus, sipReason } = statusOf(leg);
  const { customerData } = tagOf(leg);
  return {
    call_sid: leg.sid,
    ...(around.parent && { parent_call_sid: around.parent.sid }),
    account_sid: around.accountSid,
    ...(around.applicationSid && { application_sid: around.applicationSid }),
    direction: leg.direction,
    from: fromOf(leg, around.parent),
    to: toOf(leg),
    caller_id: leg.direction === 'inbound' ? leg.name : '',
    call_id: leg.id,
    sip_status: sipStatus,
    sip_reason: sipReason,
    call_status: callStatus,
    ...(around.trunkName && { originating_sip_trunk_name: around.trunkName }),
    ...ending(leg),
    ...(customerData !== undefined && { customerData }),
  };
}
