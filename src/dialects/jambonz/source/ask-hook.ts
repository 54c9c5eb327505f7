import { createHmac } from 'node:crypto';
import { type HookAnswer, type HookClient, parseRetryFragment } from '../../../core/hooks/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';

/** A hook that can be asked: its password is open. */
export interface OpenHook {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/** @see contracts/jambonz.json, webhooks.transport: user_agent */
export const userAgent = 'jambonz';

/** @see contracts/jambonz.json, webhooks.transport: signature */
export const signature = (secret: string, body: string, atSeconds: number): string =>
  `t=${atSeconds},v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`;

/** Asks a hook, signed and tried again as its address says. @throws {DomainError} `hook.*` */
export const askHook = (
  hooks: HookClient,
  { url: address, ...hook }: OpenHook,
  payload: JsonObject,
  options: { readonly secret: string; readonly key?: string },
): Promise<HookAnswer> => {
  const { url, retry } = parseRetryFragment(address);
  return hooks.ask({
    ...hook,
    url,
    payload,
    userAgent,
    retry,
    sign: (body, atSeconds) => ({
      'Jambonz-Signature': signature(options.secret, body, atSeconds),
    }),
    ...(options.key && { idempotencyKey: options.key }),
  });
};
