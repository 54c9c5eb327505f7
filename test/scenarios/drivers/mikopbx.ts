import { createApi } from '../../support/api.ts';
import type { Driver, SeenCall } from '../driver.ts';

/** What its list shows of a call; `answer` is empty while it rings. */
interface ActiveCall {
  readonly linkedid: string;
  readonly src_num: string;
  readonly dst_num: string;
  readonly answer: string;
}

const toSeenCall = ({ linkedid, src_num, dst_num, answer }: ActiveCall): SeenCall => ({
  id: linkedid,
  from: src_num,
  to: dst_num,
  state: answer === '' ? 'ringing' : 'talking',
});

const readsOnly = 'its actions read states and change no call';

/** As a program on the same machine, which needs no credentials. @see contracts/mikopbx.json, section B.5 */
export const mikopbx: Driver = {
  dialect: 'mikopbx',
  lacks: {
    start: readsOnly,
    hold: readsOnly,
    mute: readsOnly,
    record: readsOnly,
    dtmf: readsOnly,
    transfer: readsOnly,
    hangUp: readsOnly,
    history: 'it plays a recording that is named; only add-on modules list finished calls',
  },
  shows: ['ringing'],
  async connect({ url }) {
    const api = createApi(url);
    return {
      async observe() {
        const { data } = await api.get<{ data: readonly [string] }>(
          '/pbxcore/api/cdr/getActiveCalls',
        );
        return (JSON.parse(data[0]) as readonly ActiveCall[]).map(toSeenCall);
      },
    };
  },
};
