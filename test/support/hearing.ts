import { hasTone, isSilent, loudness, type Phone, toneShare } from '../../src/phones/index.ts';
import { eventually } from './eventually.ts';

/** Seconds of sound that are looked at together. */
const windowSeconds = 0.3;

const describe = (samples: Float32Array, tones: readonly number[]) =>
  `loudness ${loudness(samples).toFixed(4)}, ${tones
    .map((hz) => `${hz} Hz ${toneShare(samples, hz).toFixed(3)}`)
    .join(', ')}`;

/** Waits until what a phone hears satisfies somebody; the sound is what came after this was called. */
async function listen(
  phone: Phone,
  what: string,
  is: (samples: Float32Array) => boolean,
  tones: readonly number[],
): Promise<void> {
  const window = Math.round(windowSeconds * 8_000);
  const from = await phone.position();
  let last: Float32Array = new Float32Array();
  await eventually(
    async () => {
      const all = await phone.heardSince(from);
      last = all.subarray(Math.max(0, all.length - window));
      return last.length >= window && is(last);
    },
    { because: () => `phone ${phone.username} does not hear ${what} (${describe(last, tones)})` },
  );
}

export const hears = (phone: Phone, hz: number): Promise<void> =>
  listen(phone, `${hz} Hz`, (samples) => hasTone(samples, hz, 0.5), [hz]);

/** A tone among other sounds. */
export const hearsAlso = (phone: Phone, hz: number): Promise<void> =>
  listen(phone, `${hz} Hz among others`, (samples) => hasTone(samples, hz, 0.2), [hz]);

/** Something besides the tone of the other side: an announcement over the conversation. */
export const hearsMoreThan = (phone: Phone, hz: number): Promise<void> =>
  listen(
    phone,
    `more than ${hz} Hz`,
    (samples) => !isSilent(samples) && toneShare(samples, hz) < 0.9,
    [hz],
  );

/** Sound, but not the tone of the other side: music, an announcement. */
export const hearsSomethingElse = (phone: Phone, thanHz: number): Promise<void> =>
  listen(
    phone,
    `anything but ${thanHz} Hz`,
    (samples) => !isSilent(samples) && toneShare(samples, thanHz) < 0.1,
    [thanHz],
  );

/** Nothing at all, or nothing of a tone. */
export const hearsNothingOf = (phone: Phone, hz: number): Promise<void> =>
  listen(
    phone,
    `nothing of ${hz} Hz`,
    (samples) => isSilent(samples) || toneShare(samples, hz) < 0.05,
    [hz],
  );

/** Lets a phone hear sound for a while, whatever it is: the clock is that of the sound. */
export async function hearsFor(phone: Phone, seconds: number): Promise<void> {
  const until = (await phone.position()) + Math.round(seconds * 8_000);
  await eventually(async () => (await phone.position()) >= until, {
    because: () => `phone ${phone.username} does not hear ${seconds} s of sound`,
  });
}
