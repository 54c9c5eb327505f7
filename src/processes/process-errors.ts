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

const wantedPort = ({ purpose, protocol, host, port }: WantedPort): string =>
  `${purpose} cannot use ${protocol.toUpperCase()} port ${port} of ${host}`;

const detailsOf = ({ host, port, protocol, hostVariable, portVariable }: WantedPort) => ({
  host,
  port,
  protocol,
  hostVariable,
  portVariable,
});

export const portInUse = (wanted: WantedPort, cause: unknown) =>
  new DomainError(
    'unavailable',
    'port.in_use',
    `${wantedPort(wanted)}: another program has it. End that program, or set ${wanted.portVariable} to another port.`,
    { details: detailsOf(wanted), cause },
  );

export const portNotAllowed = (wanted: WantedPort, cause: unknown) =>
  new DomainError(
    'unavailable',
    'port.not_allowed',
    `${wantedPort(wanted)}: this user may not. Set ${wanted.portVariable} to a port from 1024 on.`,
    { details: detailsOf(wanted), cause },
  );

export const hostNotHere = (wanted: WantedPort, cause: unknown) =>
  new DomainError(
    'unavailable',
    'port.host_not_here',
    `${wantedPort(wanted)}: this machine has no such address. Set ${wanted.hostVariable} to an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all.`,
    { details: detailsOf(wanted), cause },
  );
