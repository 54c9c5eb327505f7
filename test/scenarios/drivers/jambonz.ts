import { onTestFinished } from 'vitest';
import { createApi } from '../../support/api.ts';
import { startApplicationServer } from '../../support/application-server.ts';
import type { Driver, FinishedCall, SeenCall } from '../driver.ts';

/** A call of jambonz is a leg. */
interface LegShown {
  readonly call_sid: string;
  readonly parent_call_sid?: string;
  readonly call_status: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
}

interface RecentLeg {
  readonly call_sid: string;
  readonly sip_callid: string;
  readonly sip_parent_callid?: string;
  readonly direction: 'inbound' | 'outbound';
  readonly from: string;
  readonly to: string;
  readonly answered: boolean;
  readonly recording_url?: string;
}

const runs = ({ call_status }: LegShown): boolean =>
  ['trying', 'ringing', 'early-media', 'in-progress'].includes(call_status);

/** The number of the party at the far end of a leg. */
const partyOf = ({ direction, from, to }: Pick<LegShown, 'direction' | 'from' | 'to'>): string =>
  direction === 'inbound' ? from : to;

/** A leg that no running leg made, with the one that it made. */
function toSeenCalls(legs: readonly LegShown[]): SeenCall[] {
  const running = legs.filter(runs);
  const sids = new Set(running.map(({ call_sid }) => call_sid));
  return running
    .filter(({ parent_call_sid: parent }) => !parent || !sids.has(parent))
    .flatMap((root) => {
      const child = running.find(({ parent_call_sid }) => parent_call_sid === root.call_sid);
      if (!child) return [];
      const state = child.call_status === 'in-progress' ? 'talking' : 'ringing';
      return [{ id: root.call_sid, from: partyOf(root), to: partyOf(child), state }];
    });
}

/** The web server of an application, until the story is over. */
async function startedApplication() {
  const app = await startApplicationServer();
  onTestFinished(() => app.stop());
  return app;
}

const user = (name: string) => ({ type: 'user', name });

/** As a program with the key of the demo account. @see contracts/jambonz.json */
export const jambonz: Driver = {
  dialect: 'jambonz',
  lacks: { hold: 'it holds participants of conferences alone' },
  shows: ['ringing'],
  async connect({ url, demoApiKey, output }) {
    const api = createApi(url, `Bearer ${demoApiKey}`);
    const account = `/v1/Accounts/${/account ([0-9a-f-]{36})/.exec(output())?.[1]}`;
    const legs = () => api.get<readonly LegShown[]>(`${account}/Calls`);
    const change = (sid: string, body: object): Promise<void> =>
      api.put(`${account}/Calls/${sid}`, body);
    const childOf = async (sid: string): Promise<string> => {
      const child = (await legs()).find((leg) => leg.parent_call_sid === sid && runs(leg));
      if (!child) throw new Error(`nobody was called by ${sid}`);
      return child.call_sid;
    };
    return {
      async start(caller, callee) {
        const app = await startedApplication();
        app.on('/call', [{ verb: 'dial', callerId: caller, target: [user(callee)] }]);
        await api.post(`${account}/Calls`, {
          from: caller,
          to: user(caller),
          call_hook: `${app.url}/call`,
        });
      },
      observe: async () => toSeenCalls(await legs()),
      mute: (sid, on) => change(sid, { mute_status: on ? 'mute' : 'unmute' }),
      record: (sid, on) =>
        change(sid, {
          record: { action: on ? 'startCallRecording' : 'stopCallRecording', type: 'cloud' },
        }),
      dtmf: async (sid, keys) => {
        const child = await childOf(sid);
        for (const digit of keys) await change(child, { dtmf: { digit, duration: 200 } });
      },
      async transfer(sid, to) {
        const app = await startedApplication();
        app.on('/caller', [{ verb: 'hangup' }]);
        app.on('/callee', [{ verb: 'dial', target: [user(to)] }]);
        await change(sid, {
          call_hook: `${app.url}/caller`,
          child_call_hook: `${app.url}/callee`,
        });
      },
      hangUp: (sid) => api.delete(`${account}/Calls/${sid}`),
      async history() {
        const { data } = await api.get<{ data: readonly RecentLeg[] }>(
          `${account}/RecentCalls?page=1&count=50`,
        );
        return data
          .filter((leg) => leg.sip_parent_callid === undefined)
          .flatMap((root): FinishedCall[] => {
            const child = data.find((leg) => leg.sip_parent_callid === root.sip_callid);
            if (!child) return [];
            const sound = root.recording_url ?? child.recording_url;
            return [
              {
                id: root.call_sid,
                from: partyOf(root),
                to: partyOf(child),
                answered: child.answered,
                recording: async () =>
                  sound ? api.bytes(`/v1${sound.replace(/mp3$/, 'wav')}`) : undefined,
              },
            ];
          });
      },
    };
  },
};
