import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../kernel/domain-error.ts';
import { identityOf, isAlive, type ProcessIdentity } from './identity.ts';

export const folderInUse = (folder: string, pid: number) =>
  new DomainError(
    'conflict',
    'data.in_use',
    `${folder} is in use by another Polyvox server (process ${pid}). Stop it first, or set POLYVOX_DATA to another folder.`,
    { details: { pid } },
  );

const read = (path: string): ProcessIdentity | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined;
  }
};

/**
 * Makes sure that one server at a time uses a folder. A lock whose owner was killed does not count. The
 * lock appears complete or not at all, and the file system lets one of two win.
 * @returns what gives the folder free
 * @throws {DomainError} `data.in_use` (conflict)
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'server.lock');
  const own = identityOf(process.pid);
  if (!own) throw new Error('this process cannot be identified');
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(own), { mode: 0o600 });
  try {
    for (;;) {
      try {
        linkSync(draft, path);
        return () => {
          const holder = read(path);
          if (holder?.pid === own.pid && holder.startTime === own.startTime)
            rmSync(path, { force: true });
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = read(path);
      if (holder && isAlive(holder)) throw folderInUse(folder, holder.pid);
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(draft, { force: true });
  }
}
