import { demo } from '../../core/accounts/index.ts';
import type { PhoneProgram } from '../../phones/index.ts';
import type { Findings } from './checks.ts';
import { createDemoApi, type DemoApi } from './demo-api.ts';
import { type DemoPhones, isTold, startDemoPhones } from './demo-phones.ts';
import { describeEvent } from './describe-event.ts';
import { type EventFeed, openEventFeed } from './event-feed.ts';
import type { FoundExchange } from './find-exchange.ts';
import { devicesOn, untilKnown } from './known-devices.ts';
import { signIn } from './sign-in.ts';
import type { ApiName, Transcript } from './transcript.ts';

export interface StageOptions {
  readonly exchange: FoundExchange;
  readonly phoneProgram: PhoneProgram;
  /** Of `admin`; absent where MikoPBX wants no credentials from programs on this machine. */
  readonly adminPassword: string | undefined;
  readonly transcript: Transcript;
  /** Told how to end what was begun; the last one told is to be ended first. */
  readonly onEnd: (end: () => Promise<void>) => void;
}

/** Everything a scene needs: the APIs, the phones, and what the exchange tells. */
export interface Stage {
  readonly exchange: FoundExchange;
  readonly transcript: Transcript;
  readonly sipgate: DemoApi;
  readonly mikopbx: DemoApi;
  readonly native: DemoApi;
  readonly events: EventFeed;
  readonly phones: DemoPhones;
  /** What was found out so far. */
  findings: Findings;
}

/** Follows the events of the account, signs in, and lets two phones register. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const { exchange, transcript, onEnd } = options;
  const { url, alice } = exchange;
  const api = (name: ApiName, headers: Readonly<Record<string, string>>) =>
    createDemoApi({ name, url, headers, transcript });

  transcript.asked('native', 'GET /native/v1/events');
  const events = await openEventFeed(new URL('/native/v1/events', url), alice, (event) =>
    transcript.happened('event', describeEvent(event)),
  );
  onEnd(async () => events.close());
  transcript.answered('native', 200, 'a stream: every line "event" below comes from it');
  const { adminPassword } = options;
  const session = adminPassword === undefined ? {} : await signIn(url, adminPassword, transcript);

  const before = new Map<string, number>();
  for (const { extension } of demo.people)
    before.set(extension, await devicesOn(url, alice, extension));
  const phones = await startDemoPhones(options.phoneProgram, exchange.sip, onEnd);
  for (const phone of [phones.caller, phones.callee]) {
    const { username, toneHz } = phone;
    await isTold(phone, 'REGISTER_OK');
    transcript.happened(`phone ${username}`, `is registered; its voice is a tone of ${toneHz} Hz`);
    await untilKnown(url, alice, username, before.get(username) ?? 0);
  }
  return {
    exchange,
    transcript,
    mikopbx: api('MikoPBX', session),
    sipgate: api('sipgate', alice),
    native: api('native', alice),
    events,
    phones,
    findings: {},
  };
}
