import type { Static } from 'typebox';
import type { DetectWish, DialTarget } from '../../core/programs/index.ts';
import {
  applicationUnknown,
  fromMissing,
  hookMalformed,
  hookMissing,
  hookRelative,
  toInvalid,
} from './call-errors.ts';
import { detectOf } from './compile/amd.ts';
import { type HookRef, readHook } from './compile/hook-ref.ts';
import { readTarget } from './compile/targets.ts';
import type { NewCallBody } from './schemas/calls.ts';

type Body = Static<typeof NewCallBody>;

/** Whom to call, and what decides about the call. */
export interface WantedCall {
  readonly from: string;
  readonly target: DialTarget | undefined;
  readonly callHook: HookRef | undefined;
  readonly statusHook: HookRef | undefined;
}

const needed: Readonly<Record<string, readonly string[]>> = {
  phone: ['number', 'name'],
  teams: ['number', 'name'],
  user: ['name'],
  sip: ['sipUri'],
};

/** @throws {DomainError} `jambonz.to_invalid` */
function readTo(
  to: unknown,
  realm: string,
  seal: (secret: string) => string,
): DialTarget | undefined {
  const given = (typeof to === 'object' && to !== null ? to : {}) as Record<string, unknown>;
  const names = needed[String(given.type)];
  const has = names?.some((name) => typeof given[name] === 'string' && given[name] !== '');
  if (!has) throw toInvalid(to);
  return readTarget(given, realm, seal);
}

/** A hook of a request: absolute, since there is nothing to be relative to. */
export function readAbsolute(
  name: string,
  given: unknown,
  seal: (secret: string) => string,
): HookRef | undefined {
  if (given === undefined || given === null) return undefined;
  const url = typeof given === 'string' ? given : (given as { url?: unknown }).url;
  if (typeof url !== 'string' || url === '') throw hookMalformed(name);
  if (!/^(?:https?|wss?):\/\/[^/?#\s]/i.test(url) || !URL.canParse(url)) throw hookRelative(name);
  return readHook(given, url, seal);
}

/** What is to be found out about who answers. @param base - where its hook begins if it is relative */
export function readAmd(
  amd: unknown,
  base: string,
  seal: (secret: string) => string,
): DetectWish | undefined {
  if (amd === undefined) return undefined;
  return detectOf(amd, { context: { base, seal } });
}

/**
 * Reads what is wanted of a new call, in the order of the contract.
 * @param realm - the account's SIP domain
 * @throws {DomainError} `jambonz.*` (invalid)
 */
export function readNewCall(
  body: Body,
  realm: string,
  seal: (secret: string) => string,
): WantedCall {
  if (typeof body.from !== 'string' || body.from === '') throw fromMissing();
  const target = readTo(body.to, realm, seal);
  const { application_sid: application } = body;
  if (application !== undefined && typeof application !== 'string')
    throw applicationUnknown(application);
  const callHook = application ? undefined : readAbsolute('call_hook', body.call_hook, seal);
  if (!application && !callHook) throw hookMissing();
  const statusHook = application
    ? undefined
    : readAbsolute('call_status_hook', body.call_status_hook, seal);
  return { from: body.from.slice(0, 64), target, callHook, statusHook };
}
