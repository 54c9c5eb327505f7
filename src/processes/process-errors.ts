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
