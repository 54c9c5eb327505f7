import { callsOf, dial, type HistoryItem, type SipgateCall } from '../../support/sipgate.ts';
import type { Driver, SeenCall } from '../driver.ts';

interface Person {
  readonly directDialIds: readonly string[];
  readonly defaultDevice: string | null;
}

const toSeenCall = ({ callId, participants, hold, muted, recording }: SipgateCall): SeenCall => {
  const [from = '', to = ''] = participants.map(({ phoneNumber }) => phoneNumber);
  return { id: callId, from, to, state: 'talking', held: hold, muted, recording };
};

/** Links to recordings open for everybody who has them. */
async function follow(link: string | null): Promise<Buffer | undefined> {
  if (link === null) return undefined;
  const answer = await fetch(link);
  if (!answer.ok) throw new Error(`${link} answered ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** As alice. @see contracts/sipgate.json, sections 1.8, 1.14 and 1.20 */
export const sipgate: Driver = {
  dialect: 'sipgate',
  lacks: {},
  shows: ['held', 'muted', 'recording'],
  connect: async ({ alice }) => ({
    async start(caller, callee) {
      const { items } = await alice.get<{ items: readonly Person[] }>('/v2/users');
      const device = items.find((person) => person.directDialIds.includes(caller))?.defaultDevice;
      if (!device) throw new Error(`nobody has a device and the number ${caller}`);
      await dial(alice, device, callee);
    },
    observe: async () => (await callsOf(alice)).map(toSeenCall),
    hold: (id, on) => alice.put(`/v2/calls/${id}/hold`, { value: on }),
    mute: (id, on) => alice.put(`/v2/calls/${id}/muted`, { value: on }),
    record: (id, on) => alice.put(`/v2/calls/${id}/recording`, { value: on, announcement: false }),
    dtmf: (id, keys) => alice.post(`/v2/calls/${id}/dtmf`, { sequence: keys }),
    transfer: (id, to) =>
      alice.post(`/v2/calls/${id}/transfer`, { attended: false, phoneNumber: to }),
    hangUp: (id) => alice.delete(`/v2/calls/${id}`),
    async history() {
      const { items } = await alice.get<{ items: readonly HistoryItem[] }>('/v2/w0/history');
      return items.map(({ callId, source, target, status, recordingUrl }) => ({
        id: callId,
        from: source,
        to: target,
        answered: status === 'PICKUP',
        recording: () => follow(recordingUrl),
      }));
    },
  }),
};
