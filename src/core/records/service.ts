import type { Actor, Reach } from '../../kernel/actor.ts';
import type { RecordPage, RecordQuery } from './record.ts';

/** Call records (CDRs) over one or more accounts: one for each leg. */
export interface Records {
  /**
   * What the actor reaches.
   * @param within - a part of it, such as one account
   * @throws {DomainError} `access.forbidden` for people who do not administer
   */
  list(actor: Actor, query: RecordQuery, within?: Reach): Promise<RecordPage>;
}
