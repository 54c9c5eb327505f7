import type { SeenCall as RunningCall } from '../../support/running-legs.ts';
import type { Driver, FinishedCall, SeenCall } from '../driver.ts';

interface Endpoint {
  readonly id: string;
  readonly username: string;
}

/** The record of one leg; those of a call have its id. */
interface Cdr {
  readonly callId: string;
  readonly role: string;
  readonly number: string;
  readonly answeredAt: string | null;
}

function toSeenCall({ id, legs }: RunningCall): SeenCall {
  const [caller, callee] = legs;
  return {
    id,
    from: caller?.number ?? '',
    to: callee?.number ?? '',
    state: callee?.state === 'answered' ? 'talking' : 'ringing',
    held: legs.every(({ held }) => held),
    muted: caller?.muted ?? false,
    recording: legs.some(({ recording }) => recording),
  };
}

/** A call is finished when the records of both are there. */
function toFinishedCalls(id: string, cdrs: readonly Cdr[]): Omit<FinishedCall, 'recording'>[] {
  const caller = cdrs.find(({ role }) => role === 'caller');
  const callee = cdrs.find(({ role }) => role === 'callee');
  if (!caller || !callee) return [];
  return [{ id, from: caller.number, to: callee.number, answered: callee.answeredAt !== null }];
}

/** As alice. */
export const native: Driver = {
  dialect: 'native',
  lacks: {},
  shows: ['ringing', 'held', 'muted', 'recording'],
  async connect({ alice }) {
    const items = async <Item>(path: string): Promise<readonly Item[]> =>
      (await alice.get<{ items: readonly Item[] }>(`/native/v1/${path}`)).items;
    const steer = (id: string, name: string, body: unknown): Promise<void> =>
      alice.post(`/native/v1/calls/${id}/${name}`, body);
    return {
      async start(caller, callee) {
        const endpoints = await items<Endpoint>('endpoints');
        const endpointId = endpoints.find(({ username }) => username === caller)?.id;
        if (!endpointId) throw new Error(`there is no endpoint ${caller}`);
        await alice.post('/native/v1/calls', { from: { endpointId }, to: callee });
      },
      observe: async () => (await items<RunningCall>('calls')).map(toSeenCall),
      hold: (id, on) => steer(id, 'hold', { on }),
      mute: (id, on) => steer(id, 'mute', { on }),
      record: (id, on) => steer(id, 'record', { on }),
      dtmf: (id, keys) => steer(id, 'dtmf', { digits: keys }),
      transfer: (id, to) => steer(id, 'transfer', { to }),
      hangUp: (id) => alice.delete(`/native/v1/calls/${id}`),
      async history() {
        const byCall = Map.groupBy(await items<Cdr>('cdrs'), ({ callId }) => callId);
        return [...byCall]
          .flatMap(([id, cdrs]) => toFinishedCalls(id, cdrs))
          .map((call) => ({
            ...call,
            async recording() {
              const [found] = await items<{ url: string }>(`calls/${call.id}/recordings`);
              return found && alice.bytes(found.url);
            },
          }));
      },
    };
  },
};
