/** What a WAV file holds. */
export interface WavInfo {
  readonly format: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSample: number;
  /** Where the samples begin, and how many bytes they have. */
  readonly dataOffset: number;
  readonly dataBytes: number;
}

const pcm = 1;
/** WAVE_FORMAT_EXTENSIBLE: the real format follows further on. */
const extensible = 0xfffe;

/**
 * Reads the header of a RIFF/WAVE file.
 * @returns what it holds, or a sentence that says why it is none
 * @see Multimedia Programming Interface and Data Specifications 1.0
 */
export function readWav(bytes: Buffer): WavInfo | string {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'RIFF') return 'it is no RIFF file';
  if (bytes.toString('latin1', 8, 12) !== 'WAVE') return 'it is no WAVE file';
  let at = 12;
  let format: Omit<WavInfo, 'dataOffset' | 'dataBytes'> | undefined;
  while (at + 8 <= bytes.length) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const body = at + 8;
    if (name === 'fmt ') {
      if (size < 16 || body + 16 > bytes.length) return 'its format chunk is cut short';
      const tag = bytes.readUInt16LE(body);
      const isExtensible = tag === extensible && size >= 26 && body + 26 <= bytes.length;
      format = {
        format: isExtensible ? bytes.readUInt16LE(body + 24) : tag,
        channels: bytes.readUInt16LE(body + 2),
        sampleRate: bytes.readUInt32LE(body + 4),
        bitsPerSample: bytes.readUInt16LE(body + 14),
      };
    }
    if (name === 'data') {
      if (!format) return 'it has sound before its format';
      return { ...format, dataOffset: body, dataBytes: Math.min(size, bytes.length - body) };
    }
    at = body + size + (size % 2);
  }
  return 'it holds no sound';
}

/** Why a WAV cannot be played as it is, in words for whoever made it; `undefined` if it can. */
export function whyUnplayable(bytes: Buffer): string | undefined {
  const wav = readWav(bytes);
  if (typeof wav === 'string') return `${wav}; wanted is WAV, mono, 16-bit PCM, 8000 Hz`;
  const wrong = [
    wav.format !== pcm && `its encoding is ${wav.format}, not PCM`,
    wav.channels !== 1 && `it has ${wav.channels} channels, not 1`,
    wav.bitsPerSample !== 16 && `it has ${wav.bitsPerSample} bits, not 16`,
    wav.sampleRate !== 8_000 && `its rate is ${wav.sampleRate} Hz, not 8000`,
    wav.dataBytes === 0 && 'it holds no sound',
  ].filter((reason) => reason !== false);
  return wrong.length > 0 ? wrong.join('; ') : undefined;
}

/** A WAV file, mono, 16-bit PCM, out of its raw samples. */
export function wrapWav(samples: Buffer, sampleRate: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + samples.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(pcm, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(samples.length, 40);
  return Buffer.concat([header, samples]);
}

/** A WAV file, mono, 16-bit PCM. @param samples - -1 to 1 */
export function writeWav(samples: Float32Array, sampleRate: number): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (const [at, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), at * 2);
  }
  return wrapWav(bytes, sampleRate);
}
