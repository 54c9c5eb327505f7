/**
 * Tones of countries: frequencies in Hz, durations in ms.
 * @see ITU-T E.180 supplement 2 (various tones used in national networks)
 */
const countries = {
  at: { ring: '420/1000,0/5000', busy: '420/400,0/400', dial: '420', congestion: '420/200,0/200' },
  ch: { ring: '425/1000,0/4000', busy: '425/500,0/500', dial: '425', congestion: '425/200,0/200' },
  de: { ring: '425/1000,0/4000', busy: '425/480,0/480', dial: '425', congestion: '425/240,0/240' },
  fr: { ring: '440/1500,0/3500', busy: '440/500,0/500', dial: '440', congestion: '440/250,0/250' },
  gb: {
    ring: '400+450/400,0/200,400+450/400,0/2000',
    busy: '400/375,0/375',
    dial: '350+440',
    congestion: '400/400,0/350,400/225,0/525',
  },
  nl: { ring: '425/1000,0/4000', busy: '425/500,0/500', dial: '425', congestion: '425/250,0/250' },
  us: {
    ring: '440+480/2000,0/4000',
    busy: '480+620/500,0/500',
    dial: '350+440',
    congestion: '480+620/250,0/250',
  },
} as const;

const aliases: Readonly<Record<string, keyof typeof countries>> = { uk: 'gb', ca: 'us' };

/** The tone zone of a country; German tones where the country has none of its own. */
export function toneZone(country: string): string {
  const name = country.toLowerCase();
  return name in countries ? name : (aliases[name] ?? 'de');
}

/** `indications.conf`. */
export const indicationsConf = (): string =>
  `[general]\ncountry=de\n\n${Object.entries(countries)
    .map(
      ([name, tones]) => `[${name}]
description=${name}
ringcadence=1000,4000
dial=${tones.dial}
busy=${tones.busy}
ring=${tones.ring}
congestion=${tones.congestion}
callwaiting=${tones.busy}
dialrecall=${tones.dial}
record=1400/300,0/15000
info=950/330,1400/330,1800/330,0/1000
stutter=${tones.dial}
`,
    )
    .join('\n')}`;
