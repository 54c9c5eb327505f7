import type { Reach } from '../../kernel/actor.ts';
import type { Sid } from '../../kernel/ids.ts';
import type { EstateItems, EstateKind, EstateList, EstateQuery, Owned } from './estate.ts';

/** Crosses accounts by nature; the use case sees to who may. */
export interface EstateStore {
  find<Kind extends EstateKind>(
    kind: Kind,
    sid: Sid,
  ): Promise<Owned<EstateItems[Kind]> | undefined>;
  list<Kind extends EstateKind>(
    kind: Kind,
    reaches: readonly Reach[],
    query: EstateQuery,
  ): Promise<EstateList<EstateItems[Kind]>>;
}
