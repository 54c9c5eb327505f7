import type { EndpointName, TrunkName } from '../../engine/port/index.ts';
import type { TrunkId } from '../../kernel/ids.ts';
import type { Account } from '../accounts/index.ts';
import type { Endpoint } from '../endpoints/index.ts';

/** An endpoint in the engine: bare in the default account, whose devices may use any domain. */
export const endpointNameIn = (
  account: Pick<Account, 'isDefault' | 'sipDomain'>,
  { username }: Pick<Endpoint, 'username'>,
): EndpointName =>
  (account.isDefault ? username : `${username}@${account.sipDomain}`) as EndpointName;

/** A trunk in the engine. */
export const trunkNameOf = ({ id }: { readonly id: TrunkId }): TrunkName =>
  `trunk-${id}` as TrunkName;
