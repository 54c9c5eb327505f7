import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, reaches, reachOf } from '../../kernel/actor.ts';
import type { Account, Accounts } from '../accounts/index.ts';
import { usualCalls } from './limit.ts';
import type { LimitStore } from './limit-store.ts';
import type { Limits } from './service.ts';

export interface LimitPorts {
  readonly store: LimitStore;
  readonly accounts: Pick<Accounts, 'limitCalls'>;
}

function mustBeAbove(actor: Actor, account: Account): void {
  const reach = reachOf(actor);
  if (reach.kind === 'installation') return;
  const isOwner = reach.kind === 'operator' && account.operatorId === reach.operatorId;
  if (!isOwner) throw forbidden('set the own limits');
}

function mustSee(actor: Actor, { id, operatorId }: Account): void {
  if (!reaches(reachOf(actor), { accountId: id, operatorId })) throw forbidden('see these limits');
}

export function createLimits({ store, accounts }: LimitPorts): Limits {
  return {
    async of(actor, account, category) {
      mustSee(actor, account);
      return store.list(account.id, category);
    },
    async set(actor, account, { category, quantity }) {
      mustBeAbove(actor, account);
      if (category === 'voice_call_session') await accounts.limitCalls(account.id, quantity);
      return store.put(account.id, category, quantity);
    },
    async remove(actor, account, category) {
      mustBeAbove(actor, account);
      const removed = await store.remove(account.id, category);
      if (removed.some((limit) => limit.category === 'voice_call_session'))
        await accounts.limitCalls(account.id, usualCalls[account.kind]);
    },
  };
}
