import { HostUnknown } from './guarded-target.ts';

/** Why there is no connection, or no longer one. */
export type Unreachable = 'unknown_host' | 'refused' | 'no_route' | 'tls' | 'broken';

/** Codes of the system, of OpenSSL and of undici. @see Node.js, errors; man errno */
const reasons: readonly (readonly [Unreachable, RegExp])[] = [
  ['refused', /^ECONNREFUSED$/],
  ['no_route', /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN|EACCES|EPERM)$/],
  ['tls', /^(ERR_TLS|ERR_SSL|EPROTO|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/],
  ['broken', /^(ECONNRESET|EPIPE|ECONNABORTED|ETIMEDOUT|UND_ERR_(SOCKET|CLOSED|DESTROYED))$/],
];

/** Why a connection could not be made or broke; `undefined` if the error is about something else. */
export function whyUnreachable(error: Error): Unreachable | undefined {
  if (error instanceof HostUnknown) return 'unknown_host';
  const { code = '' } = error as NodeJS.ErrnoException;
  return reasons.find(([, codes]) => codes.test(code))?.[0];
}
