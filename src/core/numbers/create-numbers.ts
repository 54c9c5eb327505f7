import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../kernel/actor.ts';
import type { AccountId, TrunkId } from '../../kernel/ids.ts';
import { parseE164 } from '../../kernel/phone-number.ts';
import type { Directory } from '../routing/index.ts';
import type { NumberTarget } from './number.ts';
import { numberInvalid, numberNotFound } from './number-errors.ts';
import { isPattern } from './number-pattern.ts';
import type { NumberStore } from './number-store.ts';
import type { Numbers } from './service.ts';

export interface NumberPorts {
  readonly store: NumberStore;
  readonly directory: Directory;
  readonly refresh: (accountId: AccountId) => Promise<void>;
}

/** The public numbers of an account, for the dialects. */
export function createNumbers({ store, directory, refresh }: NumberPorts): Numbers {
  const checkTarget = (accountId: AccountId, target: NumberTarget) => {
    const users = directory.account(accountId)?.users;
    if (target.kind === 'user' && !users?.has(target.userId))
      throw numberInvalid('target', 'names a user that does not exist');
    if (
      target.kind === 'application' &&
      !directory.account(accountId)?.applications.has(target.applicationId)
    )
      throw numberInvalid('target', 'names an application that does not exist');
    if (target.kind === 'dial' && !/^[*#+]?[0-9*#]{1,20}$/.test(target.dialled))
      throw numberInvalid('target', 'must be an extension, a feature code or a number');
  };
  /** A trunk of the account, or one that its operator shares. */
  const checkTrunk = (accountId: AccountId, trunkId: TrunkId | undefined) => {
    if (trunkId === undefined) return;
    const own = directory.account(accountId);
    const operator = own?.account.operatorId && directory.account(own.account.operatorId);
    const known = [...(own?.trunks ?? []), ...(operator ? operator.trunks : [])];
    if (!known.some(({ id }) => id === trunkId)) throw numberInvalid('trunk', 'is not there');
  };
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('manage numbers');
  };
  return {
    list: (actor, page) => store.list(actor.accountId, page),
    all: (actor) => store.all(actor.accountId),
    async ofUser(actor, userId) {
      if (!mayActFor(actor, userId)) throw forbidden('see the numbers of others');
      return store.ofUser(actor.accountId, userId);
    },
    async get(actor, id) {
      const number = await store.find(actor.accountId, id);
      if (!number) throw numberNotFound(id);
      return number;
    },
    async create(actor, { e164, target, trunkId }) {
      mustAdminister(actor);
      const plan = directory.account(actor.accountId)?.account;
      const number = plan && parseE164(e164, plan);
      if (!number) throw numberInvalid('e164', 'must be a number such as +4922166980201');
      checkTarget(actor.accountId, target);
      checkTrunk(actor.accountId, trunkId);
      const made = await store.insert(actor.accountId, { e164: number, target, trunkId });
      await refresh(actor.accountId);
      return made;
    },
    async change(actor, id, target) {
      mustAdminister(actor);
      checkTarget(actor.accountId, target);
      const number = await store.change(actor.accountId, id, target);
      if (!number) throw numberNotFound(id);
      await refresh(actor.accountId);
      return number;
    },
    async remove(actor, id) {
      mustAdminister(actor);
      if (!(await store.remove(actor.accountId, id))) throw numberNotFound(id);
      await refresh(actor.accountId);
    },
    async createPattern(actor, given) {
      mustAdminister(actor);
      if (!isPattern(given.pattern))
        throw numberInvalid('number', 'must be a number, a name, or a simple pattern');
      checkTarget(actor.accountId, given.target);
      checkTrunk(actor.accountId, given.trunkId);
      const made = await store.insertPattern(actor.accountId, given);
      await refresh(actor.accountId);
      return made;
    },
    async move(actor, id, to) {
      mustAdminister(actor);
      const { accountId: from } = actor;
      if (!(await store.move(id, from, to))) throw numberNotFound(id);
      await refresh(from);
      await refresh(to);
    },
  };
}
