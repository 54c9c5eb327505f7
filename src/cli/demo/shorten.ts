/** A uuid or the id of a call in sipgate's form: long, and its first eight digits tell it apart. */
const longId = /\b([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b([0-9A-F]{8})[0-9A-F]{24}\b/g;

/** Text with long ids cut to their first eight digits. */
export const withShortIds = (text: string): string =>
  text.replace(longId, (_id, dashed?: string, plain?: string) => `${dashed ?? plain}…`);

/** Text that fits into a width, in characters. */
export const cutTo = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** Stands for the fields that are not shown. */
const others = { '…': 0 };

/** A value as JSON in one line, without what a reader does not need to see. */
export const shortJson = (value: unknown): string =>
  value === undefined || value === ''
    ? ''
    : withShortIds(JSON.stringify(value)).replaceAll('"…":0', '…');

/** The named fields of an object; `…` stands for the others. */
export function only(value: object, ...names: readonly string[]): Record<string, unknown> {
  const fields = value as Readonly<Record<string, unknown>>;
  const kept = Object.fromEntries(names.map((name) => [name, fields[name]]));
  return Object.keys(fields).length > names.length ? { ...kept, ...others } : kept;
}
