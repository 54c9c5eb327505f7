import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Progress, ProgressStep } from '../kernel/progress.ts';
import { findDetached } from '../processes/index.ts';
import { mainArchive, readAptSources } from './apt-sources.ts';
import {
  aptName,
  bytesThere,
  createAptState,
  downloadPackages,
  listPackages,
  type Package,
  updateIndex,
} from './fetch-packages.ts';
import { keepWhatRuns } from './keep-what-runs.ts';
import type { FetchedGroup } from './manifest.ts';
import {
  type Architecture,
  architectureHere,
  askVersion,
  commandOnPath,
  programIn,
} from './prefix.ts';
import { type ProgramGroup, type ProgramName, programKinds } from './programs.ts';
import { aptFailed, noArchive, programBroken } from './provisioning-errors.ts';
import { unpackPackage } from './unpack-package.ts';

const namesOf = (group: ProgramGroup): ProgramName[] =>
  (Object.keys(programKinds) as ProgramName[]).filter((name) => programKinds[name].group === group);

/** Counts up when other files of the same packages are kept. */
const keptForm = 2;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/** Codename of the running Debian. */
async function codename(): Promise<{ readonly id: string; readonly name: string }> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: field('ID'), name: field('VERSION_CODENAME') };
}

/** Which archive to fetch from. @throws {DomainError} `provisioning.no_archive` */
async function findArchive(
  { aptFolder, path }: FetchOptions,
  programs: readonly string[],
  variables: readonly string[],
) {
  const architecture = architectureHere();
  const refuse = (reason: string) => noArchive(reason, programs, variables);
  if (!architecture || process.platform !== 'linux')
    throw refuse(`this is ${process.platform} on ${process.arch}, for which nothing is prepared.`);
  if (!commandOnPath('apt-get', path) || !commandOnPath('dpkg-deb', path))
    throw refuse('this system has no apt (apt-get and dpkg-deb on PATH).');
  const { id, name } = await codename();
  const source = mainArchive(await readAptSources(aptFolder), name);
  if (!source)
    throw refuse(
      `the apt configuration names no Debian archive${id && id !== 'debian' ? ` (this is ${id})` : ''}, and only Debian's testing release has what is needed.`,
    );
  return { architecture, source };
}

/** Unpacks packages side by side into a folder. */
async function unpackAll(
  packages: readonly Package[],
  archives: string,
  folder: string,
  step: ProgressStep,
): Promise<void> {
  const waiting = [...packages];
  let done = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await unpackPackage(join(archives, next.file), folder);
      done += 1;
      step.update(`unpacking ${done} of ${packages.length}`, 0.6 + (0.4 * done) / packages.length);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work));
}

/** Unpacking alone makes `en_US_f_Allison`; Asterisk looks for `en`. */
const linkSounds = (root: string): Promise<void> =>
  symlink('en_US_f_Allison', join(root, 'usr/share/asterisk/sounds/en')).catch(() => undefined);

/** Changes with what is fetched, and with what of it is kept. */
const digestOf = (packages: readonly Package[]): string =>
  createHash('sha256')
    .update(JSON.stringify([keptForm, packages]))
    .digest('hex')
    .slice(0, 12);

async function checkPrograms(
  root: string,
  names: readonly ProgramName[],
  architecture: Architecture,
): Promise<Partial<Record<ProgramName, string>>> {
  const versions: Partial<Record<ProgramName, string>> = {};
  for (const name of names) {
    const { version, output } = await askVersion(programIn(root, name, '', architecture));
    if (!version) throw programBroken(name, output.trim().slice(0, 300) || 'it says nothing');
    versions[name] = version;
  }
  return versions;
}

export interface FetchOptions {
  /** Where prefixes lie, and what apt keeps. */
  readonly folder: string;
  readonly group: ProgramGroup;
  readonly progress: Progress;
  /** The machine's own apt configuration: `/etc/apt`. */
  readonly aptFolder: string;
  /** The search path on which apt-get and dpkg-deb are looked for. */
  readonly path: string;
}

/** What an earlier process that was killed left half unpacked. */
async function removeDrafts(folder: string, group: ProgramGroup): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(`${group}-`) && name.endsWith('.new'))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** What an earlier process that was killed left fetching: two at once would spoil each other's files. */
const endOrphan = async (folder: string): Promise<void> =>
  findDetached(folder, aptName)?.stop({ graceMs: 2_000 });

const groupTitles: Readonly<Record<ProgramGroup, string>> = {
  server: 'Fetching Asterisk, ffmpeg and espeak-ng',
  phones: 'Fetching SIP phones (SIPp, baresip)',
};

/**
 * Fetches the programs of a group into a prefix of their own, without root: Debian packages of the machine's
 * own mirror, checked by their signatures, unpacked and started through their own loader. What an
 * interrupted run has fetched is used.
 * @throws {DomainError} `provisioning.…`, saying what to do
 */
export async function fetchGroup(options: FetchOptions): Promise<FetchedGroup> {
  const { folder, group, progress } = options;
  const names = namesOf(group);
  const variables = names.map((name) => programKinds[name].variable);
  const wanted = names.flatMap((name) => programKinds[name].packages);
  const { architecture, source } = await findArchive(options, names, variables);
  const began = Date.now();
  const step = progress.step(groupTitles[group]);
  try {
    await endOrphan(folder);
    const apt = await createAptState(folder, source, architecture.debian);
    step.update('reading the index of the archive', 0);
    const updated = await updateIndex(apt, step);
    // Without a network the index of an interrupted run, and what it has fetched, may be enough.
    const packages = await listPackages(apt, wanted);
    if (typeof packages === 'string') {
      const [failed, output] = updated.ok ? ['resolve', packages] : ['update', updated.output];
      throw aptFailed(failed, output, names, variables);
    }
    const before = await bytesThere(apt, packages);
    const downloaded = await downloadPackages(apt, wanted, step);
    if (!downloaded.ok) throw aptFailed('download', downloaded.output, names, variables);
    const prefix = `${group}-${digestOf(packages)}`;
    await removeDrafts(folder, group);
    const draft = join(folder, `${prefix}.new`);
    await mkdir(draft, { recursive: true });
    await unpackAll(packages, apt.archives, draft, step);
    await keepWhatRuns(draft, names, architecture);
    if (group === 'server') await linkSounds(draft);
    const versions = await checkPrograms(draft, names, architecture);
    await rm(join(folder, prefix), { recursive: true, force: true });
    await rename(draft, join(folder, prefix));
    for (const { file } of packages) await rm(join(apt.archives, file), { force: true });
    const bytes = packages.reduce((sum, one) => sum + one.bytes, 0);
    const earlier = before > 0 ? ` (${megabytes(before)} of them by an earlier start)` : '';
    step.done(
      `${packages.length} packages, ${megabytes(bytes)}${earlier} in ${Math.round((Date.now() - began) / 1000)} s`,
    );
    return { prefix, versions, packages };
  } catch (error) {
    step.fail((error as Error).message.split('\n')[0] ?? '');
    throw error;
  }
}
