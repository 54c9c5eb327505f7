import { randomBytes } from 'node:crypto';
import type { Api } from '../../support/api.ts';
import { api, basic, bearer, operator, shortForms } from './server.ts';

export interface Member {
  readonly id: string;
  /** Counts up from 0 within the account. */
  readonly serial: number;
  readonly login: string;
  readonly email: string;
  readonly password: string;
  readonly authorization: string;
  readonly api: Api;
}

export interface Device {
  readonly id: string;
  readonly serial: number;
  readonly username: string;
  readonly secret: string;
}

/** An account of a test alone, with an administrator. */
export interface Tenant {
  readonly id: string;
  readonly domain: string;
  readonly admin: Member;
  /** The operator, acting for this account. */
  readonly operator: Api;
  member(who?: { readonly admin?: boolean; readonly extension?: string }): Promise<Member>;
  device(owner: Member | undefined, username: string): Promise<Device>;
  token(of: Member, scopes: 'all' | readonly string[]): Promise<Token>;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly secret: string;
  readonly api: Api;
}

/** A text that was never used before, in lower case. */
export const unique = (start: string): string => `${start}-${randomBytes(5).toString('hex')}`;

const password = 'correct horse';

async function createMember(
  through: Api,
  domain: string,
  who: { readonly admin?: boolean; readonly extension?: string },
): Promise<Member> {
  const login = unique('user');
  const email = `${login}@${domain}`;
  const { id, serial } = await through.post<{ id: string; serial: number }>('/native/v1/users', {
    email,
    login,
    password,
    firstName: 'Test',
    lastName: login,
    ...who,
  });
  const authorization = basic(login, password);
  return { id, serial, login, email, password, authorization, api: api(authorization) };
}

/** The operator, acting for an account. */
export const operatorFor = (accountId: string): Api =>
  shortForms(
    (method, path, options = {}) =>
      operator.send(method, path, {
        ...options,
        headers: { 'polyvox-account': accountId, ...options.headers },
      }),
    operator.bytes,
  );

export async function newTenant(): Promise<Tenant> {
  const domain = `${unique('tenant')}.example`;
  const { id } = await operator.post<{ id: string }>('/native/v1/accounts', {
    name: 'Test tenant',
    sipDomain: domain,
  });
  const own = operatorFor(id);
  const admin = await createMember(own, domain, { admin: true, extension: '201' });
  return {
    id,
    domain,
    admin,
    operator: own,
    member: (who = {}) => createMember(admin.api, domain, who),
    async device(owner, username) {
      const secret = 'a secret of sip'.replaceAll(' ', '-');
      const made = await admin.api.post<{ id: string; serial: number }>('/native/v1/endpoints', {
        username,
        secret,
        userId: owner?.id ?? null,
      });
      return { ...made, username, secret };
    },
    async token(of, scopes) {
      const made = await of.api.post<{ id: string; name: string; secret: string }>(
        `/native/v1/users/${of.id}/tokens`,
        { scopes },
      );
      return { ...made, api: api(bearer(made.secret)) };
    },
  };
}
