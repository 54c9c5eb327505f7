import type { Config } from '../../config/index.ts';
import { demo } from '../../core/accounts/index.ts';
import { noDemoAccount, noServer, notPolyvox, notReady } from './demo-errors.ts';

/** The running server, as a client on this machine reaches it. */
export interface FoundExchange {
  readonly url: string;
  readonly sip: { readonly host: string; readonly port: number };
  /** Basic credentials of alice, an administrator of the demo account. */
  readonly alice: Readonly<Record<string, string>>;
}

interface ReadinessBody {
  readonly ready?: boolean;
  readonly draining?: boolean;
  readonly parts?: Readonly<Record<string, { readonly state: string }>>;
}

/** Milliseconds that the server may take to say whether it is there. */
const limitMs = 5_000;

/** An address of all is reached at the one of this machine. */
const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
};

const inUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

const basic = (name: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`,
});

async function ensureReady(url: string): Promise<void> {
  const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(limitMs) }).catch(
    (cause: unknown) => {
      throw noServer(url, cause);
    },
  );
  const { ready, draining, parts } = (await answer.json().catch(() => ({}))) as ReadinessBody;
  if (!parts) throw notPolyvox(url);
  if (ready) return;
  const missing = Object.entries(parts).find(([, { state }]) => state !== 'ready');
  const reason = missing ? `the ${missing[0]} is ${missing[1].state}` : 'it is not accepting calls';
  throw notReady(url, draining ? 'it is ending' : reason);
}

/**
 * Finds the server where the configuration says it listens, and checks that the demo account is there.
 * @throws {DomainError} `demo.…`, with what to do
 */
export async function findExchange(config: Config): Promise<FoundExchange> {
  const url = `http://${inUrl(reachable(config.host))}:${config.port}`;
  await ensureReady(url);
  const alice = basic(`${demo.people[0].login}@${demo.sipDomain}`, demo.password);
  const account = await fetch(`${url}/v2/account`, { headers: alice });
  if (!account.ok) throw noDemoAccount(url);
  return { url, sip: { host: reachable(config.sipHost), port: config.sipPort }, alice };
}
