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

/** How texts of the environment become values. An empty text counts as absent. */
export const read = {
  text:
    <Default extends string | undefined>(fallback: Default) =>
    (text: string | undefined): string | Default =>
      text || fallback,
  port:
    (fallback: number) =>
    (text: string | undefined): number => {
      if (!text) return fallback;
      const port = Number(text);
      return Number.isInteger(port) && port >= 0 && port <= 65_535
        ? port
        : fail('must be a port, 0 to 65535');
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
  list:
    <Default extends readonly string[] | undefined>(fallback: Default) =>
    (text: string | undefined): readonly string[] | Default =>
      text === undefined
        ? fallback
        : text
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean),
  portRange:
    (from: number, to: number) =>
    (text: string | undefined): { readonly from: number; readonly to: number } => {
      if (!text) return { from, to };
      const [low, high] = text.split('-').map(Number);
      if (low && high && low >= 1024 && high <= 65_535 && high - low >= 10)
        return { from: low, to: high };
      return fail('must be two ports such as 20000-24000');
    },
  url: (text: string | undefined): string | undefined => {
    if (!text) return undefined;
    if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
      return fail('must be an address such as https://phone.example');
    return text.replace(/\/+$/, '');
  },
} as const;
