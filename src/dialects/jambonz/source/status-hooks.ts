import type {
  DeliveryFailure,
  DeliverySource,
  NewDelivery,
} from '../../../core/deliveries/index.ts';
import { parseRetryFragment } from '../../../core/hooks/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';
import { type Alert, alertTypeOf, type RaiseAlert } from './alerts.ts';
import { type OpenHook, signature, userAgent } from './ask-hook.ts';
import { isSocketUrl } from './call-session.ts';
import {
  type CallStatusTold,
  createStatusReader,
  isStatusEvent,
  type StatusReaderPorts,
} from './status-of-event.ts';

/** What is said of a hook that was not told, and when no more is tried. */
const wordFailure = (
  host: string,
  { code, status }: DeliveryFailure,
  isGivenUp: boolean,
): Pick<Alert, 'type' | 'message' | 'detail'> => ({
  type: alertTypeOf(code, status),
  message: `hook at ${host}: ${status ? `it answered ${status}` : code}`,
  detail: isGivenUp ? 'It is not tried again.' : 'It is tried again.',
});

/** A hook as it is delivered. Its own wishes for retries give way to those of deliveries. */
export function asDelivery(
  { url: address, ...hook }: OpenHook,
  {
    payload,
    ...about
  }: Pick<NewDelivery, 'accountId' | 'key' | 'subject'> & { readonly payload: JsonObject },
): NewDelivery {
  const { url } = parseRetryFragment(address);
  const request = { ...hook, url, payload, userAgent, signed: true };
  return { ...about, dialect: 'jambonz', request };
}

/** A status hook as it is delivered. */
export function deliveryOf({ leg, session, payload }: CallStatusTold): NewDelivery | undefined {
  const { statusHook } = session;
  if (!statusHook || isSocketUrl(statusHook.url)) return undefined;
  const { accountId, id: key } = leg;
  return asDelivery(statusHook, { accountId, key, subject: 'call.status', payload });
}

/**
 * The status hooks of applications: told of each change of their calls, in order, at least once, and of the end
 * of a leg after its record is durable. Applications with a socket hear it there.
 * @see contracts/jambonz.json, webhooks
 */
export function createStatusHooks(
  ports: StatusReaderPorts & { readonly raiseAlert: RaiseAlert },
): DeliverySource {
  const read = createStatusReader(ports);
  return {
    dialect: 'jambonz',
    concerns: isStatusEvent,
    async word(event) {
      const told = await read(event);
      if (!told || isSocketUrl(told.session.callHook?.url)) return [];
      const delivery = deliveryOf(told);
      return delivery ? [delivery] : [];
    },
    async signing(accountId) {
      const { secret } = await ports.account(accountId);
      return (body, atSeconds) => ({ 'Jambonz-Signature': signature(secret, body, atSeconds) });
    },
    failed({ accountId, host, attempts }, failure, isGivenUp) {
      if (attempts === 0 || isGivenUp)
        ports.raiseAlert(accountId, wordFailure(host, failure, isGivenUp));
    },
  };
}
