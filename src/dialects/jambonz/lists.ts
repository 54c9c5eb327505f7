import { type Static, type TSchema, Type } from 'typebox';
import type { EstateItems, EstateKind, Owned } from '../../core/estate/index.ts';
import type { Services } from '../../http/services.ts';
import type { Actor, Reach } from '../../kernel/actor.ts';
import { type Sid, toId } from '../../kernel/ids.ts';
import { badSid } from './request-errors.ts';

/** Pages of lists, which are whole without. A text is looked for as a part. */
export const ListQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  page_size: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  name: Type.Optional(Type.String({ maxLength: 64 })),
  filter: Type.Optional(Type.String({ maxLength: 64 })),
  account_sid: Type.Optional(Type.String({ maxLength: 64 })),
  service_provider_sid: Type.Optional(Type.String({ maxLength: 64 })),
});
export type ListQuery = Static<typeof ListQuery>;

/** Entries of a page where nothing is said. */
const usualSize = 25;

/** A list, or a page of it when one was asked for. */
export const ListOf = <Item extends TSchema>(item: Item) =>
  Type.Union([
    Type.Array(item),
    Type.Object({
      total: Type.Integer(),
      page: Type.Integer(),
      page_size: Type.Integer(),
      data: Type.Array(item),
    }),
  ]);

/** What the query names of what the caller reaches. @throws {DomainError} `jambonz.bad_sid` */
async function narrowed(
  { accounts }: Pick<Services, 'accounts'>,
  { account_sid, service_provider_sid }: ListQuery,
): Promise<Reach | 'nothing' | undefined> {
  const sent = account_sid ?? service_provider_sid;
  if (!sent) return undefined;
  const sid = toId<Sid>(sent);
  if (!sid) throw badSid();
  const account = await accounts.findBySid(sid);
  if (account?.kind !== (account_sid ? 'customer' : 'operator')) return 'nothing';
  return account.kind === 'operator'
    ? { kind: 'operator', operatorId: account.id }
    : { kind: 'account', accountId: account.id };
}

/**
 * A list of things as the contract pages them.
 * @param within - an account or provider of the path; what the caller reaches in any case
 */
export async function listed<Kind extends EstateKind, Shown>(
  services: Pick<Services, 'accounts' | 'estate'>,
  {
    actor,
    query,
    kind,
    within,
    present,
  }: {
    readonly actor: Actor;
    readonly query: ListQuery;
    readonly kind: Kind;
    readonly within?: Reach;
    readonly present: (owned: Owned<EstateItems[Kind]>) => Shown;
  },
) {
  const { page, page_size: size } = query;
  const isPaged = page !== undefined || size !== undefined;
  const asked = await narrowed(services, query);
  const wanted = { number: page ?? 1, size: size ?? usualSize };
  const { items, total } =
    asked === 'nothing'
      ? { items: [], total: 0 }
      : await services.estate.list(actor, kind, {
          within: within ?? asked,
          text: query.name ?? query.filter,
          page: isPaged ? wanted : undefined,
        });
  const data = items.map(present);
  return isPaged ? { total, page: wanted.number, page_size: wanted.size, data } : data;
}
