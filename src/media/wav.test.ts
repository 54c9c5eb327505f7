import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWav, whyUnplayable, wrapWav, writeWav } from './wav.ts';

const second = () => wrapWav(Buffer.alloc(16_000), 8_000);

/** A copy of a good file with some bytes of it changed. */
function changed(edit: (bytes: Buffer) => void): Buffer {
  const bytes = second();
  edit(bytes);
  return bytes;
}

/** A chunk of a RIFF file, padded to an even length. */
const chunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
};

const file = (...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks]);
  const head = Buffer.alloc(8);
  head.write('RIFF', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
};

const pcmFormat = second().subarray(20, 36);

describe('a sound file', () => {
  test('that is mono, 16-bit PCM, 8,000 Hz can be played', () => {
    expect(whyUnplayable(second())).toBeUndefined();
    expect(readWav(second())).toMatchObject({
      channels: 1,
      sampleRate: 8_000,
      bitsPerSample: 16,
      dataBytes: 16_000,
    });
  });

  test('may hold other things before its sound', () => {
    const tagged = file(
      chunk('LIST', Buffer.from('odd')),
      chunk('fmt ', pcmFormat),
      chunk('fact', Buffer.alloc(4)),
      chunk('data', Buffer.alloc(100)),
    );
    expect(whyUnplayable(tagged)).toBeUndefined();
  });

  test('in the extensible form says its encoding further on', () => {
    const extended = Buffer.concat([pcmFormat, Buffer.alloc(24)]);
    extended.writeUInt16LE(0xfffe, 0);
    extended.writeUInt16LE(1, 24);
    expect(
      whyUnplayable(file(chunk('fmt ', extended), chunk('data', Buffer.alloc(8)))),
    ).toBeUndefined();
  });

  test('that was cut off has the sound that is left', () => {
    expect(readWav(second().subarray(0, 1_044))).toMatchObject({ dataBytes: 1_000 });
  });

  const bad: readonly (readonly [string, Buffer])[] = [
    ['it is no RIFF file', Buffer.alloc(0)],
    ['it is no RIFF file', Buffer.from('ID3 an MP3 file, really')],
    ['it is no WAVE file', changed((bytes) => bytes.write('AVI ', 8, 'latin1'))],
    ['it has 2 channels, not 1', changed((bytes) => bytes.writeUInt16LE(2, 22))],
    ['its rate is 44100 Hz, not 8000', changed((bytes) => bytes.writeUInt32LE(44_100, 24))],
    ['it has 8 bits, not 16', changed((bytes) => bytes.writeUInt16LE(8, 34))],
    ['its encoding is 7, not PCM', changed((bytes) => bytes.writeUInt16LE(7, 20))],
    ['it holds no sound', file(chunk('fmt ', pcmFormat))],
    ['it holds no sound', file(chunk('fmt ', pcmFormat), chunk('data', Buffer.alloc(0)))],
    [
      'it has sound before its format',
      file(chunk('data', Buffer.alloc(8)), chunk('fmt ', pcmFormat)),
    ],
    ['its format chunk is cut short', file(chunk('fmt ', Buffer.alloc(8)))],
  ];
  test.each(bad)('is refused because %s', (reason, bytes) => {
    expect(whyUnplayable(bytes)).toContain(reason);
  });

  test('with several faults names all of them', () => {
    const stereo = changed((bytes) => {
      bytes.writeUInt16LE(2, 22);
      bytes.writeUInt32LE(44_100, 24);
    });
    expect(whyUnplayable(stereo)).toBe('it has 2 channels, not 1; its rate is 44100 Hz, not 8000');
  });
});

describe('whatever somebody sends', () => {
  test('is read or refused in words, and never read beyond its end', () => {
    const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    const damaged = fc
      .array(fc.record({ at: fc.nat(60), value: fc.nat(255) }), { maxLength: 10 })
      .map((edits) =>
        changed((bytes) => {
          for (const { at, value } of edits) bytes.writeUInt8(value, at);
        }),
      );
    const chunks = fc
      .array(
        fc.tuple(fc.constantFrom('fmt ', 'data', 'LIST', 'JUNK'), fc.uint8Array({ maxLength: 40 })),
        { maxLength: 5 },
      )
      .map((parts) => file(...parts.map(([name, body]) => chunk(name, Buffer.from(body)))));
    fc.assert(
      fc.property(fc.oneof(noise, damaged, chunks), (bytes) => {
        const wav = readWav(bytes);
        if (typeof wav === 'string') expect(wav).toMatch(/^it/);
        else expect(wav.dataOffset + wav.dataBytes).toBeLessThanOrEqual(bytes.length);
        expect(() => whyUnplayable(bytes)).not.toThrow();
      }),
      { numRuns: 1_000 },
    );
  });
});

test('samples that are too loud are limited, not turned over', () => {
  const bytes = writeWav(new Float32Array([0, 2, -2, 1]), 8_000);
  const samples = [0, 1, 2, 3].map((at) => bytes.readInt16LE(44 + at * 2));
  expect(samples).toEqual([0, 32_767, -32_767, 32_767]);
});
