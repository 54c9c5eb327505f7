import { type Api, createApi } from './api.ts';
import type { Exchange } from './exchange.ts';

/** An account of its own beside the demo, with one person and one device. */
export interface TestAccount {
  readonly id: string;
  readonly sipDomain: string;
  readonly userId: string;
  readonly endpointId: string;
  readonly secret: string;
  /** As the operator who acts for the account. */
  readonly api: Api;
  /** As the person, an administrator. */
  readonly person: Api;
}

const secret = 'a-secret-of-the-test';

/** Makes an account with the person `carol`, extension and device 201, and a number if one is given. */
export async function createAccount(
  { operator, url, adminToken }: Exchange,
  options: { readonly name: string; readonly number?: string },
): Promise<TestAccount> {
  const sipDomain = `${options.name}.test`;
  const { id } = await operator.post<{ id: string }>('/native/v1/accounts', {
    name: options.name,
    sipDomain,
    areaCode: '221',
  });
  const api = createApi(url, `Bearer ${adminToken}`, { 'polyvox-account': id });
  const email = `carol@${sipDomain}`;
  const user = await api.post<{ id: string }>('/native/v1/users', {
    email,
    login: `carol.${options.name}`,
    firstName: 'Carol',
    lastName: 'Clark',
    admin: true,
    extension: '201',
    password: secret,
  });
  const endpoint = await api.post<{ id: string }>('/native/v1/endpoints', {
    username: '201',
    userId: user.id,
    secret,
  });
  if (options.number)
    await api.post('/native/v1/numbers', {
      e164: options.number,
      target: { kind: 'user', userId: user.id },
    });
  return {
    id,
    sipDomain,
    userId: user.id,
    endpointId: endpoint.id,
    secret,
    api,
    person: createApi(url, `Basic ${Buffer.from(`${email}:${secret}`).toString('base64')}`),
  };
}
