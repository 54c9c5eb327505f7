import type { Phone } from '../../src/phones/index.ts';
import type { Exchange } from './exchange.ts';
import { endAllCalls } from './world.ts';

/** How often a story is told before phones that break down are a failure. */
const attempts = 4;

/** Usernames that no other phone has. */
let nextUsername = 900;

/** Whether a phone has crashed, or does not answer its owner any more. */
const isBroken = async (phone: Phone): Promise<boolean> =>
  phone.events.some(({ type }) => type === 'PHONE_ENDED') ||
  phone.command('listcalls').then(
    () => false,
    () => true,
  );

/**
 * Tells a story with new phones, one for each tone, and tells it again if it failed because a phone broke down.
 * baresip 1.1.0 does so once in a hundred times when it holds or resumes: its player of files frees the memory of
 * a thread that it has just made and that has not begun yet.
 */
export async function withPhones<const Tones extends readonly number[]>(
  exchange: Exchange,
  tones: Tones,
  story: (...phones: { -readonly [At in keyof Tones]: Phone }) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const phones: Phone[] = [];
    for (const toneHz of tones) {
      const username = String(nextUsername);
      nextUsername += 1;
      await exchange.operator.post('/native/v1/endpoints', {
        username,
        secret: 'polyvox-demo-sip',
      });
      phones.push(await exchange.phone(username, toneHz));
    }
    try {
      return await story(...(phones as { -readonly [At in keyof Tones]: Phone }));
    } catch (error) {
      const broken = await Promise.all(phones.map(isBroken));
      if (attempt === attempts || !broken.includes(true)) throw error;
    } finally {
      await endAllCalls(exchange);
      await Promise.all(phones.map((phone) => phone.stop()));
    }
  }
}
