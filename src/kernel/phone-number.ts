import {
  type CountryCode,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import type { Branded } from './ids.ts';

/** A public number with its plus: `+4922166980201`. @see ITU-T E.164 */
export type E164 = Branded<'E164'>;

/** Where a dialled string is dialled: decides what a number without country code means. */
export interface NumberingPlan {
  /** ISO 3166-1 alpha-2, such as `DE`. */
  readonly country: string;
  /** Without the leading zero, such as `221`; empty where numbers are always dialled whole. */
  readonly areaCode: string;
}

const countryOf = (country: string): CountryCode | undefined =>
  isSupportedCountry(country) ? country : undefined;

/** Fewer digits than these are extensions or service numbers. */
const shortestLocal = 5;
const shortestInternational = 8;

/** Characters that people put between digits. */
const separators = /[\s().\-/]/g;

/** What was dialled, without what people put between digits. */
export const withoutSeparators = (dialled: string): string => dialled.replace(separators, '');

/** What stands before the numbers of a country after the plus: `49`. @see ITU-T E.164 annex D */
export function callingCodeOf(country: string): string | undefined {
  const known = countryOf(country);
  return known && getCountryCallingCode(known);
}

/**
 * A public number as dialled or written, as E.164; `undefined` for anything that is none.
 * Accepts `+49 221 …`, `0049 221 …`, `0221 …`, `4922…` (international without plus) and, with an area
 * code, a local number.
 */
export function parseE164(text: string, plan: NumberingPlan): E164 | undefined {
  const digits = withoutSeparators(text);
  if (!/^\+?\d{3,20}$/.test(digits)) return undefined;
  if (digits.startsWith('+')) return readE164(digits, plan, false);
  const isLocal = plan.areaCode !== '' && !digits.startsWith('0') && digits.length >= shortestLocal;
  const local = isLocal ? `${nationalPrefix(plan)}${plan.areaCode}${digits}` : digits;
  const international = digits.length >= shortestInternational ? `+${digits}` : digits;
  const national = nationalPrefix(plan) === '' ? digits : local;
  return (
    readE164(local, plan, true) ??
    readE164(national, plan, true) ??
    readE164(international, plan, true)
  );
}

/** @param strict - whether the number must exist by the country's plan, or may only look like one */
function readE164(text: string, plan: NumberingPlan, strict: boolean): E164 | undefined {
  const parsed = parsePhoneNumberFromString(text, countryOf(plan.country));
  const good = strict ? parsed?.isValid() : parsed?.isPossible();
  if (!good || !parsed) return undefined;
  // Some that only look like numbers would lose another zero each time they are read.
  const again = parsePhoneNumberFromString(parsed.number);
  return again?.number === parsed.number ? (parsed.number as string as E164) : undefined;
}

const nationalPrefix = (plan: NumberingPlan) =>
  plan.country === 'IT' || plan.country === 'US' ? '' : '0';

/** E.164 without its plus, as several dialects print numbers. */
export const withoutPlus = (number: string): string =>
  number.startsWith('+') ? number.slice(1) : number;
