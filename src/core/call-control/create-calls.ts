import { parseE164 } from '../../kernel/phone-number.ts';
import { type Calls, callerIdNotOwned, invalidNumber, type Leg } from '../calls/index.ts';
import { placeCall } from './place-call.ts';
import type { Exchange } from './ports.ts';
import {
  announceToCall,
  hangUpCall,
  holdCall,
  muteCall,
  recordCall,
  sendDtmf,
} from './steer-call.ts';
import { transferAttended, transferBlind } from './transfer-call.ts';
import { ownLegOf, viewCall, viewRunning } from './views.ts';

/** Waits until everything is done that legs were told before: who answered a moment ago is being joined still. */
const inTurn = ({ interpreter }: Exchange, legs: readonly Leg[]): Promise<unknown> =>
  Promise.all(legs.map(({ id }) => interpreter.mailboxes.of(id).post(async () => undefined)));

/** The calls of the exchange, for the dialects. */
export function createCalls(exchange: Exchange): Calls {
  const { live, history, directory } = exchange;
  return {
    place: (actor, request) => placeCall(exchange, actor, request),
    running: (actor) => viewRunning(live, actor),
    get: (actor, id) => viewCall(live, actor, id),
    hold: (actor, id, on) => holdCall(exchange, actor, id, on),
    mute: (actor, id, on) => muteCall(exchange, actor, id, on),
    record: (actor, id, options) => recordCall(exchange, actor, id, options),
    async transfer(actor, id, { attended, to, callerId }) {
      const { legs } = viewCall(live, actor, id);
      const account = directory.account(actor.accountId);
      if (!account || !/^[*#+]?[0-9A-Za-z*#().\-/ ]{1,32}$/.test(to)) throw invalidNumber(to);
      const number = callerId && parseE164(callerId, account.account);
      if (callerId && !account.numbers.some((own) => own.e164 === number)) {
        throw callerIdNotOwned(callerId);
      }
      const shown = number ? { number } : undefined;
      await inTurn(exchange, legs);
      const view = viewCall(live, actor, id);
      const own = ownLegOf(live, view);
      const source = { dialect: actor.dialect, reference: `transfer ${view.call.id}` };
      if (attended) await transferAttended(exchange, own, to, shown);
      else await transferBlind(exchange, own, to, shown, source);
      await live.durable();
    },
    sendDtmf: (actor, id, digits) => sendDtmf(exchange, actor, id, digits),
    announce: (actor, id, url) => announceToCall(exchange, actor, id, url),
    hangUp: (actor, id) => hangUpCall(exchange, actor, id),
    history,
  };
}
