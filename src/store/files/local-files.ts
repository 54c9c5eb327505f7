import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Files } from '../../core/recordings/index.ts';

/** What a key may be: ours alone make them, and nothing in them leads elsewhere. */
const goodKey = /^[a-z0-9][a-z0-9._/-]*$/i;

async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const notThere = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Files in a folder of this machine: a file is whole or not there, also after a power cut. */
export function createLocalFiles(folder: string): Files {
  const pathOf = (key: string): string => {
    if (!goodKey.test(key) || key.includes('..')) throw new TypeError('not a key of a file');
    return join(folder, key);
  };
  return {
    async take(key, localPath) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.new`;
      await copyFile(localPath, draft);
      await syncPath(draft);
      await rename(draft, path);
      await syncPath(dirname(path));
      await rm(localPath, { force: true });
      return { sizeBytes: (await stat(path)).size };
    },
    open: async (key, range) =>
      createReadStream(pathOf(key), range ? { start: range.start, end: range.end } : {}),
    async size(key) {
      try {
        return (await stat(pathOf(key))).size;
      } catch (error) {
        if (notThere(error)) return undefined;
        throw error;
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    async freeBytes() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}
