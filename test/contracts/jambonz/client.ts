import { expect } from 'vitest';
import type { Api } from '../../support/api.ts';
import { api, bearer, operator, printed, server } from '../support/server.ts';
import { unique } from '../support/tenant.ts';

/** Programs with keys of the scopes that every installation has. */
export const admin = api(bearer(server.adminToken));
export const demo = api(bearer(server.demoApiKey));

const sidPattern = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
export const aSid = expect.stringMatching(new RegExp(`^${sidPattern}$`)) as unknown as string;

/** The contract's form of dates. */
export const aDate = expect.stringMatching(
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000$/,
) as unknown as string;

/** The sid of the demo account, as the server prints it. */
export async function demoAccountSid(): Promise<string> {
  const found = new RegExp(`account (${sidPattern})`).exec(await printed());
  if (!found?.[1]) throw new Error('the server did not say which account the key is for');
  return found[1];
}

/** What a POST answers. */
export interface Made {
  readonly sid: string;
}

/** A service provider of a test alone, and a program with its key. */
export interface Provider {
  readonly sid: string;
  readonly name: string;
  readonly api: Api;
  customer(fields?: object): Promise<Customer>;
}

/** An account of a test alone, and a program with its key. */
export interface Customer {
  readonly sid: string;
  readonly provider: string;
  readonly api: Api;
}

export async function keyFor(of: object): Promise<Api> {
  const { token } = await admin.post<{ token: string }>('/v1/ApiKeys', of);
  return api(bearer(token));
}

/** The service provider that every installation has. */
export const firstProviderSid = async (): Promise<string> => {
  const all =
    await admin.get<{ service_provider_sid: string; name: string }[]>('/v1/ServiceProviders');
  return all.find(({ name }) => name === 'Polyvox')?.service_provider_sid ?? '';
};

export async function newCustomer(fields: object = {}): Promise<Customer> {
  const provider = await firstProviderSid();
  const all = { name: unique('acme'), service_provider_sid: provider, ...fields };
  const { sid } = await admin.post<Made>('/v1/Accounts', all);
  return { sid, provider, api: await keyFor({ account_sid: sid }) };
}

export async function newProvider(): Promise<Provider> {
  const name = unique('reseller');
  const { sid } = await admin.post<Made>('/v1/ServiceProviders', { name });
  return {
    sid,
    name,
    api: await keyFor({ service_provider_sid: sid }),
    customer: (fields = {}) => newCustomer({ service_provider_sid: sid, ...fields }),
  };
}

/** The id of an account in the native API, by its name. */
export async function nativeId({ sid }: Pick<Customer, 'sid'>): Promise<string> {
  const { name } = await admin.get<{ name: string }>(`/v1/Accounts/${sid}`);
  const { items } = await operator.get<{ items: { id: string; name: string }[] }>(
    '/native/v1/accounts?limit=1000',
  );
  const found = items.find((account) => account.name === name);
  if (!found) throw new Error(`the native API knows no account ${name}`);
  return found.id;
}

/** What is answered to a request that is refused. */
export async function refused(
  by: Api,
  method: string,
  path: string,
  body?: unknown,
): Promise<readonly [number, string]> {
  const answer = await by.send<{ msg?: string }>(method, path, body === undefined ? {} : { body });
  return [answer.status, answer.body?.msg ?? answer.text];
}
