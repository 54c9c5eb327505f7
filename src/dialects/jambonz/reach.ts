import type { FastifyRequest } from 'fastify';
import type { Account } from '../../core/accounts/index.ts';
import type { EstateItems, EstateKind, Owned } from '../../core/estate/index.ts';
import type { Services } from '../../http/services.ts';
import { type Actor, type Place, reaches, reachOf } from '../../kernel/actor.ts';
import type { DomainError } from '../../kernel/domain-error.ts';
import { type AccountId, type Sid, toId } from '../../kernel/ids.ts';
import { badBody, badSid, beyondReach, noSuchThing } from './request-errors.ts';

/** A sid out of a path. @throws {DomainError} `jambonz.bad_sid` for anything that is no UUID */
export function pathSid(request: { readonly params: unknown }, name: string): Sid {
  const sid = toId<Sid>(String((request.params as Record<string, unknown>)[name]));
  if (!sid) throw badSid();
  return sid;
}

/** The same caller, acting inside one account that is within reach, and seeing nothing else meanwhile. */
export const actingIn = (
  { operatorId: _operatorId, ...actor }: Actor,
  accountId: AccountId,
): Actor => ({ ...actor, accountId, admin: true, operator: false });

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
  { unknown }: { readonly unknown?: (sid: Sid) => DomainError } = {},
): Promise<InAccount> {
  const sid = pathSid(request, 'account_sid');
  const account = await accounts.findBySid(sid);
  if (account?.kind !== 'customer') throw unknown?.(sid) ?? noSuchThing('account');
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

/** What is answered about things that are not there, or are somebody else's. */
interface Refusals {
  readonly unknown?: () => DomainError;
  readonly foreign?: () => DomainError;
}

/** A thing of the path, whose it is, and the caller acting inside that account. */
export interface InPath<Item> extends Owned<Item> {
  readonly actor: Actor;
}

/**
 * A thing by the sid in the path.
 * @throws {DomainError} `jambonz.bad_sid`, `jambonz.not_found` unless the contract says otherwise
 */
export async function thingInPath<Kind extends EstateKind>(
  { estate }: Pick<Services, 'estate'>,
  request: Pick<FastifyRequest, 'params' | 'actor'>,
  kind: Kind,
  parameter: string,
  { unknown, foreign }: Refusals = {},
): Promise<InPath<EstateItems[Kind]>> {
  const found = await estate.find(request.actor, kind, pathSid(request, parameter));
  const nothing = () => noSuchThing(kind);
  if (found === 'foreign') throw (foreign ?? unknown ?? nothing)();
  if (!found) throw (unknown ?? nothing)();
  return { ...found, actor: actingIn(request.actor, found.owner.accountId) };
}

/**
 * The caller, acting where something new is to be: in the account that the body names, else in the own one. Keys of
 * accounts act in their account whatever they say.
 * @throws {DomainError} `foreign`, else `jambonz.beyond_reach`, for accounts of others; `unknown` for none at all
 */
export async function actingFor(
  { accounts }: Pick<Services, 'accounts'>,
  actor: Actor,
  accountSid: string | null | undefined,
  { unknown = () => badBody('unknown account_sid'), foreign = beyondReach }: Refusals = {},
): Promise<Actor> {
  if (!accountSid || reachOf(actor).kind === 'account') return actor;
  const account = await accounts.findBySid(accountSid.toLowerCase() as Sid);
  if (account?.kind !== 'customer') throw unknown();
  if (!reaches(reachOf(actor), { accountId: account.id, operatorId: account.operatorId }))
    throw foreign();
  return actingIn(actor, account.id);
}
