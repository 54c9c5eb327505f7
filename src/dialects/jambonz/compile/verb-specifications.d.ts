declare module '@jambonz/verb-specifications' {
  interface Log {
    info(...words: readonly unknown[]): void;
  }
  /** Every verb in the form `{name: properties}`. @throws {Error} in the words of the contract */
  export function normalizeJambones(
    logger: Log,
    verbs: unknown,
  ): readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  /** @throws {Error} in the words of the contract */
  export function validate(logger: Log, verbs: unknown): void;
}
