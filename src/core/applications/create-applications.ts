import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkHookAddress } from '../hooks/index.ts';
import type { Directory } from '../routing/index.ts';
import type { ApplicationChange } from './application.ts';
import { applicationInUse, applicationInvalid, applicationNotFound } from './application-errors.ts';
import type { ApplicationStore } from './application-store.ts';
import type { Applications } from './service.ts';

export interface ApplicationPorts {
  readonly store: ApplicationStore;
  readonly directory: Pick<Directory, 'ownerOf'>;
  /** Resolves when routing knows what changed. */
  readonly refresh: (accountId: AccountId) => Promise<void>;
}

/** Characters of the steps that run instead of asking. */
const longestSteps = 65_536;

/** @throws {DomainError} `application.invalid`, `hook.invalid` */
function check(change: ApplicationChange): void {
  const { name, callHook, statusHook, messageHook, steps } = change;
  if (name !== undefined && cleanText(name, 64) === '')
    throw applicationInvalid('name', 'is empty');
  if (callHook) checkHookAddress('call_hook', callHook);
  if (statusHook) checkHookAddress('call_status_hook', statusHook);
  if (messageHook) checkHookAddress('messaging_hook', messageHook);
  if (steps && steps.length > longestSteps)
    throw applicationInvalid('steps', `have at most ${longestSteps} characters`);
}

const tidied = <Change extends ApplicationChange>(change: Change): Change => ({
  ...change,
  ...(change.name !== undefined && { name: cleanText(change.name, 64) }),
});

/** Applications, for the dialects and for program sources. */
export function createApplications({ store, directory, refresh }: ApplicationPorts): Applications {
  const mustAdminister = (actor: Actor) => {
    if (!actor.admin) throw forbidden('manage applications');
  };
  return {
    async list(actor) {
      mustAdminister(actor);
      return store.all(actor.accountId);
    },
    async get(actor, id) {
      mustAdminister(actor);
      const application = await store.find(actor.accountId, id);
      if (!application) throw applicationNotFound(id);
      return application;
    },
    async create(actor, given) {
      mustAdminister(actor);
      check(given);
      const made = await store.insert(actor.accountId, tidied(given));
      await refresh(actor.accountId);
      return made;
    },
    async change(actor, id, given) {
      mustAdminister(actor);
      check(given);
      const application = await store.change(actor.accountId, id, tidied(given));
      if (!application) throw applicationNotFound(id);
      await refresh(actor.accountId);
      return application;
    },
    async remove(actor, id) {
      mustAdminister(actor);
      const removed = await store.remove(actor.accountId, id);
      if (removed === false) throw applicationNotFound(id);
      if (removed !== true) throw applicationInUse(removed);
      await refresh(actor.accountId);
    },
    find: (accountId, sid) => store.findBySid(accountId, sid),
    async forNumber(number) {
      const owner = directory.ownerOf(number);
      const target = owner?.number.target;
      return owner && target?.kind === 'application'
        ? store.find(owner.directory.account.id, target.applicationId)
        : undefined;
    },
  };
}
