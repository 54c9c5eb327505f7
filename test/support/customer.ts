import { createAccount, type TestAccount } from './accounts.ts';
import { type Api, createApi } from './api.ts';
import type { Exchange } from './exchange.ts';

/** An account as programs of the jambonz dialect see it. */
export interface TestCustomer {
  readonly account: TestAccount;
  readonly sid: string;
  /** With a key of the account. */
  readonly api: Api;
}

/** Makes an account with a device 201, and a key for programs. */
export async function createCustomer(exchange: Exchange, name: string): Promise<TestCustomer> {
  const account = await createAccount(exchange, { name });
  const { operator, url } = exchange;
  const accounts = await operator.get<{ account_sid: string; name: string }[]>('/v1/Accounts');
  const sid = accounts.find((one) => one.name === name)?.account_sid ?? '';
  const { token } = await operator.post<{ token: string }>('/v1/ApiKeys', { account_sid: sid });
  return { account, sid, api: createApi(url, `Bearer ${token}`) };
}
