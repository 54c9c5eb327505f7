import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../kernel/actor.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { PasswordHasher } from '../accounts/index.ts';
import type { Users } from './service.ts';
import type { NewUser, UserChange } from './user.ts';
import { userInvalid, userNotFound } from './user-errors.ts';
import type { UserStore } from './user-store.ts';

export interface UserPorts {
  readonly store: UserStore;
  readonly hasher: PasswordHasher;
  /** Resolves when routing knows what changed. */
  readonly refresh: (accountId: AccountId) => Promise<void>;
}

const emailPattern = /^[^\s@<>"(),:;[\]\\]{1,64}@[^\s@<>"(),:;[\]\\]{1,190}$/;
const loginPattern = /^[a-z0-9][a-z0-9._@-]{0,62}$/;
const extensionPattern = /^[0-9]{2,6}$/;

/** Characters of a password. */
const passwordLength = { least: 8, most: 256 };

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** @throws {DomainError} `user.invalid` naming the field */
export function checkUser(user: UserChange): void {
  const { email, login, extension, password, timeZone, language } = user;
  if (email !== undefined && !emailPattern.test(email))
    throw userInvalid('email', 'must be an e-mail address');
  if (login !== undefined && !loginPattern.test(login))
    throw userInvalid('login', 'has 1 to 63 of a-z, 0-9, dot, dash, underscore and @');
  if (extension !== undefined && !extensionPattern.test(extension))
    throw userInvalid('extension', 'has 2 to 6 digits');
  if (
    password !== undefined &&
    (password.length < passwordLength.least || password.length > passwordLength.most)
  )
    throw userInvalid('password', 'has 8 to 256 characters');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw userInvalid('timeZone', 'must be a name such as Europe/Berlin');
  if (language !== undefined && !/^[a-z]{2}(-[A-Z]{2})?$/.test(language))
    throw userInvalid('language', 'must be a tag such as de or en-GB');
}

/** Names as they may be shown; sign-in names in lower case. */
const tidied = <Fields extends UserChange>(user: Fields): Fields => ({
  ...user,
  ...(user.email !== undefined && { email: user.email.toLowerCase() }),
  ...(user.login !== undefined && { login: user.login.toLowerCase() }),
  ...(user.firstName !== undefined && { firstName: cleanText(user.firstName, 64) }),
  ...(user.lastName !== undefined && { lastName: cleanText(user.lastName, 64) }),
});

/** The people of an account, for the dialects. */
export function createUsers({ store, hasher, refresh }: UserPorts): Users {
  const mustAdminister = (actor: Actor, what: string) => {
    if (!actor.admin) throw forbidden(what);
  };
  return {
    list: (actor, page) => store.list(actor.accountId, page),
    all: (actor) => store.all(actor.accountId),
    async get(actor, id) {
      const user = await store.find(actor.accountId, id);
      if (!user) throw userNotFound(id);
      return user;
    },
    async getBySerial(actor, serial) {
      const user = await store.findBySerial(actor.accountId, serial);
      if (!user) throw userNotFound(serial);
      return user;
    },
    async create(actor, given) {
      mustAdminister(actor, 'create users');
      const user: NewUser = tidied(given);
      checkUser(user);
      const { password, ...fields } = user;
      const made = await store.insert(actor.accountId, fields, await hasher.hash(password));
      await refresh(actor.accountId);
      return made;
    },
    async change(actor, id, given) {
      if (!mayActFor(actor, id)) throw forbidden('change other users');
      const change = tidied(given);
      if ((change.admin !== undefined || change.extension !== undefined) && !actor.admin)
        throw forbidden('change rights or extensions');
      checkUser(change);
      const { password, ...fields } = change;
      const hash = password === undefined ? undefined : await hasher.hash(password);
      const user = await store.change(actor.accountId, id, fields, hash);
      if (!user) throw userNotFound(id);
      await refresh(actor.accountId);
      return user;
    },
    async remove(actor, id) {
      mustAdminister(actor, 'remove users');
      if (!(await store.remove(actor.accountId, id))) throw userNotFound(id);
      await refresh(actor.accountId);
    },
  };
}
