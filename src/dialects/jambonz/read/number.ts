import { type E164, parseE164 } from '../../../kernel/phone-number.ts';
import { badBody } from '../request-errors.ts';

/** A number as it is called from anywhere, with its plus or without. @see contracts/jambonz.json, phone */
const international = /^\+?([1-9]\d{6,14})$/;

/** A plan in which nothing is local. */
const everywhere = { country: 'DE', areaCode: '' };

/** What a phone number is: one of the public plan, or what stays as it was written. */
export type ReadNumber =
  | { readonly kind: 'public'; readonly e164: E164 }
  | { readonly kind: 'pattern'; readonly pattern: string };

/** @throws {DomainError} `jambonz.bad_body` for blanks */
export function readNumber(sent: string): ReadNumber {
  if (/\s/.test(sent)) throw badBody('number must not contain whitespace');
  const digits = international.exec(sent)?.[1];
  const e164 = digits && parseE164(`+${digits}`, everywhere);
  if (e164) return { kind: 'public', e164 };
  return { kind: 'pattern', pattern: digits ? `+${digits}` : sent };
}
