import { readDate } from '../present/dates.ts';
import { badBody } from '../request-errors.ts';

interface PageSent {
  readonly page?: string | undefined;
  readonly count?: string | undefined;
}

interface SpanSent {
  readonly days?: number | undefined;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

/** Entries of a page at most, and the last page that can be asked for. */
const most = { count: 500, page: 1_000_000 };

const dayMs = 86_400_000;

function readWhole(sent: string | undefined, name: string, highest: number): number {
  const value = /^\d{1,9}$/.test(sent ?? '') ? Number(sent) : 0;
  if (value < 1 || value > highest) throw badBody(`missing or invalid "${name}" query arg`);
  return value;
}

/** Which part of a list is wanted; both must be said. @throws {DomainError} `jambonz.bad_body` */
export function readPage({ page, count }: PageSent) {
  const number = readWhole(page, 'page', most.page);
  const limit = readWhole(count, 'count', most.count);
  return { page: number, limit, offset: (number - 1) * limit };
}

function readAt(sent: string | undefined, name: string): Date | undefined {
  if (!sent) return undefined;
  const at = readDate(sent);
  if (!at) throw badBody(`invalid "${name}" query arg`);
  return at;
}

/** Of which time; days count back from now and win. @throws {DomainError} `jambonz.bad_body` */
export function readSpan({ days, start, end }: SpanSent, now: Date) {
  if (days !== undefined) return { from: new Date(now.getTime() - days * dayMs), to: undefined };
  return { from: readAt(start, 'start'), to: readAt(end, 'end') };
}
