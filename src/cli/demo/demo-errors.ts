import { DomainError } from '../../kernel/domain-error.ts';

/** What both remedies begin with: the demonstration looks where the configuration says. */
const elsewhere =
  'If it listens elsewhere, set POLYVOX_HOST and POLYVOX_PORT here as for the server.';

export const noServer = (url: string, cause: unknown) =>
  new DomainError(
    'unavailable',
    'demo.no_server',
    `No Polyvox answers at ${url}. Start it with \`npm start\` in another terminal, then come back.\n${elsewhere}`,
    { details: { url }, cause },
  );

export const notPolyvox = (url: string) =>
  new DomainError(
    'conflict',
    'demo.not_polyvox',
    `Something answers at ${url}, but it is not Polyvox.\n${elsewhere}`,
    { details: { url } },
  );

/** @param reason - such as `the engine is unreachable` */
export const notReady = (url: string, reason: string) =>
  new DomainError(
    'unavailable',
    'demo.not_ready',
    `Polyvox at ${url} is not ready: ${reason}. Try again in a moment.`,
    { details: { url, reason } },
  );

export const noDemoAccount = (url: string) =>
  new DomainError(
    'unauthenticated',
    'demo.no_account',
    `Polyvox at ${url} has no demo account, or its password is no longer the one that everybody knows.\nStart a server of its own for the demonstration: set POLYVOX_DATA to a new folder and POLYVOX_DEMO=1.`,
    { details: { url } },
  );

/** An API refused what the demonstration asked. @param answer - as it came, shortened */
export const requestRefused = (api: string, request: string, status: number, answer: string) =>
  new DomainError(
    'conflict',
    'demo.request_refused',
    `${api} answered ${status} to ${request}: ${answer}`,
    { details: { api, status } },
  );

/** A phone was not told in time what it waited for. @param what - such as `its call to ring` */
export const phoneWaits = (username: string, what: string, cause: unknown) =>
  new DomainError('unavailable', 'demo.phone_waits', `Phone ${username} waited for ${what}.`, {
    details: { what },
    cause,
  });

/** Something that should have happened did not. @param what - such as `event recording.stored` */
export const didNotHappen = (what: string, seconds: number) =>
  new DomainError(
    'unavailable',
    'demo.did_not_happen',
    `The ${what} did not come within ${seconds} s.`,
    { details: { what } },
  );
