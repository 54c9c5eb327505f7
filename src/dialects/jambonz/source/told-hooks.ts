import type { DeliverySource, NewDelivery } from '../../../core/deliveries/index.ts';
import type { RaiseAlert } from './alerts.ts';
import { isSocketUrl } from './call-session.ts';
import { createNoticeReader, isNoticed, type Notice, type NoticePorts } from './room-notices.ts';
import { asDelivery, createStatusHooks } from './status-hooks.ts';

export type ToldHooksPorts = NoticePorts & { readonly raiseAlert: RaiseAlert };

const deliveryOf = ({ accountId, key, subject, hook, message }: Notice): NewDelivery =>
  asDelivery(hook, { accountId, key, subject, payload: message.data });

/**
 * Every hook that is only told: of calls, of conferences and queues, and of verbs whose call is over. At least once,
 * in order.
 */
export function createToldHooks(ports: ToldHooksPorts): DeliverySource {
  const ofCalls = createStatusHooks(ports);
  const read = createNoticeReader(ports);
  return {
    ...ofCalls,
    concerns: (event) => isNoticed(event) || ofCalls.concerns(event),
    async word(event) {
      if (!isNoticed(event)) return ofCalls.word(event);
      const notices = await read(event);
      return notices.filter(({ hook }) => !isSocketUrl(hook.url)).map(deliveryOf);
    },
  };
}
