import { Readable } from 'node:stream';
import {
  type SipTargets,
  type SoundFetcher,
  type Speech,
  sipTargetRefused,
} from '../../src/core/interpreter/index.ts';
import type { Files } from '../../src/core/recordings/index.ts';

/** A voice that makes file names out of what it is to say. */
export interface FakeSpeech extends Speech {
  /** What was said, in order. */
  readonly said: readonly string[];
  /** From now on it cannot speak. */
  loseVoice(error: Error): void;
}

export function createFakeSpeech(): FakeSpeech {
  const said: string[] = [];
  let failure: Error | undefined;
  return {
    said,
    loseVoice(error) {
      failure = error;
    },
    async speak(text, language) {
      if (failure) throw failure;
      said.push(text);
      return `/speech/${language}/${said.length}.wav`;
    },
  };
}

/** Files in memory. Local files are not looked at: each has ten bytes. */
export interface MemoryFiles extends Files {
  readonly taken: ReadonlyMap<string, string>;
  setFreeBytes(bytes: number): void;
  /** The next file cannot be taken. */
  refuseNext(error: Error): void;
}

const sizeBytes = 10;

export function createMemoryFiles(): MemoryFiles {
  const taken = new Map<string, string>();
  let free = 50_000_000_000;
  let refusal: Error | undefined;
  return {
    taken,
    setFreeBytes(bytes) {
      free = bytes;
    },
    refuseNext(error) {
      refusal = error;
    },
    async take(key, localPath) {
      if (refusal) {
        const error = refusal;
        refusal = undefined;
        throw error;
      }
      taken.set(key, localPath);
      return { sizeBytes };
    },
    open: async () => Readable.from([Buffer.alloc(sizeBytes)]),
    size: async (key) => (taken.has(key) ? sizeBytes : undefined),
    remove: async (key) => void taken.delete(key),
    freeBytes: async () => free,
  };
}

/** Fetches sound files by giving them a local name, unless one was said to be bad. */
export interface FakeSounds extends SoundFetcher {
  refuseNext(error: Error): void;
}

export function createFakeSounds(): FakeSounds {
  let refusal: Error | undefined;
  const fetch = async (url: string) => {
    if (refusal) {
      const error = refusal;
      refusal = undefined;
      throw error;
    }
    return `/sounds/${new URL(url).pathname.slice(1)}`;
  };
  return {
    refuseNext(error) {
      refusal = error;
    },
    fetch,
    fetchAny: async (url, seekSeconds) =>
      `${await fetch(url)}${seekSeconds > 0 ? `@${seekSeconds}` : ''}`,
  };
}

/** Every host is at one address, except those in `private.example`: nobody may be sent there. */
export const fakeSipTargets: SipTargets = {
  async find(uri) {
    if (uri.includes('private.example')) throw sipTargetRefused('the address is not public');
    return { address: '203.0.113.5', port: 5060, transport: 'udp' };
  },
  open: (sealed) => sealed.replace(/^sealed /, ''),
};
