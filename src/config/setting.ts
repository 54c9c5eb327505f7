import { isIP } from 'node:net';

/** One variable of the operating contract. */
export interface Setting<Value> {
  readonly name: string;
  /** As the documentation prints it. */
  readonly shownDefault: string;
  readonly meaning: string;
  /** Kept for a later release: setting it has no effect yet. */
  readonly reserved?: boolean;
  /** @throws {Error} with what a good value looks like */
  readonly read: (text: string | undefined) => Value;
}

const fail = (rule: string): never => {
  throw new Error(rule);
};

/** Names of countries; `undefined` for what is none. */
const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const split = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const isNetwork = (text: string): boolean => {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  const isPrefix = prefix === undefined || (/^\d+$/.test(prefix) && Number(prefix) <= bits);
  return bits > 0 && isPrefix && more.length === 0;
};

/** How texts of the environment become values. An empty text counts as absent. */
export const read = {
  text:
    <Default extends string | undefined>(fallback: Default) =>
    (text: string | undefined): string | Default =>
      text || fallback,
  /** @param least - 0 where a free port may be taken */
  port:
    (fallback: number, least: 0 | 1) =>
    (text: string | undefined): number => {
      if (!text) return fallback;
      const port = Number(text);
      return Number.isInteger(port) && port >= least && port <= 65_535
        ? port
        : fail(`must be a port, ${least} to 65535`);
    },
  secret:
    (leastLength: number) =>
    (text: string | undefined): string | undefined =>
      text && text.length < leastLength
        ? fail(`must have at least ${leastLength} characters`)
        : text || undefined,
  /** @see PostgreSQL 18, section 32.1.1.2 */
  databaseUrl: (text: string | undefined): string | undefined => {
    if (!text) return undefined;
    if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol))
      return fail('must be an address such as postgres://user:password@host:5432/polyvox');
    return text;
  },
  count:
    (fallback: number, most: number) =>
    (text: string | undefined): number => {
      if (!text) return fallback;
      const count = Number(text);
      return Number.isInteger(count) && count >= 0 && count <= most
        ? count
        : fail(`must be a whole number, 0 to ${most}`);
    },
  flag:
    <Default extends boolean | undefined>(fallback: Default) =>
    (text: string | undefined): boolean | Default => {
      if (!text) return fallback;
      if (text === '1' || text === '0') return text === '1';
      return fail('must be 1 or 0');
    },
  choice:
    <Choice extends string>(choices: readonly Choice[], fallback: Choice) =>
    (text: string | undefined): Choice => {
      if (!text) return fallback;
      return (
        choices.find((choice) => choice === text) ?? fail(`must be one of ${choices.join(', ')}`)
      );
    },
  /** Some of a few words, at least one, separated by commas. */
  choices:
    <Choice extends string>(choices: readonly Choice[], fallback: readonly Choice[]) =>
    (text: string | undefined): readonly Choice[] => {
      if (!text) return fallback;
      const words = split(text);
      const isChoice = (word: string): word is Choice => choices.some((choice) => choice === word);
      return words.length > 0 && words.every(isChoice)
        ? words
        : fail(`must be some of ${choices.join(', ')}, separated by commas`);
    },
  /** Addresses and networks, separated by commas; an empty text is none. */
  networks:
    <Default extends readonly string[] | undefined>(fallback: Default) =>
    (text: string | undefined): readonly string[] | Default => {
      if (text === undefined) return fallback;
      const networks = split(text);
      return networks.every(isNetwork)
        ? networks
        : fail('must be addresses or networks such as 192.0.2.7,10.0.0.0/8, separated by commas');
    },
  portRange:
    (from: number, to: number) =>
    (text: string | undefined): { readonly from: number; readonly to: number } => {
      if (!text) return { from, to };
      const [, low = 0, high = 0] = /^(\d+)-(\d+)$/.exec(text)?.map(Number) ?? [];
      if (low >= 1024 && high <= 65_535 && high - low >= 10) return { from: low, to: high };
      return fail('must be two ports such as 20000-24000');
    },
  /** @see ISO 3166-1 alpha-2 */
  country:
    (fallback: string) =>
    (text: string | undefined): string => {
      const country = text || fallback;
      const isCountry = /^[A-Z]{2}$/.test(country) && regions.of(country) !== undefined;
      return isCountry ? country : fail('must be a country such as DE');
    },
  timeZone:
    (fallback: string) =>
    (text: string | undefined): string => {
      const timeZone = text || fallback;
      try {
        new Intl.DateTimeFormat('en', { timeZone });
        return timeZone;
      } catch {
        return fail('must be a time zone such as Europe/Berlin');
      }
    },
  /** Origins of web pages, separated by commas, or `*`. @see RFC 6454 section 6.2 */
  origins: (text: string | undefined): 'any' | readonly string[] => {
    if (text === '*') return 'any';
    const origins = split(text ?? '').map((origin) => origin.toLowerCase());
    const isOrigin = (origin: string): boolean =>
      /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
    return origins.every(isOrigin)
      ? origins
      : fail('must be origins such as https://app.example, separated by commas, or *');
  },
  url: (text: string | undefined): string | undefined => {
    if (!text) return undefined;
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
      return fail('must be an address such as https://phone.example');
    return text.replace(/\/+$/, '');
  },
} as const;
