/** The programs that Polyvox needs besides Node and Postgres. */
export type ProgramName = 'asterisk' | 'ffmpeg' | 'espeak-ng' | 'sipp' | 'baresip';

/** How to start a program. */
export interface Program {
  readonly name: ProgramName;
  readonly version: string;
  readonly command: string;
  /** Comes before the program's own arguments: a loader and where its libraries lie. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Folder under which modules, sounds and data lie; absent for a system-wide program. */
  readonly root?: string;
  readonly source: 'variable' | 'path' | 'fetched';
  /** Name and version of the Debian package that it came in, if it was fetched. */
  readonly package?: string;
  /** Name of the prefix it lies in, which ends with a digest of everything in there; if it was fetched. */
  readonly prefix?: string;
}

/** What is fetched together, into one prefix. */
export const programGroups = ['server', 'phones'] as const;
export type ProgramGroup = (typeof programGroups)[number];

export interface ProgramKind {
  readonly variable: string;
  readonly group: ProgramGroup;
  /** Where it lies in its package, and which packages bring it. */
  readonly file: string;
  readonly packages: readonly string[];
  /** What it loads by name: where that lies, and what of it is never loaded here. TRIPLET is the machine's. */
  readonly plugins?: { readonly folder: string; readonly leftOut: RegExp };
  /** Folders of what it reads. */
  readonly folders: readonly string[];
  readonly versionArgs: readonly string[];
  readonly versionPattern: RegExp;
  readonly leastVersion: string;
}

export const programKinds: Readonly<Record<ProgramName, ProgramKind>> = {
  asterisk: {
    variable: 'POLYVOX_ASTERISK',
    group: 'server',
    file: 'usr/sbin/asterisk',
    packages: ['asterisk', 'asterisk-core-sounds-en-wav'],
    // Not its records of calls, calendars, foreign databases and SNMP: they would bring 50 MB of libraries.
    plugins: {
      folder: 'usr/lib/TRIPLET/asterisk/modules',
      leftOut: /^(cdr_|cel_|res_calendar|res_config_|res_odbc|res_snmp)/,
    },
    folders: ['usr/share/asterisk'],
    versionArgs: ['-V'],
    versionPattern: /Asterisk (?:certified-)?(\d+(?:\.\d+)*)/,
    leastVersion: '22.10.1',
  },
  ffmpeg: {
    variable: 'POLYVOX_FFMPEG',
    group: 'server',
    file: 'usr/bin/ffmpeg',
    packages: ['ffmpeg'],
    folders: [],
    versionArgs: ['-version'],
    versionPattern: /ffmpeg version n?(\d+(?:\.\d+)*)/,
    leastVersion: '5.0',
  },
  'espeak-ng': {
    variable: 'POLYVOX_ESPEAK',
    group: 'server',
    file: 'usr/bin/espeak-ng',
    packages: ['espeak-ng'],
    folders: ['usr/lib/TRIPLET/espeak-ng-data'],
    versionArgs: ['--version'],
    versionPattern: /text-to-speech: (\d+(?:\.\d+)*)/,
    leastVersion: '1.50',
  },
  sipp: {
    variable: 'POLYVOX_SIPP',
    group: 'phones',
    file: 'usr/bin/sipp',
    packages: ['sip-tester'],
    folders: ['usr/share/sip-tester'],
    versionArgs: ['-v'],
    versionPattern: /SIPp v?(\d+(?:\.\d+)*)/,
    leastVersion: '3.6',
  },
  baresip: {
    variable: 'POLYVOX_BARESIP',
    group: 'phones',
    file: 'usr/bin/baresip',
    packages: ['baresip-core'],
    // Nobody looks and nobody listens: no sound cards, cameras and screens.
    plugins: {
      folder: 'usr/lib/baresip/modules',
      leftOut:
        /^(alsa|jack|oss|portaudio|pulse|sndio|v4l2|vp[89]|vid|selfview|snapshot|fakevideo|codec2|evdev)/,
    },
    folders: ['usr/share/baresip'],
    versionArgs: ['-h'],
    versionPattern: /baresip v(\d+(?:\.\d+)*)/i,
    leastVersion: '1.1',
  },
};

/** Whether a version is at least another; both are numbers with dots, and one that ends earlier goes on with zeros. */
export function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split('.').map(Number));
  for (let at = 0; at < Math.max(a?.length ?? 0, b?.length ?? 0); at += 1) {
    const difference = (a?.[at] ?? 0) - (b?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
