import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { accountNotFound, loginInvalid, loginNotFound, loginTaken } from './account-errors.ts';
import type { AccountStore, CredentialStore } from './account-store.ts';
import { type Login, operatorLogin } from './login.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { Logins } from './service.ts';

export interface LoginPorts {
  readonly accounts: Pick<AccountStore, 'find'>;
  readonly credentials: CredentialStore;
  readonly hasher: PasswordHasher;
}

const namePattern = /^[a-z0-9][a-z0-9._@-]{0,62}$/;
const passwordLength = { least: 8, most: 256 };

function check({ name, password }: { readonly name: string; readonly password: string }): void {
  if (!namePattern.test(name))
    throw loginInvalid('name', 'has 1 to 63 of a-z, 0-9, dot, dash, underscore and @');
  if (password.length < passwordLength.least || password.length > passwordLength.most)
    throw loginInvalid('password', 'has 8 to 256 characters');
}

/** Logins of single dialects, which act for their account as an administrator who is no user. */
export function createLogins({ accounts, credentials, hasher }: LoginPorts): Logins {
  const mustReach = async (actor: Actor, id: AccountId): Promise<void> => {
    if (!actor.operator && actor.accountId !== id) throw accountNotFound(id);
    if (!actor.operator && !actor.admin) throw forbidden('manage the logins of the account');
    if (!(await accounts.find(id))) throw accountNotFound(id);
  };
  const all = async (accountId: AccountId): Promise<readonly Login[]> =>
    (await credentials.list(accountId, undefined)).flatMap(({ dialect, ...credential }) =>
      credential.kind === 'login' && dialect ? [{ ...credential, dialect }] : [],
    );
  return {
    async create(actor, accountId, { dialect, name: given, password }) {
      await mustReach(actor, accountId);
      const name = given.toLowerCase();
      check({ name, password });
      if (name === operatorLogin) throw loginTaken(name);
      const made = await credentials.insert({
        accountId,
        userId: undefined,
        kind: 'login',
        dialect,
        name,
        secretHash: await hasher.hash(password),
        scopes: 'all',
        operator: false,
      });
      return { ...made, dialect };
    },
    async list(actor, accountId) {
      await mustReach(actor, accountId);
      return all(accountId);
    },
    async remove(actor, accountId, id) {
      await mustReach(actor, accountId);
      const found = (await all(accountId)).some((login) => login.id === id);
      if (!found || !(await credentials.remove(accountId, id))) throw loginNotFound(id);
    },
  };
}
