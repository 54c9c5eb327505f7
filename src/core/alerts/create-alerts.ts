import { forbidden } from '../../kernel/access-errors.ts';
import { reachOf } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { cleanText } from '../../kernel/hostile-text.ts';
import { type AccountId, type AlertId, newId } from '../../kernel/ids.ts';
import type { Logger } from '../../kernel/logger.ts';
import type { Alert } from './alert.ts';
import type { AlertStore } from './alert-store.ts';
import type { Alerts } from './service.ts';

/** How many alerts an account may raise in a minute. */
const mostInAMinute = 300;
const minuteMs = 60_000;

/** Characters that are kept of texts that may come from outside. */
const longest = { message: 500, detail: 1_000, target: 200 };

export interface AlertPorts {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Alerts, collected while earlier ones are being stored, so that many at once cost little. */
export function createAlerts({ store, clock, logger }: AlertPorts): Alerts {
  const waiting = new Map<AccountId, Alert[]>();
  const minutes = new Map<AccountId, { readonly since: number; count: number }>();
  let storing: Promise<void> | undefined;

  const isTooMany = (accountId: AccountId, at: number): boolean => {
    const known = minutes.get(accountId);
    if (known && at - known.since < minuteMs) {
      known.count += 1;
      return known.count > mostInAMinute;
    }
    for (const [id, { since }] of minutes) if (at - since >= minuteMs) minutes.delete(id);
    minutes.set(accountId, { since: at, count: 1 });
    return false;
  };
  const storeAll = async (): Promise<void> => {
    while (waiting.size > 0) {
      const batch = [...waiting];
      waiting.clear();
      for (const [accountId, alerts] of batch) {
        await store
          .put(accountId, alerts)
          .catch((error: unknown) =>
            logger.warn({ accountId, alerts: alerts.length, err: error }, 'alerts were not stored'),
          );
      }
    }
    storing = undefined;
  };
  return {
    raise(accountId, { kind, message, detail, target }) {
      const at = clock.now();
      const alert: Alert = {
        id: newId<AlertId>(),
        accountId,
        at,
        kind,
        message: cleanText(message, longest.message),
        detail: detail === undefined ? undefined : cleanText(detail, longest.detail),
        target: target?.slice(0, longest.target),
      };
      if (isTooMany(accountId, at.getTime())) {
        logger.warn({ ...alert }, 'an account raises too many alerts');
        return;
      }
      const own = waiting.get(accountId);
      if (own) own.push(alert);
      else waiting.set(accountId, [alert]);
      storing ??= Promise.resolve().then(storeAll);
    },
    async list(actor, query, within) {
      if (!actor.admin) throw forbidden('see alerts');
      return store.list(within ? [reachOf(actor), within] : [reachOf(actor)], query);
    },
    settled: () => storing ?? Promise.resolve(),
  };
}
