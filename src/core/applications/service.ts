import type { Actor } from '../../kernel/actor.ts';
import type { AccountId, ApplicationId, Sid } from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import type { Application, ApplicationChange, NewApplication } from './application.ts';

/** The applications of the actor's account. */
export interface Applications {
  list(actor: Actor): Promise<readonly Application[]>;
  /** @throws {DomainError} `application.not_found` */
  get(actor: Actor, id: ApplicationId): Promise<Application>;
  /** @throws {DomainError} `application.invalid`, `hook.invalid` */
  create(actor: Actor, application: NewApplication): Promise<Application>;
  change(actor: Actor, id: ApplicationId, change: ApplicationChange): Promise<Application>;
  /** @throws {DomainError} `application.in_use` (conflict) while numbers or trunks lead to it */
  remove(actor: Actor, id: ApplicationId): Promise<void>;
  /** For program sources, which know an application by its second id. */
  find(accountId: AccountId, sid: Sid): Promise<Application | undefined>;
  /** The application that a public number leads to, if it leads to one. */
  forNumber(number: E164): Promise<Application | undefined>;
}
