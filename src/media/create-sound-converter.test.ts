import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createSoundConverter } from './create-sound-converter.ts';

/** A program in place of ffmpeg: writes what it reads, backwards, where its last argument says. */
const backwards = {
  command: process.execPath,
  args: [
    '-e',
    `const parts = [];
    process.stdin.on('data', (part) => parts.push(part)).on('end', () => {
      const sound = Buffer.concat(parts);
      require('node:fs').appendFileSync(process.env.RUNS, 'run ');
      if (sound.toString() === 'bad') process.exit(1);
      require('node:fs').writeFileSync(process.argv.at(-1), sound.reverse());
    })`,
    '--',
  ],
};

let folder: string;
let runs: () => Promise<number>;
const wav = (text: string) => async () => Readable.from([Buffer.from(text)]);

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'polyvox-converted-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  folder = join(root, 'converted');
  const log = join(root, 'runs');
  await writeFile(log, '');
  runs = async () => (await readFile(log, 'utf8')).split(' ').length - 1;
  converter = createSoundConverter({ folder, ffmpeg: { ...backwards, env: { RUNS: log } } });
});
let converter: ReturnType<typeof createSoundConverter>;

describe('a converted sound', () => {
  test('is read whole and in parts', async () => {
    const sound = await converter.toMp3('a', wav('sound'));
    expect(sound.sizeBytes).toBe(5);
    expect((await buffer(sound.open())).toString()).toBe('dnuos');
    expect((await buffer(sound.open({ start: 1, end: 2 }))).toString()).toBe('nu');
  });

  test('is made once, for everybody who asks at the same time and later', async () => {
    await Promise.all(Array.from({ length: 5 }, () => converter.toMp3('a', wav('sound'))));
    await converter.toMp3('a', wav('sound'));
    expect(await runs()).toBe(1);
  });

  test('is forgotten after a day, when another one is made', async () => {
    await converter.toMp3('old', wav('sound'));
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    await utimes(join(folder, 'old.mp3'), longAgo, longAgo);
    await converter.toMp3('new', wav('sound'));
    expect(await readdir(folder)).toEqual(['new.mp3']);
  });
});

describe('a sound that cannot be converted', () => {
  const failed = { kind: 'unavailable', code: 'recording.not_converted' };

  test('leaves nothing behind, and can be tried again', async () => {
    await expect(converter.toMp3('a', wav('bad'))).rejects.toMatchObject(failed);
    expect(await readdir(folder)).toEqual([]);
    expect((await converter.toMp3('a', wav('good'))).sizeBytes).toBe(4);
  });

  test('because reading it broke off is not taken for a shorter one', async () => {
    const broken = async () =>
      Readable.from(
        (async function* () {
          yield Buffer.from('the beginning');
          throw new Error('the disk is gone');
        })(),
      );
    await expect(converter.toMp3('a', broken)).rejects.toMatchObject(failed);
    expect(await readdir(folder)).toEqual([]);
  });
});
