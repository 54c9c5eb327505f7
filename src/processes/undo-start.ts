import { endLeftRunning, findLeftRunning } from './end-detached.ts';
import { findDetached } from './run-folder.ts';

/**
 * Remembers what runs before a start, so that one that fails leaves nothing behind but what it found.
 * @returns what ends everything that was started since
 */
export function rememberRunning(runFolder: string): () => Promise<void> {
  const before = findLeftRunning(runFolder);
  return async () => {
    await endLeftRunning(runFolder, { except: before });
    if (before.length === 0) await findDetached(runFolder, 'keeper')?.stop();
  };
}
