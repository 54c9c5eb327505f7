import { open } from 'node:fs/promises';

/** Numbers of the ELF format, 64 bit, little-endian. @see System V ABI, chapters 4 and 5 */
const elf = {
  magic: '7f454c46',
  class64: 2,
  littleEndian: 1,
  load: 1,
  dynamic: 2,
  needed: 1,
  strings: 5,
};
const headerBytes = 64;
const dynamicEntryBytes = 16;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly bytes: number;
}

type ReadAt = (offset: number, bytes: number) => Promise<Buffer>;

async function readSegments(readAt: ReadAt, header: Buffer): Promise<Segment[]> {
  const offset = Number(header.readBigUInt64LE(32));
  const [entryBytes, count] = [header.readUInt16LE(54), header.readUInt16LE(56)];
  const table = await readAt(offset, entryBytes * count);
  return Array.from({ length: count }, (_, at) => {
    const entry = table.subarray(at * entryBytes, (at + 1) * entryBytes);
    return {
      type: entry.readUInt32LE(0),
      offset: Number(entry.readBigUInt64LE(8)),
      address: Number(entry.readBigUInt64LE(16)),
      bytes: Number(entry.readBigUInt64LE(32)),
    };
  });
}

/** Where in a file something lies that has an address in memory. */
const fileOffset = (segments: readonly Segment[], address: number): number => {
  const inside = segments.find(
    (one) => one.type === elf.load && address >= one.address && address < one.address + one.bytes,
  );
  return inside ? inside.offset + address - inside.address : 0;
};

/** Longest name of a library, in bytes. */
const longestName = 256;

/**
 * The shared libraries that a program or library names, such as `libc.so.6`; `undefined` if it is neither.
 * @see elf(5), DT_NEEDED
 */
export async function neededLibraries(path: string): Promise<readonly string[] | undefined> {
  const file = await open(path);
  const readAt: ReadAt = async (offset, bytes) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const header = await readAt(0, headerBytes);
    const isElf = header.length === headerBytes && header.toString('hex', 0, 4) === elf.magic;
    if (!isElf || header[4] !== elf.class64 || header[5] !== elf.littleEndian) return undefined;
    const segments = await readSegments(readAt, header);
    const dynamic = segments.find(({ type }) => type === elf.dynamic);
    if (!dynamic) return [];
    const table = await readAt(dynamic.offset, dynamic.bytes);
    const entries = Array.from(
      { length: Math.floor(table.length / dynamicEntryBytes) },
      (_, at) => ({
        tag: Number(table.readBigInt64LE(at * dynamicEntryBytes)),
        value: Number(table.readBigUInt64LE(at * dynamicEntryBytes + 8)),
      }),
    );
    const strings = fileOffset(
      segments,
      entries.find(({ tag }) => tag === elf.strings)?.value ?? 0,
    );
    const nameAt = async (at: number) => {
      const text = await readAt(strings + at, longestName);
      return text.toString('latin1', 0, text.indexOf(0));
    };
    return await Promise.all(
      entries.filter(({ tag }) => tag === elf.needed).map(({ value }) => nameAt(value)),
    );
  } finally {
    await file.close();
  }
}
