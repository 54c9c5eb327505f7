import { DomainError } from '../kernel/domain-error.ts';

export const folderInUse = (folder: string, pid: number) =>
  new DomainError(
    'conflict',
    'data.in_use',
    `${folder} is in use by another Polyvox server (process ${pid}). Stop it first with \`npm stop\`, or set POLYVOX_DATA to another folder.`,
    { details: { pid } },
  );

/** @param reason - the system's own words, such as `EACCES: permission denied` */
export const folderNotWritable = (folder: string, reason: string) =>
  new DomainError(
    'unavailable',
    'data.not_writable',
    `The data folder ${folder} cannot be written (${reason}). Give this user the right to write there, or set POLYVOX_DATA to another folder.`,
    { details: { reason } },
  );

/** What listens, and which variables say where. */
export interface WantedPort {
  /** In words, such as `HTTP`. */
  readonly purpose: string;
  readonly protocol: 'tcp' | 'udp';
  readonly host: string;
  readonly port: number;
  readonly hostVariable: string;
  readonly portVariable: string;
}

const refusePort = (
  { purpose, protocol, host, port, hostVariable, portVariable }: WantedPort,
  code: string,
  words: { readonly reason: string; readonly remedy: string },
  cause: unknown,
) =>
  new DomainError(
    'unavailable',
    code,
    `${purpose} cannot use ${protocol.toUpperCase()} port ${port} of ${host}: ${words.reason}. ${words.remedy}`,
    { details: { host, port, protocol, hostVariable, portVariable }, cause },
  );

export const portInUse = (wanted: WantedPort, cause: unknown) =>
  refusePort(
    wanted,
    'port.in_use',
    {
      reason: 'another program has it',
      remedy: `End that program, or set ${wanted.portVariable} to another port.`,
    },
    cause,
  );

export const portNotAllowed = (wanted: WantedPort, cause: unknown) =>
  refusePort(
    wanted,
    'port.not_allowed',
    {
      reason: 'this user may not',
      remedy: `Set ${wanted.portVariable} to a port from 1024 on.`,
    },
    cause,
  );

export const hostNotHere = (wanted: WantedPort, cause: unknown) =>
  refusePort(
    wanted,
    'port.host_not_here',
    {
      reason: 'this machine has no such address',
      remedy: `Set ${wanted.hostVariable} to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`,
    },
    cause,
  );
