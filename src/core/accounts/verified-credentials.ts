import { hash, randomBytes } from 'node:crypto';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** Somebody who proved who they are, and the stored hash that the proof was compared with, if any. */
export interface Verified {
  readonly actor: Actor;
  readonly secretHash: string | undefined;
}

/** What is remembered of a credential that was verified. */
export interface Remembered extends Verified {
  /** Something of the account changed since: who it is must be looked up again. */
  readonly isDoubtful: boolean;
}

/** Credentials that were verified a while ago, so that a password is not hashed with every request. */
export interface VerifiedCredentials {
  /** Under what a credential is remembered; tells nothing of it outside this process. */
  keyOf(...parts: readonly string[]): string;
  find(key: string): Remembered | undefined;
  /** A moment before a credential is looked up; what changes after it puts the result in doubt. */
  mark(): number;
  remember(key: string, verified: Verified, since: number): void;
  forget(key: string): void;
  /** Something of an account changed. */
  doubt(accountId: AccountId): void;
}

/** How long a credential is remembered, in milliseconds, and how many are. */
const rememberMs = 60_000;
const rememberMost = 10_000;

export function createVerifiedCredentials(clock: Clock): VerifiedCredentials {
  const pepper = randomBytes(32).toString('base64');
  const known = new Map<string, Verified & { readonly until: number; readonly since: number }>();
  const changes = new Map<AccountId, number>();
  let moment = 0;
  return {
    keyOf: (...parts) => hash('sha256', JSON.stringify([pepper, ...parts]), 'base64'),
    find(key) {
      const found = known.get(key);
      if (!found || found.until <= clock.now().getTime()) return undefined;
      const changed = changes.get(found.actor.accountId) ?? 0;
      return { ...found, isDoubtful: changed > found.since };
    },
    mark: () => moment,
    remember(key, verified, since) {
      if (known.size >= rememberMost) known.clear();
      known.set(key, { ...verified, until: clock.now().getTime() + rememberMs, since });
    },
    forget: (key) => void known.delete(key),
    doubt(accountId) {
      moment += 1;
      changes.set(accountId, moment);
    },
  };
}
