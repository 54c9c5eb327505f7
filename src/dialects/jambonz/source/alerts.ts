import type { AlertKind } from '../../../core/alerts/index.ts';
import { isDomainError } from '../../../kernel/domain-error.ts';
import type { AccountId } from '../../../kernel/ids.ts';

/** Something that an account's people should look at. @see contracts/jambonz.json, alerts */
export interface Alert {
  readonly type: AlertKind;
  readonly message: string;
  readonly detail?: string;
  readonly targetSid?: string;
}

export type RaiseAlert = (accountId: AccountId, alert: Alert) => void;

const typeOfStatus: Readonly<Record<number, AlertKind>> = {
  401: 'webhook-auth-failure',
  403: 'webhook-auth-failure',
  404: 'webhook-url-notfound',
};

/** Which alert tells of a refusal with this code; and of the status that a hook answered. */
export function alertTypeOf(code: string, status: unknown): AlertKind {
  if (code === 'hook.answered') return typeOfStatus[Number(status)] ?? 'webhook-failure';
  if (code.startsWith('socket.')) return 'webhook-connection-failure';
  if (code.startsWith('jambonz.session_')) return 'webhook-failure';
  if (/^hook\.(?:unreachable|timed_out|target_refused)$/.test(code))
    return 'webhook-connection-failure';
  return code.startsWith('jambonz.') || code === 'hook.malformed'
    ? 'invalid-app-payload'
    : 'webhook-failure';
}

/** What went wrong with a hook, in the words of an alert. */
export function alertOf(error: unknown, url: string): Alert {
  if (!isDomainError(error)) return { type: 'webhook-failure', message: `${url} failed` };
  const reason = typeof error.details.reason === 'string' ? error.details.reason : error.message;
  return {
    type: alertTypeOf(error.code, error.details.status),
    message: `${url}: ${error.message}`.slice(0, 500),
    detail: reason,
  };
}
