import type { AccountId, NumberId, Sid, TrunkId } from '../../kernel/ids.ts';
import type { NumberTarget } from './number.ts';

/**
 * Called numbers that have no place in the public plan: a short number or SIP user name, a beginning such as `1555*`,
 * or a simple regular expression. Looked at after the numbers of the account.
 */
export interface NumberPattern {
  readonly id: NumberId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly pattern: string;
  readonly target: NumberTarget;
  /** Calls from this trunk alone are meant. */
  readonly trunkId: TrunkId | undefined;
  readonly createdAt: Date;
}

export type NewNumberPattern = Pick<NumberPattern, 'pattern' | 'target' | 'trunkId'>;

/** Characters of a pattern, and how often one may repeat without an end: matching must not take its time. */
const longest = 64;
const mostRepeats = 3;

/** Digits, letters and `*` for anything: no expression. */
const plain = /^[0-9A-Za-z+*#_@.-]+$/;

/** One step of an expression: an anchor, or a character or class with how often it comes. No groups, no choices. */
const step =
  /\^|\$|(?:\\[d+*.]|\.|\[\^?[0-9A-Za-z+*#_-]+\]|[0-9A-Za-z+#_@-])(?:\*|\+|\?|\{\d{1,2}(?:,\d{0,2})?\})?/y;

const isExpression = (pattern: string): boolean =>
  /[\^$[\]{}?\\]|\.[*+]/.test(pattern) || !plain.test(pattern);

/** Whether a text can be matched in little time. */
export function isPattern(pattern: string): boolean {
  if (pattern === '' || pattern.length > longest) return false;
  if (!isExpression(pattern)) return (pattern.match(/\*/g)?.length ?? 0) <= mostRepeats;
  step.lastIndex = 0;
  let repeats = 0;
  while (step.lastIndex < pattern.length) {
    const found = step.exec(pattern);
    if (!found) return false;
    if (/[*+]$|,\}$/.test(found[0]) && found[0].length > 1) repeats += 1;
  }
  return repeats <= mostRepeats && canCompile(pattern);
}

function canCompile(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern));
  } catch {
    return false;
  }
}

const toExpression = (pattern: string): RegExp =>
  isExpression(pattern)
    ? new RegExp(pattern)
    : new RegExp(`^${pattern.replace(/[.+]/g, '\\$&').replaceAll('*', '.*')}$`);

/** Digits after which nothing is looked at. */
const longestDialled = 64;

/** Whether a called number is meant by a pattern, with its plus or without. */
export function isMatch(pattern: string, dialled: string): boolean {
  const called = dialled.slice(0, longestDialled);
  if (!isPattern(pattern)) return pattern === called;
  const expression = toExpression(pattern);
  return expression.test(called) || expression.test(called.replace(/^\+/, ''));
}

/** The pattern that says most about a called number. */
export const choosePattern = <Item extends Pick<NumberPattern, 'pattern' | 'trunkId'>>(
  patterns: readonly Item[],
  dialled: string,
  trunkId: TrunkId | undefined,
): Item | undefined =>
  patterns
    .filter((one) => one.trunkId === undefined || one.trunkId === trunkId)
    .filter(({ pattern }) => isMatch(pattern, dialled))
    .sort((a, b) => b.pattern.length - a.pattern.length)[0];
