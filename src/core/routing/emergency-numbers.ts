import { callingCodeOf, withoutSeparators } from '../../kernel/phone-number.ts';

/**
 * Emergency numbers by country; elsewhere 112 and 911 count.
 * @see ITU-T E.161.1; Directive (EU) 2018/1972 article 109 for 112
 */
const byCountry: Readonly<Record<string, readonly string[]>> = {
  AT: ['112', '122', '133', '144'],
  AU: ['000', '112'],
  BE: ['112', '100', '101'],
  CA: ['911'],
  CH: ['112', '117', '118', '144'],
  DE: ['110', '112'],
  DK: ['112'],
  ES: ['112'],
  FR: ['112', '15', '17', '18'],
  GB: ['112', '999'],
  IE: ['112', '999'],
  IT: ['112'],
  JP: ['110', '118', '119'],
  LU: ['112', '113'],
  NL: ['112'],
  NZ: ['111', '112'],
  PL: ['112', '997', '998', '999'],
  SE: ['112'],
  US: ['911'],
};

const elsewhere: readonly string[] = ['112', '911'];

/**
 * The emergency number of a country that a dialled string means, bare. People and address books write it with
 * separators, with a plus (`+112`), or as if it were a number of the country (`+49112`); no public number is
 * as short as any of these.
 */
export function emergencyNumber(dialled: string, country: string): string | undefined {
  const digits = withoutSeparators(dialled);
  const beginnings = ['', '+', `+${callingCodeOf(country) ?? ''}`];
  return (byCountry[country] ?? elsewhere).find((number) =>
    beginnings.some((beginning) => digits === beginning + number),
  );
}

/** Whether a dialled string calls for help in a country. */
export const isEmergencyNumber = (dialled: string, country: string): boolean =>
  emergencyNumber(dialled, country) !== undefined;
