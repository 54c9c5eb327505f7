import type { Actor } from '../../kernel/actor.ts';
import type { UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { NewUser, User, UserChange } from './user.ts';

/** The people of the actor's account. Changing others needs an administrator. */
export interface Users {
  list(actor: Actor, page: PageRequest): Promise<Page<User>>;
  all(actor: Actor): Promise<readonly User[]>;
  /** @throws {DomainError} `user.not_found` */
  get(actor: Actor, id: UserId): Promise<User>;
  /** @throws {DomainError} `user.not_found` */
  getBySerial(actor: Actor, serial: number): Promise<User>;
  create(actor: Actor, user: NewUser): Promise<User>;
  change(actor: Actor, id: UserId, change: UserChange): Promise<User>;
  remove(actor: Actor, id: UserId): Promise<void>;
}
