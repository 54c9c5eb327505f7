import type { AccountId, EndpointId, UserId } from '../../kernel/ids.ts';
import type { Page, PageRequest } from '../../kernel/page.ts';
import type { Endpoint, EndpointChange, NewEndpoint } from './endpoint.ts';

/** Secrets are encrypted by the store; the digest is computed by the use case. */
export interface EndpointStore {
  find(accountId: AccountId, id: EndpointId): Promise<Endpoint | undefined>;
  list(accountId: AccountId, page: PageRequest): Promise<Page<Endpoint>>;
  ofUser(accountId: AccountId, userId: UserId): Promise<readonly Endpoint[]>;
  all(accountId: AccountId): Promise<readonly Endpoint[]>;
  insert(accountId: AccountId, endpoint: NewEndpoint, ha1: string): Promise<Endpoint>;
  change(
    accountId: AccountId,
    id: EndpointId,
    change: EndpointChange,
    ha1: string | undefined,
  ): Promise<Endpoint | undefined>;
  remove(accountId: AccountId, id: EndpointId): Promise<boolean>;
  /** Shown only to its owner or an administrator. */
  secret(accountId: AccountId, id: EndpointId): Promise<string | undefined>;
}
