import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgressStep } from '../kernel/progress.ts';
import { environmentFor } from '../processes/index.ts';
import type { AptSource } from './apt-sources.ts';
import { type Outcome, runToEnd } from './run-to-end.ts';

/** One package of what is fetched. */
export interface Package {
  readonly file: string;
  readonly bytes: number;
  /** `SHA256:…`, as the signed index states it. */
  readonly hash: string;
}

/** The release that carries an Asterisk which is new enough. */
const suite = 'testing';

/**
 * Tools for installing packages, which are not needed to run their programs. They count as installed, so
 * that apt leaves them and what they need out.
 */
const notNeeded = [
  'adduser',
  'passwd',
  'perl',
  'perl-base',
  'python3',
  'systemd',
  'ucf',
  'media-types',
];

const statusFile = (architecture: string): string =>
  notNeeded
    .map(
      (name) =>
        `Package: ${name}\nStatus: install ok installed\nMaintainer: none\nArchitecture: ${architecture}\nMulti-Arch: allowed\nVersion: 9999\nDescription: not needed\n`,
    )
    .join('\n');

/** Under which an apt that runs for us is found again. */
export const aptName = 'apt';

export interface AptState {
  /** Where everything that is fetched lies. */
  readonly folder: string;
  readonly options: readonly string[];
  readonly archives: string;
}

/**
 * An apt state of our own, under the system's own settings for proxies, certificates and validity.
 * @param programFolder - where everything that is fetched lies
 */
export async function createAptState(
  programFolder: string,
  source: AptSource,
  architecture: string,
): Promise<AptState> {
  const folder = join(programFolder, 'apt');
  const archives = join(folder, 'cache', 'archives');
  await mkdir(join(archives, 'partial'), { recursive: true });
  await mkdir(join(folder, 'state', 'lists', 'partial'), { recursive: true });
  const signed = source.signedBy ? ` [signed-by=${source.signedBy}]` : '';
  await writeFile(join(folder, 'sources.list'), `deb${signed} ${source.uri} ${suite} main\n`);
  await writeFile(join(folder, 'status'), statusFile(architecture));
  const settings = {
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::Etc::preferences': '/dev/null',
    'Dir::Etc::preferencesparts': '/dev/null',
    'APT::Sandbox::User': '',
    'APT::Install-Recommends': '0',
    'Debug::NoLocking': '1',
    'Acquire::Languages': 'none',
    'Acquire::ForceHash': 'SHA256',
    'Acquire::Retries': '3',
    // Else an index that could not be fetched is a warning, and success.
    'APT::Update::Error-Mode': 'any',
    'APT::Status-Fd': '3',
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
  };
  return {
    folder: programFolder,
    archives,
    options: Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  };
}

const report = (step: ProgressStep, from: number, to: number) => (line: string) => {
  const [kind, , percent, words] = line.split(':');
  if (kind !== 'dlstatus' || !percent) return;
  step.update((words ?? '').trim(), from + ((to - from) * Number(percent)) / 100);
};

const runApt = (
  { folder, options }: AptState,
  args: readonly string[],
  onStatus?: (line: string) => void,
): Promise<Outcome> =>
  runToEnd('apt-get', [...options, ...args], {
    env: environmentFor(folder, aptName),
    ...(onStatus && { onStatus }),
  });

/** Reads the index of the archive. */
export const updateIndex = (apt: AptState, step: ProgressStep): Promise<Outcome> =>
  runApt(apt, ['-q', 'update'], report(step, 0, 0.1));

/** What must be fetched for some packages, with everything they need. */
export async function listPackages(
  apt: AptState,
  names: readonly string[],
): Promise<readonly Package[] | string> {
  // What was fetched already is not listed; with no archive at hand, everything is.
  const all = ['-o', `Dir::Cache::archives=${join(apt.archives, 'partial')}`];
  const { ok, output } = await runApt(apt, [...all, '-q', '--print-uris', 'install', ...names]);
  if (!ok) return output;
  return output.split('\n').flatMap((line) => {
    const [, file, bytes, hash] = /^'[^']+' (\S+\.deb) (\d+) (\S+)/.exec(line) ?? [];
    return file && hash ? [{ file, bytes: Number(bytes), hash }] : [];
  });
}

/** Bytes of some packages that an earlier, interrupted run has fetched, whole or in part. */
export async function bytesThere(
  { archives }: AptState,
  packages: readonly Package[],
): Promise<number> {
  const sizes = await Promise.all(
    packages.flatMap(({ file }) =>
      [join(archives, file), join(archives, 'partial', file)].map((path) =>
        stat(path).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Fetches packages; what is there already is not fetched again, what was interrupted goes on. */
export const downloadPackages = (
  apt: AptState,
  names: readonly string[],
  step: ProgressStep,
): Promise<Outcome> =>
  runApt(apt, ['-q', '-y', '--download-only', 'install', ...names], report(step, 0.1, 0.6));

/** Removes the index of the archive and everything else of apt, once there is nothing more to fetch. */
export const forgetIndex = (programFolder: string): Promise<void> =>
  rm(join(programFolder, 'apt'), { recursive: true, force: true });
