import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type HookAnswer, hookMalformed, hookTooLarge } from '../../core/hooks/index.ts';
import type { Json } from '../../kernel/json.ts';

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  /** Empty if the server did not say. */
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly bytes: Buffer;
}

/** What we do not ask for, but some servers send all the same. */
const unpackers: Readonly<
  Record<string, (bytes: Buffer, limits: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

async function unpack({ bytes, contentEncoding }: RawAnswer, maxBytes: number): Promise<Buffer> {
  const encoding = contentEncoding.trim().toLowerCase();
  if (bytes.length === 0 || encoding === '' || encoding === 'identity') return bytes;
  const unpacker = unpackers[encoding];
  if (!unpacker) throw hookMalformed('it is packed in a way that was not asked for');
  return unpacker(bytes, { maxOutputLength: maxBytes }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ERR_BUFFER_TOO_LARGE'
      ? hookTooLarge(maxBytes)
      : hookMalformed('it is packed wrongly', error);
  });
}

function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function parse(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // Not even as a cause: the message would quote the answer.
    throw hookMalformed(`it is no JSON (${(error as Error).name})`);
  }
}

/**
 * Unpacks and reads an answer; only what is said to be JSON is read as such.
 * @throws {DomainError} `hook.malformed`, `hook.too_large`
 */
export async function readAnswer(answer: RawAnswer, maxBytes: number): Promise<HookAnswer> {
  const { status, contentType } = answer;
  const text = decode(await unpack(answer, maxBytes), contentType);
  const isJson = contentType.toLowerCase().includes('application/json');
  return { status, contentType, body: isJson ? parse(text) : undefined, text };
}
