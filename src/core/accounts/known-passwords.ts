import { DomainError } from '../../kernel/domain-error.ts';
import { digestOf } from '../endpoints/index.ts';
import type { CredentialStore } from './account-store.ts';
import { type DemoStores, demo } from './create-demo.ts';

export const demoExposed = (who: readonly string[]) =>
  new DomainError(
    'conflict',
    'demo.exposed',
    `The demo account still has passwords that everybody knows (${who.join(', ')}), and Polyvox is to be reachable from other machines. Change them while POLYVOX_HOST, POLYVOX_SIP_HOST and POLYVOX_PUBLIC_URL are loopback, or accept the risk with POLYVOX_DEMO=1.`,
    { details: { who } },
  );

/**
 * Makes sure that nobody from outside can sign in with a password out of the documentation.
 * @throws {DomainError} `demo.exposed` (conflict), naming users and devices
 */
export async function refuseKnownPasswords(
  stores: DemoStores & { readonly credentials: CredentialStore },
): Promise<void> {
  const account = await stores.accounts.findDefault();
  if (!account) return;
  const exposed: string[] = [];
  for (const { login } of demo.people) {
    const [credential] = await stores.credentials.findByName('password', login);
    const isOwn = credential?.accountId === account.id;
    if (isOwn && (await stores.hasher.verify(credential.secretHash, demo.password)))
      exposed.push(login);
  }
  for (const { username, ha1 } of await stores.endpoints.all(account.id)) {
    if (ha1 === digestOf(username, account.sipDomain, demo.sipSecret)) exposed.push(username);
  }
  if (exposed.length > 0) throw demoExposed(exposed);
}
