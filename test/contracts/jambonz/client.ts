import { expect } from 'vitest';
import { api, bearer, printed, server } from '../support/server.ts';

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
