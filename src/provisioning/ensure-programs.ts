import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDomainError } from '../kernel/domain-error.ts';
import type { Progress } from '../kernel/progress.ts';
import { lockFolder } from '../processes/index.ts';
import { fetchGroup } from './fetch-group.ts';
import { type Manifest, manifestPath, readManifest } from './manifest.ts';
import { architectureHere, askVersion, programIn, programOnPath } from './prefix.ts';
import { isAtLeast, type Program, type ProgramName, programKinds } from './programs.ts';
import { programNotRunnable, programTooOld } from './provisioning-errors.ts';

export interface EnsureOptions {
  /** Where fetched programs lie: `.engine` in the clone. */
  readonly folder: string;
  readonly progress: Progress;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Milliseconds between two looks at whether another process has finished fetching. */
const lookAgainMs = 500;

/** A program that a variable names. @throws {DomainError} if it does not run or is too old */
async function programByVariable(name: ProgramName, command: string): Promise<Program> {
  const { variable, leastVersion } = programKinds[name];
  const { version, output } = await askVersion({ name, command, args: [] });
  if (!version) throw programNotRunnable(name, variable, command, output.trim().slice(0, 200));
  if (!isAtLeast(version, leastVersion)) throw programTooOld(name, version, leastVersion, variable);
  return { name, version, command, args: [], source: 'variable' };
}

/** A program that was fetched before. No program is run to find out. */
function programFetched(
  folder: string,
  manifest: Manifest,
  name: ProgramName,
): Program | undefined {
  const group = manifest.groups[programKinds[name].group];
  const version = group?.versions[name];
  const architecture = architectureHere();
  if (!group || !version || !architecture) return undefined;
  return programIn(join(folder, group.prefix), name, version, architecture);
}

async function saveManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(`${manifestPath(folder)}.new`, `${JSON.stringify(manifest, null, 1)}\n`);
  await rename(`${manifestPath(folder)}.new`, manifestPath(folder));
}

/** Takes the folder for this process; waits while another one fetches. */
async function lockForFetching(folder: string, progress: Progress): Promise<() => void> {
  let waiting: ReturnType<Progress['step']> | undefined;
  for (;;) {
    try {
      const release = lockFolder(folder);
      waiting?.done();
      return release;
    } catch (error) {
      if (!isDomainError(error)) throw error;
      waiting ??= progress.step('Another process fetches programs');
      waiting.update('waiting for it');
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }
}

/**
 * The programs by name: those that variables name, else those that were fetched, else those on the search
 * path that are new enough, else fetched now. A second time nothing is run and no network is touched.
 * @throws {DomainError} `provisioning.…`, saying what to install and which variable names it
 */
export async function ensurePrograms<Name extends ProgramName>(
  wanted: readonly Name[],
  { folder, progress, env }: EnsureOptions,
): Promise<Readonly<Record<Name, Program>>> {
  const found = new Map<ProgramName, Program>();
  for (const name of wanted) {
    const command = env[programKinds[name].variable];
    const known = command
      ? await programByVariable(name, command)
      : (programFetched(folder, readManifest(folder), name) ??
        (await programOnPath(name, env.PATH ?? '')));
    if (known) found.set(name, known);
  }
  const missing = wanted.filter((name) => !found.has(name));
  if (missing.length > 0) {
    await mkdir(folder, { recursive: true });
    const release = await lockForFetching(folder, progress);
    try {
      for (const name of missing) {
        const { group } = programKinds[name];
        const before = readManifest(folder);
        if (!programFetched(folder, before, name)) {
          const fetched = await fetchGroup(folder, group, progress);
          await saveManifest(folder, { form: 1, groups: { ...before.groups, [group]: fetched } });
        }
        const program = programFetched(folder, readManifest(folder), name);
        if (program) found.set(name, program);
      }
    } finally {
      release();
    }
  }
  return Object.fromEntries(found) as Record<Name, Program>;
}
