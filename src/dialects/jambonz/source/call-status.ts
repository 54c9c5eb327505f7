import type { LegView } from '../../../core/calls/index.ts';

/** @see contracts/jambonz.json, call_status */
export type CallStatus =
  | 'trying'
  | 'ringing'
  | 'early-media'
  | 'in-progress'
  | 'completed'
  | 'failed'
  | 'busy'
  | 'no-answer';

export interface StatusOfCall {
  readonly callStatus: CallStatus;
  readonly sipStatus: number;
  readonly sipReason: string;
}

/** Reason phrases. @see RFC 3261 section 21 */
const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  408: 'Request Timeout',
  410: 'Gone',
  480: 'Temporarily Unavailable',
  484: 'Address Incomplete',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};

const status = (callStatus: CallStatus, sipStatus: number): StatusOfCall => ({
  callStatus,
  sipStatus,
  sipReason: reasons[sipStatus] ?? 'Unknown',
});

/** What a cause says when the far side sent no status. @see RFC 3398 section 8.2.6.1 */
const statusOfCause: Readonly<Record<string, number>> = {
  unallocated: 404,
  busy: 486,
  no_answer: 487,
  unregistered: 480,
  rejected: 603,
  completed_elsewhere: 487,
  invalid_number: 484,
  congestion: 503,
  engine_lost: 503,
  not_allowed: 403,
};

/** A leg of ours that nobody answered. */
function refused({ cause, sipStatus, parentLegId, endedBy }: LegView): StatusOfCall {
  const cancelled = cause === 'no_answer' || (endedBy === 'exchange' && sipStatus === undefined);
  const code = cancelled ? 487 : (sipStatus ?? statusOfCause[cause ?? ''] ?? 500);
  const busy = parentLegId === undefined ? [486, 603] : [486, 600];
  if (busy.includes(code)) return status('busy', code);
  return code === 487 ? status('no-answer', code) : status('failed', code);
}

/** A caller that nobody answered: it gave up, or we refused it. */
const unanswered = ({ endedBy, cause, sipStatus }: LegView): StatusOfCall =>
  endedBy === 'party'
    ? status('no-answer', 487)
    : status('failed', sipStatus ?? statusOfCause[cause ?? ''] ?? 603);

/** Where a leg stands, in the words of jambonz. */
export function statusOf(leg: LegView): StatusOfCall {
  switch (leg.state) {
    case 'init':
    case 'calling':
      return status('trying', 100);
    case 'progress':
      return leg.direction === 'inbound' ? status('trying', 100) : status('early-media', 183);
    case 'ringing':
      return leg.direction === 'inbound' ? status('trying', 100) : status('ringing', 180);
    case 'answered':
      return status('in-progress', 200);
    case 'hangup':
      if (leg.answeredAt) return status('completed', 200);
      return leg.direction === 'inbound' ? unanswered(leg) : refused(leg);
  }
}
