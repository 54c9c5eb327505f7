import { type CallId, toId } from '../../kernel/ids.ts';

/** A call as clients of sipgate see it: the id without dashes, in upper case. Also the id of its session. */
export const toCallId = (id: CallId): string => id.replaceAll('-', '').toUpperCase();

/** The call that a client names, or `undefined` if it cannot be one. */
export function fromCallId(text: string): CallId | undefined {
  const [, a, b, c, d, e] =
    /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/i.exec(text) ?? [];
  return a ? toId<CallId>(`${a}-${b}-${c}-${d}-${e}`) : undefined;
}

/** The number of an extension such as `e3` or `w0`. @see contracts/sipgate.json, generic.ids */
export function readExtension(
  text: string,
  letters: string,
): { readonly letter: string; readonly serial: number } | undefined {
  const [, letter, digits] = /^([a-z])(0|[1-9][0-9]{0,8})$/.exec(text) ?? [];
  return letter && letters.includes(letter) ? { letter, serial: Number(digits) } : undefined;
}

/**
 * A number as it is dialled: ten digits and more that do not begin with 0 have their country code, and only
 * lack the plus. Everything else stays what it is. @see contracts/sipgate.json, tolerance T10
 */
export function toDialled(text: string): string {
  const digits = text.replace(/[\s().\-/]/g, '');
  return /^[1-9][0-9]{9,14}$/.test(digits) ? `+${digits}` : text;
}

/** Seven digits of an account. */
export const masterSipId = (accountSerial: number): string => String(1_000_000 + accountSerial);
