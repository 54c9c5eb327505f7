import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, reachOf } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import { type AccountId, newSid } from '../../kernel/ids.ts';
import { firstOperatorId, placeholderDomain } from '../accounts/index.ts';
import { checkHookAddress } from '../hooks/index.ts';
import type { OperatorChange } from './operator.ts';
import { operatorInUse, operatorInvalid, operatorNotFound } from './operator-errors.ts';
import type { OperatorStore } from './operator-store.ts';
import type { Operators } from './service.ts';

export interface OperatorPorts {
  readonly store: OperatorStore;
  readonly refresh: (accountId: AccountId) => Promise<void>;
}

const domainPattern = /^(?=.{1,190}$)[a-z0-9]([a-z0-9-]{0,62})(\.[a-z0-9]([a-z0-9-]{0,62}))*$/;

/** @throws {DomainError} `operator.invalid`, `hook.invalid` */
function checked<Change extends OperatorChange>(given: Change): Change {
  const name = given.name === undefined ? undefined : cleanText(given.name, 64);
  const rootDomain = given.rootDomain?.toLowerCase();
  if (name === '') throw operatorInvalid('name', 'is empty');
  if (rootDomain !== undefined && !domainPattern.test(rootDomain))
    throw operatorInvalid('root_domain', 'must be a domain');
  if (given.registrationHook) checkHookAddress('registration_hook', given.registrationHook);
  return {
    ...given,
    ...(name !== undefined && { name }),
    ...(rootDomain !== undefined && { rootDomain }),
  };
}

export function createOperators({ store, refresh }: OperatorPorts): Operators {
  const mustManage = (actor: Actor, id: AccountId) => {
    const reach = reachOf(actor);
    const isOwn = reach.kind === 'operator' && reach.operatorId === id;
    if (reach.kind !== 'installation' && !isOwn) throw forbidden('change this operator');
  };
  const mustInstall = (actor: Actor) => {
    if (!actor.operator) throw forbidden('manage operators');
  };
  return {
    async list(actor) {
      const reach = reachOf(actor);
      if (reach.kind === 'account') return [];
      if (reach.kind === 'installation') return store.all();
      const own = await store.find(reach.operatorId);
      return own ? [own] : [];
    },
    async get(_actor, id) {
      const operator = await store.find(id);
      if (!operator) throw operatorNotFound(id);
      return operator;
    },
    async create(actor, given) {
      mustInstall(actor);
      const sid = newSid();
      const made = await store.insert({
        ...checked(given),
        sid,
        sipDomain: placeholderDomain(sid),
      });
      await refresh(made.account.id);
      return made;
    },
    async change(actor, id, given) {
      mustManage(actor, id);
      const operator = await store.change(id, checked(given));
      if (!operator) throw operatorNotFound(id);
      await refresh(id);
      return operator;
    },
    async remove(actor, id) {
      mustInstall(actor);
      if (id === firstOperatorId) throw operatorInUse();
      const removed = await store.remove(id);
      if (removed === 'in_use') throw operatorInUse();
      if (!removed) throw operatorNotFound(id);
      await refresh(id);
    },
  };
}
