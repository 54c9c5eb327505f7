import type { AccountId } from '../../kernel/ids.ts';
import { accountSuspended, limitReached } from '../calls/index.ts';
import type { AccountDirectory } from '../routing/index.ts';
import type { Exchange } from './ports.ts';

/** Running calls that count in limits: those for help do not. */
const counted = (exchange: Exchange, isOf: (accountId: AccountId) => boolean): number =>
  exchange.live.calls().filter((call) => !call.emergency && isOf(call.accountId)).length;

/** Why an account may not have one more call now. Calls for help are never held up by it. */
export function whyNotAdmitted(
  exchange: Exchange,
  { account }: AccountDirectory,
): 'suspended' | 'limit' | undefined {
  if (!account.active) return 'suspended';
  const own = exchange.live.callsOf(account.id).filter((call) => !call.emergency).length;
  if (own >= account.maxConcurrentCalls) return 'limit';
  const operator = account.operatorId && exchange.directory.account(account.operatorId);
  if (!operator) return undefined;
  const isOfOperator = (id: AccountId) =>
    exchange.directory.account(id)?.account.operatorId === operator.account.id;
  return counted(exchange, isOfOperator) >= operator.account.maxConcurrentCalls
    ? 'limit'
    : undefined;
}

/** @throws {DomainError} `account.suspended`, `call.limit_reached` */
export function mustAdmit(exchange: Exchange, account: AccountDirectory): void {
  const why = whyNotAdmitted(exchange, account);
  if (why === 'suspended') throw accountSuspended();
  if (why === 'limit') throw limitReached(account.account.maxConcurrentCalls);
}
