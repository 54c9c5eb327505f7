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

/** The leg that called and the one that was called, as far as there is one. */
function sidesOf({ legs }: CallView): { readonly source?: Leg; readonly target?: Leg } {
  const source = legs.find(({ role }) => role === 'caller') ?? legs[0];
  const others = legs.filter((leg) => leg !== source);
  const target = others.find(isUp) ?? others[0];
  return { ...(source && { source }), ...(target && { target }) };
}

const linkedId = ({ call }: CallView): string => `mikopbx-${call.id}`;

/** A call in progress. */
export function presentActiveCall(view: CallView, timeZone: string) {
  const { source, target } = sidesOf(view);
  return {
    start: presentTime(view.call.startedAt, timeZone),
    answer: presentTime(target?.answeredAt, timeZone),
    endtime: '',
    src_num: withoutPlus(source?.number ?? ''),
    dst_num: withoutPlus(target?.number || source?.dialled || ''),
    did: '',
    linkedid: linkedId(view),
  };
}

/** The two channels of a call that both exist. */
export function presentActiveChannels(view: CallView, timeZone: string) {
  const { source, target } = sidesOf(view);
  if (!source) return [];
  return [
    {
      start: presentTime(view.call.startedAt, timeZone),
      answer: presentTime(target?.answeredAt, timeZone),
      src_chan: `PJSIP/${withoutPlus(source.number)}-${source.id.slice(0, 8)}`,
      dst_chan: target ? `PJSIP/${withoutPlus(target.number)}-${target.id.slice(0, 8)}` : '',
      src_num: withoutPlus(source.number),
      dst_num: withoutPlus(target?.number || source.dialled),
      did: '',
      linkedid: linkedId(view),
    },
  ];
}
