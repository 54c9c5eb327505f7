import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instruction } from '../../src/core/programs/index.ts';
import { writeWav } from '../../src/media/index.ts';
import { type Phone, tone } from '../../src/phones/index.ts';
import { eventually } from './eventually.ts';
import type { Exchange } from './exchange.ts';
import { answeredLeg, type SeenLeg } from './running-legs.ts';

export interface SeenParticipant {
  readonly legId: string;
  readonly callId: string;
  readonly number: string;
  readonly state: string;
  readonly muted: boolean;
  readonly held: boolean;
  readonly talking: boolean;
  readonly moderator: boolean;
  readonly joinedAt: string | null;
}

export interface SeenConference {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly reserved: boolean;
  readonly recording: boolean;
  readonly participants: number;
}

export interface SeenEntry {
  readonly legId: string;
  readonly callId: string;
  readonly number: string;
  readonly position: number;
  readonly waitedSeconds: number;
}

export interface SeenQueue {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly takers: number;
}

/** A phone that the exchange did not have yet, on an endpoint of the demo account. */
export async function anotherPhone(
  { operator, phone }: Exchange,
  username: string,
  toneHz: number,
): Promise<Phone> {
  await operator.post('/native/v1/endpoints', { username, secret: 'polyvox-demo-sip' });
  return phone(username, toneHz);
}

/** A phone is in a call of its own, and a program runs on its leg. */
export async function phoneRuns(
  exchange: Exchange,
  phone: Phone,
  ...instructions: readonly Instruction[]
): Promise<SeenLeg> {
  const leg = await answeredLeg(exchange, phone);
  await exchange.run(leg.id, instructions);
  return leg;
}

/** A conference by its name, once it is there. */
export const conferenceOf = ({ operator }: Exchange, name: string): Promise<SeenConference> =>
  eventually(
    async () =>
      (
        await operator.get<{ items: readonly SeenConference[] }>('/native/v1/conferences')
      ).items.find((one) => one.name === name),
    { because: () => `there is no conference ${name}` },
  );

/** Who is in a conference, once so many are in a state. */
export const participantsOf = async (
  exchange: Exchange,
  name: string,
  count: number,
  state = 'inside',
): Promise<readonly SeenParticipant[]> => {
  const { id } = await conferenceOf(exchange, name);
  let seen: readonly SeenParticipant[] = [];
  return eventually(
    async () => {
      seen = (
        await exchange.operator.get<{ items: readonly SeenParticipant[] }>(
          `/native/v1/conferences/${id}/participants`,
        )
      ).items;
      return seen.filter((one) => one.state === state).length === count && seen;
    },
    { because: () => `not ${count} are ${state}: ${JSON.stringify(seen)}` },
  );
};

/** A queue by its name, once so many wait in it. */
export const queueOf = (exchange: Exchange, name: string, length: number): Promise<SeenQueue> =>
  eventually(
    async () =>
      (
        await exchange.operator.get<{ items: readonly SeenQueue[] }>('/native/v1/queues')
      ).items.find((one) => one.name === name && one.length === length),
    { because: () => `there is no queue ${name} with ${length}` },
  );

export const entriesOf = async (
  exchange: Exchange,
  name: string,
  length: number,
): Promise<readonly SeenEntry[]> => {
  const { id } = await queueOf(exchange, name, length);
  const path = `/native/v1/queues/${id}/entries`;
  return (await exchange.operator.get<{ items: readonly SeenEntry[] }>(path)).items;
};

/** Makes files with tones, where the engine can read them. */
export async function soundsIn({ dataFolder }: Exchange) {
  const folder = join(dataFolder, 'room-sounds');
  await mkdir(folder, { recursive: true });
  return async (hz: number, seconds: number): Promise<Instruction> => {
    const path = join(folder, `${hz}-${seconds}.wav`);
    await writeFile(path, writeWav(tone(hz, seconds), 8_000));
    return { do: 'play', sounds: [{ kind: 'file', path }] };
  };
}
