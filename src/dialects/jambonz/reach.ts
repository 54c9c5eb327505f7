import type { FastifyRequest } from 'fastify';
import type { Account } from '../../core/accounts/index.ts';
import type { Services } from '../../http/services.ts';
import { type Actor, type Place, reaches, reachOf } from '../../kernel/actor.ts';
import { type AccountId, type Sid, toId } from '../../kernel/ids.ts';
import { badSid, beyondReach, noSuchThing } from './request-errors.ts';

/** A sid out of a path. @throws {DomainError} `jambonz.bad_sid` for anything that is no UUID */
export function pathSid(request: { readonly params: unknown }, name: string): Sid {
  const sid = toId<Sid>(String((request.params as Record<string, unknown>)[name]));
  if (!sid) throw badSid();
  return sid;
}

/** The same person, acting inside one account that is within reach. */
export const actingIn = (actor: Actor, accountId: AccountId): Actor => ({
  ...actor,
  accountId,
  admin: true,
});

/** @throws {DomainError} `jambonz.beyond_reach` (forbidden) */
export function mustReach(actor: Actor, place: Place): void {
  if (!reaches(reachOf(actor), place)) throw beyondReach();
}

/** Who asks, and about which account. */
export interface InAccount {
  readonly actor: Actor;
  readonly account: Account;
}

/**
 * The account of the path, and the caller acting inside it.
 * @throws {DomainError} `jambonz.bad_sid`, `jambonz.not_found`, `jambonz.beyond_reach`
 */
export async function accountInPath(
  { accounts }: Pick<Services, 'accounts'>,
  request: Pick<FastifyRequest, 'params' | 'actor'>,
): Promise<InAccount> {
  const account = await accounts.findBySid(pathSid(request, 'account_sid'));
  if (account?.kind !== 'customer') throw noSuchThing('account');
  mustReach(request.actor, { accountId: account.id, operatorId: account.operatorId });
  return { actor: actingIn(request.actor, account.id), account };
}

/** The service provider of the path, and the caller acting inside what it has kept for itself. */
export async function providerInPath(
  { accounts }: Pick<Services, 'accounts'>,
  request: Pick<FastifyRequest, 'params' | 'actor'>,
): Promise<InAccount> {
  const account = await accounts.findBySid(pathSid(request, 'service_provider_sid'));
  if (account?.kind !== 'operator') throw noSuchThing('service provider');
  mustReach(request.actor, { accountId: account.id, operatorId: undefined });
  return { actor: actingIn(request.actor, account.id), account };
}
