import { type Static, Type } from 'typebox';
import type { HookAddress, NewHookAddress } from '../../../core/hooks/index.ts';
import { Nullable, SidField, strict } from './common.ts';

const Credential = Type.Optional(Nullable(Type.String({ maxLength: 255 })));

/** A hook as it is sent; the method in any letter case. */
export const HookIn = Type.Object(
  {
    webhook_sid: Type.Optional(Nullable(SidField)),
    url: Type.String({ minLength: 1, maxLength: 2048 }),
    method: Type.Optional(
      Nullable(Type.String({ pattern: '^(?:[Gg][Ee][Tt]|[Pp][Oo][Ss][Tt])$' })),
    ),
    username: Credential,
    password: Credential,
  },
  strict,
);

const Shown = {
  url: Type.String(),
  method: Type.String(),
  username: Nullable(Type.String()),
  password: Nullable(Type.String()),
};

/** A hook as accounts and providers show it. */
export const HookOut = Nullable(Type.Object(Shown));

/** A hook as applications show it, with its own sid. */
export const HookWithSid = Nullable(Type.Object({ webhook_sid: SidField, ...Shown }));

/** `undefined` for null and for nothing. */
export function readHook(
  sent: Static<typeof HookIn> | null | undefined,
): NewHookAddress | undefined {
  if (!sent) return undefined;
  return {
    url: sent.url,
    method: (sent.method ?? 'POST').toUpperCase() as 'GET' | 'POST',
    username: sent.username ?? undefined,
    password: sent.password ?? undefined,
  };
}

export const presentHook = (hook: HookAddress | undefined) =>
  hook
    ? {
        url: hook.url,
        method: hook.method,
        username: hook.username ?? null,
        password: hook.password ?? null,
      }
    : null;

export const presentHookWithSid = (hook: HookAddress | undefined) => {
  const shown = presentHook(hook);
  return hook && shown ? { webhook_sid: hook.sid, ...shown } : null;
};
