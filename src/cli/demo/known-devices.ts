import { didNotHappen } from './demo-errors.ts';

interface Endpoints {
  readonly items: readonly { readonly username: string; readonly contacts: readonly unknown[] }[];
}

/** Seconds that the exchange may take to notice a phone. */
const limitSeconds = 8;
const lookEveryMs = 20;

/** How many devices are registered on an extension. */
export async function devicesOn(
  url: string,
  headers: Readonly<Record<string, string>>,
  username: string,
): Promise<number> {
  const answer = await fetch(new URL('/native/v1/endpoints?limit=1000', url), { headers });
  const { items } = (await answer.json()) as Endpoints;
  return items.find((endpoint) => endpoint.username === username)?.contacts.length ?? 0;
}

/** Waits until more devices are registered than before. @throws {DomainError} `demo.did_not_happen` */
export async function untilKnown(
  url: string,
  headers: Readonly<Record<string, string>>,
  username: string,
  before: number,
): Promise<void> {
  const deadline = Date.now() + limitSeconds * 1_000;
  while ((await devicesOn(url, headers, username)) <= before) {
    if (Date.now() > deadline) throw didNotHappen(`registration of ${username}`, limitSeconds);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
