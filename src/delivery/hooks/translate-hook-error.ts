import {
  hookMalformed,
  hookTargetRefused,
  hookTimedOut,
  hookTooLarge,
  hookUnreachable,
} from '../../core/hooks/index.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { whyUnreachable } from '../connect-errors.ts';
import { TargetRefused } from '../guarded-target.ts';
import { connectLimitMs, mostHeadBytes } from './hook-pools.ts';

/**
 * What went wrong with an exchange, in words of ours.
 * @param isRunning - whether the request was sent: then what we do not know is the doing of the other side,
 * else it is a bug and passes unchanged
 */
export function translateHookError(error: Error, isRunning: boolean): Error {
  if (error instanceof DomainError) return error;
  if (error instanceof TargetRefused) return hookTargetRefused(error.message);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return hookTimedOut('connect', connectLimitMs);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return hookTooLarge(mostHeadBytes);
  const reason = whyUnreachable(error);
  if (reason) return hookUnreachable(reason, error);
  return isRunning ? hookMalformed('it is no HTTP', error) : error;
}
