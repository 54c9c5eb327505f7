import { randomUUID } from 'node:crypto';
import { type Actor, reaches, reachOf } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import {
  type Account,
  type AccountStore,
  credentialRefused,
  firstOperatorId,
} from '../accounts/index.ts';
import { type ApiKey, type ApiKeyScope, isExpired } from './api-key.ts';
import { apiKeyForeign, apiKeyInvalid, apiKeyNotFound, apiKeyTooMighty } from './api-key-errors.ts';
import type { ApiKeyStore } from './api-key-store.ts';
import type { ApiKeys, WantedApiKey } from './service.ts';

export interface ApiKeyPorts {
  readonly store: ApiKeyStore;
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly clock: Clock;
}

/** Milliseconds for which a key that was used is not written down again. */
const usedAgainMs = 60_000;

const placeOf = ({ id, operatorId }: Account) => ({ accountId: id, operatorId });

const scopeFor = (account: Account | undefined): ApiKeyScope => {
  if (!account) return 'installation';
  return account.kind === 'operator' ? 'operator' : 'account';
};

/** @throws {DomainError} `api_key.too_mighty` (forbidden) */
function mayMake(actor: Actor, of: WantedApiKey['of'], account: Account | undefined): void {
  const reach = reachOf(actor);
  if (reach.kind === 'installation') return;
  const own = reach.kind;
  if (of === 'installation') throw apiKeyTooMighty(own, 'installation');
  const isWithin = account !== undefined && actor.admin && reaches(reach, placeOf(account));
  if (!isWithin) throw apiKeyTooMighty(own, 'foreign');
}

export function createApiKeys({ store, accounts, clock }: ApiKeyPorts): ApiKeys {
  const actorOf = (key: ApiKey, dialect: Actor['dialect']): Actor => ({
    accountId: key.accountId,
    userId: undefined,
    admin: true,
    operator: key.scope === 'installation',
    ...(key.scope === 'operator' && { operatorId: key.accountId }),
    scopes: 'all',
    credentialId: key.id,
    dialect,
  });
  return {
    async signIn(token, { dialect }) {
      const found = await store.findByToken(token);
      const now = clock.now();
      if (!found || isExpired(found.key, now)) throw credentialRefused();
      const { key } = found;
      const last = key.lastUsedAt?.getTime() ?? 0;
      if (now.getTime() - last >= usedAgainMs) await store.markUsed(key.accountId, key.id, now);
      return actorOf(key, dialect);
    },
    async create(actor, { of, expiresAt }) {
      const isOwned = of !== 'installation' && of !== 'unknown';
      const account = isOwned ? await accounts.find(of) : undefined;
      mayMake(actor, of, account);
      if (of !== 'installation' && !account) throw apiKeyInvalid('account', 'does not exist');
      if (expiresAt && isExpired({ expiresAt }, clock.now()))
        throw apiKeyInvalid('expiry', 'is in the past');
      return store.insert({
        accountId: account?.id ?? firstOperatorId,
        scope: scopeFor(account),
        token: randomUUID(),
        expiresAt,
      });
    },
    async of(actor, accountId) {
      const account = await accounts.find(accountId);
      if (!account || !actor.admin || !reaches(reachOf(actor), placeOf(account)))
        throw apiKeyForeign();
      const scope = scopeFor(account);
      return (await store.ofAccount(accountId)).filter((key) => key.scope === scope);
    },
    async remove(actor, sid) {
      const found = await store.findBySid(sid);
      if (!found) throw apiKeyNotFound(sid);
      const { key, account } = found;
      const isBeyond = key.scope === 'installation' && !actor.operator;
      if (isBeyond || !actor.admin || !reaches(reachOf(actor), placeOf(account)))
        throw apiKeyForeign();
      if (!(await store.remove(key.accountId, key.id))) throw apiKeyNotFound(sid);
    },
  };
}
