import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../kernel/progress.ts';
import { takeFolder, writeDurably } from '../processes/index.ts';
import { fetchGroup } from './fetch-group.ts';
import { forgetIndex } from './fetch-packages.ts';
import { type Manifest, manifestPath, packageOf, readManifest } from './manifest.ts';
import { architectureHere, askVersion, programIn, programOnPath } from './prefix.ts';
import {
  isAtLeast,
  type Program,
  type ProgramName,
  programGroups,
  programKinds,
} from './programs.ts';
import { programNotRunnable, programTooOld } from './provisioning-errors.ts';

export interface EnsureOptions {
  /** Where fetched programs lie: `.engine` in the clone. */
  readonly folder: string;
  readonly progress: Progress;
  /** The search path, and variables that name programs. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's own apt configuration: `/etc/apt` if nothing is said. */
  readonly aptFolder?: string;
}

/** What was fetched is no secret: a clone that one user set up is run by others. */
const readableByAll = 0o644;

/** A program that a variable names. @throws {DomainError} if it does not run or is too old */
async function programByVariable(name: ProgramName, command: string): Promise<Program> {
  const { variable, leastVersion } = programKinds[name];
  const { version, output } = await askVersion({ name, command, args: [] });
  if (!version) throw programNotRunnable(name, variable, command, output.trim().slice(0, 200));
  if (!isAtLeast(version, leastVersion)) throw programTooOld(name, version, leastVersion, variable);
  return { name, version, command, args: [], source: 'variable' };
}

/**
 * A program that was fetched before, if it is still there and still new enough. No program is run to find
 * out.
 */
function programFetched(
  folder: string,
  manifest: Manifest,
  name: ProgramName,
): Program | undefined {
  const kind = programKinds[name];
  const group = manifest.groups[kind.group];
  const version = group?.versions[name];
  const architecture = architectureHere();
  if (!group || !version || !architecture || !isAtLeast(version, kind.leastVersion))
    return undefined;
  const program = programIn(join(folder, group.prefix), name, version, architecture);
  if (![program.command, ...program.args.slice(-1)].every(existsSync)) return undefined;
  const from = packageOf(group, kind.packages[0] ?? name);
  return { ...program, prefix: group.prefix, ...(from && { package: from }) };
}

/** Fetches the groups that some programs belong to, one process at a time. */
async function fetchMissing(
  missing: readonly ProgramName[],
  { folder, progress, env, aptFolder = '/etc/apt' }: EnsureOptions,
): Promise<readonly Program[]> {
  await mkdir(folder, { recursive: true });
  const waitingFor = 'Another process fetches programs';
  const release = await takeFolder(folder, { progress, waitingFor, patient: true });
  try {
    for (const name of missing) {
      const { group } = programKinds[name];
      const before = readManifest(folder);
      if (programFetched(folder, before, name)) continue;
      const path = env.PATH ?? '';
      const fetched = await fetchGroup({ folder, group, progress, aptFolder, path });
      const manifest = { form: 1, groups: { ...before.groups, [group]: fetched } };
      writeDurably(manifestPath(folder), `${JSON.stringify(manifest, null, 1)}\n`, readableByAll);
    }
    const manifest = readManifest(folder);
    if (programGroups.every((group) => manifest.groups[group])) await forgetIndex(folder);
    return missing.flatMap((name) => programFetched(folder, manifest, name) ?? []);
  } finally {
    release();
  }
}

/**
 * The programs by name: those that variables name, else those that were fetched, else those on the search
 * path that are new enough, else fetched now. A second time nothing is run and no network is touched.
 * @throws {DomainError} `provisioning.…`, saying what to install and which variable names it
 */
export async function ensurePrograms<Name extends ProgramName>(
  wanted: readonly Name[],
  options: EnsureOptions,
): Promise<Readonly<Record<Name, Program>>> {
  const { folder, env } = options;
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
  const fetched = missing.length > 0 ? await fetchMissing(missing, options) : [];
  for (const program of fetched) found.set(program.name, program);
  return Object.fromEntries(found) as Record<Name, Program>;
}
