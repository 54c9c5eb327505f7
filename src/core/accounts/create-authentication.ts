import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Actor, DialectName } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { isDomainError } from '../../kernel/domain-error.ts';
import { tokenHash } from '../../kernel/ids.ts';
import type { EventBus } from '../events/index.ts';
import type { UserStore } from '../users/index.ts';
import type { Account } from './account.ts';
import { credentialRefused, credentialThrottled } from './account-errors.ts';
import type { CredentialStore } from './account-store.ts';
import type { Credential } from './credential.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { Authentication, SignInSource } from './service.ts';
import type { Throttle } from './throttle.ts';

export interface AuthenticationPorts {
  readonly credentials: CredentialStore;
  readonly users: UserStore;
  readonly hasher: PasswordHasher;
  readonly throttle: Throttle;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** The operator's bearer token, and the password of the login `admin`. */
  readonly operator: { readonly token: string; readonly password: string };
  /** The account that `admin`, the operator and trusted local requests act for. */
  readonly localAccount: () => Account | undefined;
}

/** How long a verified pair is remembered, in milliseconds, and how many are. */
const rememberMs = 60_000;
const rememberMost = 10_000;

/** A hash of nothing, so that an unknown name costs what a wrong password costs. */
let dummyHash: Promise<string> | undefined;

const same = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

/** Remembers verified pairs under a key that never leaves this process. */
function createMemory(clock: Clock) {
  const key = randomBytes(32);
  const known = new Map<string, { readonly actor: Actor; readonly until: number }>();
  const keyOf = (...parts: string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64');
  return {
    keyOf,
    find(entry: string): Actor | undefined {
      const found = known.get(entry);
      return found && found.until > clock.now().getTime() ? found.actor : undefined;
    },
    remember(entry: string, actor: Actor): void {
      if (known.size >= rememberMost) known.clear();
      known.set(entry, { actor, until: clock.now().getTime() + rememberMs });
    },
    forgetAll: () => known.clear(),
  };
}

/** Signing in, for every dialect. */
export function createAuthentication(ports: AuthenticationPorts): Authentication {
  const { credentials, users, hasher, throttle, bus, clock, operator, localAccount } = ports;
  const memory = createMemory(clock);
  bus.subscribe((events) => {
    if (
      events.some(({ event }) => event.type === 'object.changed' || event.type === 'object.removed')
    )
      memory.forgetAll();
  });

  const actorOf = async (credential: Credential, dialect: DialectName): Promise<Actor> => {
    const user = credential.userId && (await users.find(credential.accountId, credential.userId));
    if (credential.userId && !user) throw credentialRefused();
    return {
      accountId: credential.accountId,
      userId: user?.id,
      admin: user ? user.admin : true,
      operator: credential.operator,
      scopes: credential.scopes,
      credentialId: credential.id,
      dialect,
    };
  };
  const localActor = (dialect: DialectName, isOperator: boolean): Actor => {
    const account = localAccount();
    if (!account) throw credentialRefused();
    return {
      accountId: account.id,
      userId: undefined,
      admin: true,
      operator: isOperator,
      scopes: 'all',
      credentialId: undefined,
      dialect,
    };
  };
  /** Runs an attempt, remembers success, counts failure against its source and its name. */
  const attempt = async (
    entry: string,
    name: string,
    { address, dialect }: SignInSource,
    verify: () => Promise<Actor>,
  ): Promise<Actor> => {
    const remembered = memory.find(entry);
    if (remembered) return { ...remembered, dialect };
    const keys = [`address ${address}`, `name ${name}`];
    const waits = await Promise.all(keys.map((key) => throttle.blockedSeconds(key)));
    const seconds = Math.max(...waits);
    if (seconds > 0) throw credentialThrottled(seconds);
    try {
      const actor = await verify();
      await Promise.all(keys.map((key) => throttle.succeeded(key)));
      memory.remember(entry, actor);
      return actor;
    } catch (error) {
      if (isDomainError(error)) await Promise.all(keys.map((key) => throttle.failed(key)));
      throw error;
    }
  };
  const byPassword = async (kind: 'password' | 'login', name: string, secret: string) => {
    const found = await credentials.findByName(kind, name);
    dummyHash ??= hasher.hash(randomBytes(16).toString('hex'));
    const [credential] = found;
    const hash = credential?.secretHash ?? (await dummyHash);
    const good = await hasher.verify(hash, secret);
    if (!credential || !good) throw credentialRefused();
    return credential;
  };
  const byToken = async (name: string, secret: string) => {
    const found = await credentials.findByName('token', name);
    const credential = found.find((token) => same(token.secretHash, tokenHash(secret)));
    if (!credential) throw credentialRefused();
    return credential;
  };
  return {
    basic(name, secret, source) {
      const lower = name.toLowerCase();
      return attempt(memory.keyOf('basic', lower, secret), lower, source, async () => {
        const credential = lower.startsWith('token-')
          ? await byToken(lower, secret)
          : await byPassword('password', lower, secret);
        return actorOf(credential, source.dialect);
      });
    },
    bearer: (token, source) =>
      attempt(memory.keyOf('bearer', token), 'bearer', source, async () => {
        if (same(token, operator.token)) return localActor(source.dialect, true);
        const credential = await credentials.findBySecretHash(tokenHash(token));
        if (!credential) throw credentialRefused();
        return actorOf(credential, source.dialect);
      }),
    login(name, secret, source) {
      const lower = name.toLowerCase();
      return attempt(memory.keyOf('login', lower, secret), lower, source, async () => {
        if (lower === 'admin' && same(secret, operator.password))
          return localActor(source.dialect, false);
        return actorOf(await byPassword('login', lower, secret), source.dialect);
      });
    },
    local: async (dialect) => localActor(dialect, false),
  };
}
