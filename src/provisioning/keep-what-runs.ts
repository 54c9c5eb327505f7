import { lstat, readdir, readlink, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { neededLibraries } from './needed-libraries.ts';
import { type Architecture, libraryFolders } from './prefix.ts';
import { type ProgramName, programKinds } from './programs.ts';

/** Where a link leads; `undefined` for what is no link. */
async function targetOf(root: string, path: string): Promise<string | undefined> {
  if (!(await lstat(path)).isSymbolicLink()) return undefined;
  const link = await readlink(path);
  return link.startsWith('/') ? join(root, link) : resolve(dirname(path), link);
}

/** A path and, if it is a link, where it leads; nothing if that is nowhere. */
async function withTargets(root: string, path: string): Promise<readonly string[]> {
  const chain = [path];
  try {
    for (;;) {
      const target = await targetOf(root, chain.at(-1) ?? path);
      if (target === undefined) return chain;
      if (chain.includes(target)) return [];
      chain.push(target);
    }
  } catch {
    return []; // There is no such file.
  }
}

/** Everything that some programs and libraries need in order to be loaded, themselves included. */
async function withLibraries(
  root: string,
  starts: readonly string[],
  folders: readonly string[],
): Promise<Set<string>> {
  const kept = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (kept.has(path)) continue;
    const chain = await withTargets(root, path);
    const file = chain.at(-1);
    if (file === undefined) continue;
    for (const link of chain) kept.add(link);
    for (const name of (await neededLibraries(file)) ?? [])
      waiting.push(...folders.map((folder) => join(folder, name)));
  }
  return kept;
}

/** Plug-ins that a program loads by name while it runs. */
async function pluginsOf(root: string, name: ProgramName, { triplet }: Architecture) {
  const { plugins } = programKinds[name];
  if (!plugins) return [];
  const folder = join(root, plugins.folder.replace('TRIPLET', triplet));
  const files = await readdir(folder).catch(() => []);
  return files.filter((file) => !plugins.leftOut.test(file)).map((file) => join(folder, file));
}

async function removeOthers(folder: string, isKept: (path: string) => boolean): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (isKept(path)) continue;
    if (entry.isDirectory()) await removeOthers(path, isKept);
    else await rm(path);
  }
  await rmdir(folder).catch(() => undefined); // It stays unless it is empty.
}

/**
 * Leaves in a prefix only what its programs use while they run: themselves, their loader, the libraries
 * that they and their plug-ins name, and their folders of data. Derived from the files, not from a list
 * of packages: those change with every release of the archive.
 */
export async function keepWhatRuns(
  root: string,
  names: readonly ProgramName[],
  architecture: Architecture,
): Promise<void> {
  const plugins = await Promise.all(names.map((name) => pluginsOf(root, name, architecture)));
  const programs = [...names.map((name) => programKinds[name].file), architecture.loader];
  const kept = await withLibraries(
    root,
    [...programs.map((file) => join(root, file)), ...plugins.flat()],
    libraryFolders(root, architecture),
  );
  const folders = names.flatMap((name) =>
    programKinds[name].folders.map((folder) => folder.replace('TRIPLET', architecture.triplet)),
  );
  await removeOthers(root, (path) => kept.has(path) || folders.includes(relative(root, path)));
}
