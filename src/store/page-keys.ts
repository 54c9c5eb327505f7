import { DomainError } from '../kernel/domain-error.ts';
import { isUuid } from '../kernel/ids.ts';
import type { Page } from '../kernel/page.ts';

/** Where a page ended: the instant and id of its last row. */
export interface PageKey {
  readonly at: Date;
  readonly id: string;
}

const badCursor = () =>
  new DomainError('invalid', 'page.bad_cursor', 'The cursor is not one that a list has given');

export const writeKey = ({ at, id }: PageKey): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** @throws {DomainError} `page.bad_cursor` (invalid) */
export function readKey(cursor: string | undefined): PageKey | undefined {
  if (cursor === undefined) return undefined;
  const [at, id] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const instant = new Date(at ?? '');
  if (!id || !isUuid(id) || Number.isNaN(instant.getTime())) throw badCursor();
  return { at: instant, id };
}

/** A page out of one row more than was asked for. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  toItem: (row: Row) => Item,
  keyOf: (row: Row) => PageKey,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toItem),
    next: rows.length > limit && last ? writeKey(keyOf(last)) : undefined,
  };
}
