import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAtLeast, type Program, type ProgramName, programKinds } from './programs.ts';
import { runToEnd } from './run-to-end.ts';

/** What differs between machines: Debian's name, the folder of libraries, the loader. */
export interface Architecture {
  readonly debian: string;
  readonly triplet: string;
  readonly loader: string;
}

const architectures: Readonly<Record<string, Architecture>> = {
  x64: {
    debian: 'amd64',
    triplet: 'x86_64-linux-gnu',
    loader: 'usr/lib64/ld-linux-x86-64.so.2',
  },
  arm64: {
    debian: 'arm64',
    triplet: 'aarch64-linux-gnu',
    loader: 'usr/lib/ld-linux-aarch64.so.1',
  },
};

/** Of the machine that this runs on. */
export const architectureHere = (): Architecture | undefined => architectures[process.arch];

/** Folders below the one of libraries in which packages keep private ones. */
const privateFolders = ['pulseaudio', 'blas', 'lapack'];

/** Where the loader of a prefix looks for libraries. */
export function libraryFolders(root: string, { triplet }: Architecture): readonly string[] {
  const libraries = join(root, 'usr/lib', triplet);
  return [
    libraries,
    join(root, 'usr/lib'),
    ...privateFolders.map((folder) => join(libraries, folder)).filter(existsSync),
  ];
}

/** A program inside a prefix: started by the prefix's own loader, with the prefix's own libraries. */
export function programIn(
  root: string,
  name: ProgramName,
  version: string,
  architecture: Architecture,
): Program {
  const folders = libraryFolders(root, architecture);
  return {
    name,
    version,
    command: join(root, architecture.loader),
    args: ['--library-path', folders.join(':'), join(root, programKinds[name].file)],
    ...(name === 'espeak-ng' && {
      env: { ESPEAK_DATA_PATH: join(root, 'usr/lib', architecture.triplet) },
    }),
    root,
    source: 'fetched',
  };
}

/** Asks a program for its version; `undefined` if it does not run. */
export async function askVersion(
  program: Pick<Program, 'name' | 'command' | 'args'>,
): Promise<{ readonly version: string | undefined; readonly output: string }> {
  const { versionArgs, versionPattern } = programKinds[program.name];
  const { output } = await runToEnd(program.command, [...program.args, ...versionArgs]);
  return { version: versionPattern.exec(output)?.[1], output };
}

/** A command on a search path, the first one found. */
export const commandOnPath = (command: string, path: string): string | undefined =>
  path
    .split(':')
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, command))
    .find(existsSync);

/** A program on the search path, if it is new enough. */
export async function programOnPath(name: ProgramName, path: string): Promise<Program | undefined> {
  const file = programKinds[name].file.split('/').at(-1) ?? name;
  for (const folder of [...path.split(':'), '/usr/sbin']) {
    const command = join(folder, file);
    if (!folder.startsWith('/') || !existsSync(command)) continue;
    const { version } = await askVersion({ name, command, args: [] });
    if (version && isAtLeast(version, programKinds[name].leastVersion))
      return { name, version, command, args: [], source: 'path' };
  }
  return undefined;
}
