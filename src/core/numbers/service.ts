import type { Actor } from '../../kernel/actor.ts';
import type { AccountId, NumberId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewNumber, NumberTarget, PhoneNumber } from './number.ts';
import type { NewNumberPattern, NumberPattern } from './number-pattern.ts';

/** The public numbers of the actor's account. */
export interface Numbers {
  list(actor: Actor, page: PageRequest): Promise<Page<PhoneNumber>>;
  all(actor: Actor): Promise<readonly PhoneNumber[]>;
  ofUser(actor: Actor, userId: UserId): Promise<readonly PhoneNumber[]>;
  /** @throws {DomainError} `number.not_found` */
  get(actor: Actor, id: NumberId): Promise<PhoneNumber>;
  /** @throws {DomainError} `number.taken` (conflict), also when another account has it */
  create(actor: Actor, number: NewNumber): Promise<PhoneNumber>;
  change(actor: Actor, id: NumberId, target: NumberTarget): Promise<PhoneNumber>;
  remove(actor: Actor, id: NumberId): Promise<void>;
  /**
   * A short number, a SIP user name or a pattern.
   * @throws {DomainError} `number.invalid`, `number.taken` (conflict) within the account
   */
  createPattern(actor: Actor, pattern: NewNumberPattern): Promise<NumberPattern>;
  /** Gives a number or pattern to another account. The actor must reach both; it leads nowhere there yet. */
  move(actor: Actor, id: NumberId, to: AccountId): Promise<void>;
}
