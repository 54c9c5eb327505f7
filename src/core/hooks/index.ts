export type { HookAnswer, HookClient, HookHeaders, HookRequest } from './hook.ts';
export {
  checkHookAddress,
  type HookAddress,
  type NewHookAddress,
} from './hook-address.ts';
export {
  hookAnswered,
  hookMalformed,
  hookTargetRefused,
  hookTimedOut,
  hookTooLarge,
  hookUnreachable,
} from './hook-errors.ts';
export {
  type HookRetry,
  mostRetries,
  noRetry,
  parseRetryFragment,
  type RetryReason,
  retryDelayMs,
  retryReasonOf,
} from './hook-retry.ts';
