import { type CallView, isUp, type Leg } from '../../../core/calls/index.ts';
import { withoutPlus } from '../../../kernel/phone-number.ts';

/** `2026-03-09 10:14:40.123`, in a time zone. */
export function presentTime(at: Date | undefined, timeZone: string): string {
  if (!at) return '';
  const local = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(at);
  return `${local}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** What a leg is dialling, or talking to because it dialled it. */
function dialling({ program }: Leg): string | undefined {
  const instruction = program?.instructions[program.position];
  const [target] = instruction?.do === 'dial' ? instruction.targets : [];
  return target?.kind === 'dialled' ? target.dialled : undefined;
}

/**
 * The leg that calls and the one that is called, as far as there is one. A called leg that dials was handed on:
 * the last of those calls now, and whoever began the call is on the way out.
 */
function sidesOf({ legs }: CallView): {
  readonly source?: Leg;
  readonly target?: Leg;
  readonly called: string;
} {
  const handedOn = legs.findLast((leg) => leg.role === 'callee' && dialling(leg) !== undefined);
  const source = handedOn ?? legs.find(({ role }) => role === 'caller') ?? legs[0];
  if (!source) return { called: '' };
  const others = legs.filter((leg) => leg !== source);
  const children = others.filter(({ parentLegId }) => parentLegId === source.id);
  const possible = handedOn || children.length > 0 ? children : others;
  const target = possible.find(isUp) ?? possible[0];
  const called = target?.number || dialling(source) || source.dialled;
  return { source, ...(target && { target }), called };
}

const linkedId = ({ call }: CallView): string => `mikopbx-${call.id}`;

/** A call in progress. */
export function presentActiveCall(view: CallView, timeZone: string) {
  const { source, target, called } = sidesOf(view);
  return {
    start: presentTime(view.call.startedAt, timeZone),
    answer: presentTime(target?.answeredAt, timeZone),
    endtime: '',
    src_num: withoutPlus(source?.number ?? ''),
    dst_num: withoutPlus(called),
    did: '',
    linkedid: linkedId(view),
  };
}

/** The two channels of a call that both exist. */
export function presentActiveChannels(view: CallView, timeZone: string) {
  const { source, target, called } = sidesOf(view);
  if (!source) return [];
  return [
    {
      start: presentTime(view.call.startedAt, timeZone),
      answer: presentTime(target?.answeredAt, timeZone),
      src_chan: `PJSIP/${withoutPlus(source.number)}-${source.id.slice(0, 8)}`,
      dst_chan: target ? `PJSIP/${withoutPlus(target.number)}-${target.id.slice(0, 8)}` : '',
      src_num: withoutPlus(source.number),
      dst_num: withoutPlus(called),
      did: '',
      linkedid: linkedId(view),
    },
  ];
}
