import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Progress, ProgressStep } from '../kernel/progress.ts';
import { mainArchive, readAptSources } from './apt-sources.ts';
import {
  createAptState,
  downloadPackages,
  listPackages,
  type Package,
  updateIndex,
} from './fetch-packages.ts';
import type { FetchedGroup } from './manifest.ts';
import { type Architecture, architectureHere, askVersion, programIn } from './prefix.ts';
import { type ProgramGroup, type ProgramName, programKinds } from './programs.ts';
import { aptFailed, noArchive, programBroken } from './provisioning-errors.ts';
import { unpackPackage } from './unpack-package.ts';

const namesOf = (group: ProgramGroup): ProgramName[] =>
  (Object.keys(programKinds) as ProgramName[]).filter((name) => programKinds[name].group === group);

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`;

/** Codename of the running Debian. */
async function codename(): Promise<{ readonly id: string; readonly name: string }> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const field = (key: string) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: field('ID'), name: field('VERSION_CODENAME') };
}

const isThere = (command: string): boolean =>
  ['/usr/bin', '/bin', '/usr/local/bin'].some((folder) => existsSync(join(folder, command)));

async function findArchive(programs: readonly string[], variables: readonly string[]) {
  const architecture = architectureHere();
  const refuse = (reason: string) => noArchive(reason, programs, variables);
  if (!architecture || process.platform !== 'linux')
    throw refuse(`this is ${process.platform} on ${process.arch}, for which nothing is prepared.`);
  if (!isThere('apt-get') || !isThere('dpkg-deb')) throw refuse('this system has no apt.');
  const { id, name } = await codename();
  const source = mainArchive(await readAptSources('/etc/apt'), name);
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

const groupTitles: Readonly<Record<ProgramGroup, string>> = {
  server: 'Fetching Asterisk, ffmpeg and espeak-ng',
  phones: 'Fetching SIP phones for tests (SIPp, baresip)',
};

/**
 * Fetches the programs of a group into a prefix of their own, without root: Debian packages of the machine's
 * own mirror, checked by their signatures, unpacked and started through their own loader.
 * @throws {DomainError} `provisioning.…`, saying what to do
 */
export async function fetchGroup(
  folder: string,
  group: ProgramGroup,
  progress: Progress,
): Promise<FetchedGroup> {
  const names = namesOf(group);
  const variables = names.map((name) => programKinds[name].variable);
  const wanted = names.flatMap((name) => programKinds[name].packages);
  const { architecture, source } = await findArchive(names, variables);
  const began = Date.now();
  const step = progress.step(groupTitles[group]);
  try {
    const apt = await createAptState(join(folder, 'apt'), source, architecture.debian);
    step.update('reading the index of the archive', 0);
    const updated = await updateIndex(apt, step);
    if (!updated.ok) throw aptFailed('update', updated.output, names, variables);
    const packages = await listPackages(apt, wanted);
    if (typeof packages === 'string') throw aptFailed('resolve', packages, names, variables);
    const bytes = packages.reduce((sum, one) => sum + one.bytes, 0);
    const downloaded = await downloadPackages(apt, wanted, step);
    if (!downloaded.ok) throw aptFailed('download', downloaded.output, names, variables);
    const digest = createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12);
    const prefix = `${group}-${digest}`;
    const draft = join(folder, `${prefix}.new`);
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await unpackAll(packages, apt.archives, draft, step);
    if (group === 'server')
      await symlink('en_US_f_Allison', join(draft, 'usr/share/asterisk/sounds/en')).catch(
        () => undefined,
      );
    const versions = await checkPrograms(draft, names, architecture);
    await rm(join(folder, prefix), { recursive: true, force: true });
    await rename(draft, join(folder, prefix));
    for (const { file } of packages) await rm(join(apt.archives, file), { force: true });
    step.done(
      `${packages.length} packages, ${megabytes(bytes)} in ${Math.round((Date.now() - began) / 1000)} s`,
    );
    return { prefix, versions, packages };
  } catch (error) {
    step.fail((error as Error).message.split('\n')[0] ?? '');
    throw error;
  }
}
