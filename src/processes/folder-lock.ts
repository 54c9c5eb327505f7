import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDomainError } from '../kernel/domain-error.ts';
import type { Progress } from '../kernel/progress.ts';
import { identityOf, isAlive, type ProcessIdentity } from './identity.ts';
import { folderInUse, folderNotWritable } from './process-errors.ts';

/**
 * What a holder of a folder does with it: `using` it for as long as it lives, or for a moment `ending` what
 * an earlier one left running.
 */
export type LockRole = 'using' | 'ending';

export interface LockHolder extends ProcessIdentity {
  readonly role: LockRole;
}

/** Milliseconds between two looks at a folder that will soon be free. */
const lookEveryMs = 100;

const lockPath = (folder: string): string => join(folder, 'server.lock');

const read = (path: string): LockHolder | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as LockHolder;
  } catch {
    return undefined;
  }
};

/** Who holds a folder now. A holder that was killed does not count. */
export function holderOf(folder: string): LockHolder | undefined {
  const holder = read(lockPath(folder));
  return holder && isAlive(holder) ? holder : undefined;
}

/**
 * Removes the lock of somebody who is gone. It is moved aside first and looked at again, because another
 * process may have removed it meanwhile and taken the folder.
 */
function removeStale(path: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return; // Somebody else was faster.
  }
  const moved = read(aside);
  if (moved && isAlive(moved)) linkSync(aside, path);
  rmSync(aside, { force: true });
}

/** Makes a folder that only its owner may enter, and writes a first file into it. */
function writeDraft(folder: string, path: string, text: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  } catch (error) {
    throw folderNotWritable(folder, (error as Error).message.replace(/, .*$/, ''));
  }
}

/**
 * Makes sure that one process at a time uses a folder. A lock whose owner was killed does not count. The
 * lock appears complete or not at all, and the file system lets one of two win.
 * @returns what gives the folder free
 * @throws {DomainError} `data.in_use` (conflict), `data.not_writable` (unavailable)
 */
export function lockFolder(folder: string, role: LockRole = 'using'): () => void {
  const path = lockPath(folder);
  const own = identityOf(process.pid);
  if (!own) throw new Error('this process cannot be identified');
  const draft = `${path}.${process.pid}`;
  writeDraft(folder, draft, JSON.stringify({ ...own, role } satisfies LockHolder));
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
      removeStale(path);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Takes a folder as `lockFolder` does, but waits for a holder that is about to go: one that is ending, or
 * any holder if `patient`. @throws {DomainError} as `lockFolder`
 */
export async function takeFolder(
  folder: string,
  options: {
    readonly role?: LockRole;
    readonly progress: Progress;
    /** What is being waited for, as a title. */
    readonly waitingFor: string;
    readonly patient?: boolean;
  },
): Promise<() => void> {
  let waiting: ReturnType<Progress['step']> | undefined;
  for (;;) {
    try {
      const release = lockFolder(folder, options.role);
      waiting?.done();
      return release;
    } catch (error) {
      const isInUse = isDomainError(error) && error.code === 'data.in_use';
      const holder = holderOf(folder);
      if (!isInUse || (holder?.role === 'using' && !options.patient)) throw error;
      waiting ??= options.progress.step(options.waitingFor);
      waiting.update('waiting for it');
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }
}
