import type { Actor } from '../../kernel/actor.ts';
import type { NumberId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewNumber, NumberTarget, PhoneNumber } from './number.ts';

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
}
