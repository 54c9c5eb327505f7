import type { Actor, Reach } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import type { EstateItems, EstateKind, EstateList, EstateQuery, Owned } from './estate.ts';

/** Looks over the things of several accounts; they are changed through the services of their domains. */
export interface Estate {
  /** Something by its second id. `foreign`: it is there, and belongs to somebody else. */
  find<Kind extends EstateKind>(
    actor: Actor,
    kind: Kind,
    sid: Sid,
  ): Promise<Owned<EstateItems[Kind]> | 'foreign' | undefined>;
  /** What is within reach, oldest first. @param within - narrows what the actor reaches */
  list<Kind extends EstateKind>(
    actor: Actor,
    kind: Kind,
    query: EstateQuery & { readonly within?: Reach | undefined },
  ): Promise<EstateList<EstateItems[Kind]>>;
}
