import { type ChildProcess, spawn } from 'node:child_process';

/** What is not even unpacked, because nothing that runs can need it; the rest is sorted out afterwards. */
const leftOut = [
  './etc',
  './usr/include',
  '*.a',
  './usr/share/doc',
  './usr/share/man',
  './usr/share/locale',
  './usr/share/icons',
  './usr/share/lintian',
  './usr/share/bug',
  './usr/share/perl*',
  './usr/lib/*/perl*',
  './usr/lib/python3*',
  './var',
];

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint += chunk.toString('utf8').slice(0, 500);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(complaint.trim() || 'the package is damaged'));
    });
  });

/** Unpacks a Debian package into a folder, without documentation. @throws {Error} if it is damaged */
export async function unpackPackage(file: string, folder: string): Promise<void> {
  const reader = spawn('dpkg-deb', ['--fsys-tarfile', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  const excluded = leftOut.map((path) => `--exclude=${path}`);
  const writer = spawn(
    'tar',
    ['-x', '--no-same-owner', '--no-same-permissions', '-C', folder, ...excluded],
    { stdio: ['pipe', 'ignore', 'pipe'] },
  );
  reader.stdout.pipe(writer.stdin);
  // tar stops reading at the end of the archive, before the padding behind it.
  writer.stdin.on('error', () => undefined);
  writer.stdin.on('close', () => reader.stdout.resume());
  await Promise.all([ended(reader), ended(writer)]);
}
