import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Package } from './fetch-packages.ts';
import type { ProgramGroup, ProgramName } from './programs.ts';

/** What was fetched for one group of programs. */
export interface FetchedGroup {
  /** Name of the prefix within the folder. */
  readonly prefix: string;
  readonly versions: Readonly<Partial<Record<ProgramName, string>>>;
  readonly packages: readonly Package[];
}

/** Written last: a prefix that is not in it is not complete. */
export interface Manifest {
  readonly form: 1;
  readonly groups: Readonly<Partial<Record<ProgramGroup, FetchedGroup>>>;
}

export const manifestPath = (folder: string): string => join(folder, 'manifest.json');

/** What is there, or nothing. */
export function readManifest(folder: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(manifestPath(folder), 'utf8')) as Manifest;
    if (manifest.form === 1) return manifest;
  } catch {
    // Not there, or half written by a machine that lost its power: fetched again.
  }
  return { form: 1, groups: {} };
}

/** `asterisk_1%3a22.10.1-1_amd64.deb` is asterisk 1:22.10.1-1: how apt names archives. */
export function packageOf(group: FetchedGroup, name: string): string | undefined {
  const file = group.packages.find((one) => one.file.startsWith(`${name}_`))?.file;
  const version = file?.split('_')[1];
  return version && `${name} ${decodeURIComponent(version)}`;
}
