import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoundFetcher } from '../core/call-control/index.ts';
import { announcementUnreachable, announcementUnusable } from '../core/calls/index.ts';
import { newId } from '../kernel/ids.ts';
import { whyUnplayable } from './wav.ts';

/**
 * Gets a file from an address that somebody outside gave.
 * @throws {Error} with a reason that may be shown
 */
export type SafeFetch = (
  url: string,
  limits: { readonly mostBytes: number; readonly limitMs: number },
) => Promise<Buffer>;

/** Bytes of an announcement: five minutes. */
const mostBytes = 5_000_000;
const limitMs = 10_000;

/** Fetches announcements, checks them and keeps them where the engine can read them. */
export function createSoundFetcher(options: {
  readonly folder: string;
  readonly fetch: SafeFetch;
}): SoundFetcher {
  return {
    async fetch(_actor, url) {
      let bytes: Buffer;
      try {
        bytes = await options.fetch(url, { mostBytes, limitMs });
      } catch (error) {
        throw announcementUnreachable((error as Error).message);
      }
      const reason = whyUnplayable(bytes);
      if (reason) throw announcementUnusable(reason);
      const path = join(options.folder, `${createHash('sha256').update(bytes).digest('hex')}.wav`);
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      const draft = `${path}.${newId()}`;
      await writeFile(draft, bytes);
      await rename(draft, path);
      return path;
    },
  };
}
