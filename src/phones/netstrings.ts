/** A message framed as a netstring: its length in bytes, a colon, the bytes, a comma. */
export const toNetstring = (text: string): string => `${Buffer.byteLength(text)}:${text},`;

/** Cuts a stream of bytes into the texts of its netstrings. */
export function createNetstringReader(onText: (text: string) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const colon = rest.indexOf(0x3a);
      if (colon < 0) return;
      const length = Number(rest.toString('latin1', 0, colon));
      const end = colon + 1 + length;
      if (!Number.isInteger(length) || rest.length <= end) return;
      onText(rest.toString('utf8', colon + 1, end));
      rest = rest.subarray(end + 1);
    }
  };
}
