import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One archive that the machine's own apt configuration names. */
export interface AptSource {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  /** Path of a keyring, if the entry names one. */
  readonly signedBy: string | undefined;
}

/** Entries of the one-line form. @see sources.list(5) */
export function parseOneLine(text: string): AptSource[] {
  return text.split('\n').flatMap((line) => {
    const [, options = '', uri, suite, rest = ''] =
      /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*?)\s*(?:#.*)?$/.exec(line) ?? [];
    if (!uri || !suite) return [];
    const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
    return [{ uri, suites: [suite], components: rest.split(/\s+/).filter(Boolean), signedBy }];
  });
}

/** Entries of the deb822 form. @see sources.list(5) */
export function parseDeb822(text: string): AptSource[] {
  return text.split(/\n\s*\n/).flatMap((paragraph) => {
    const fields = new Map<string, string>();
    for (const line of paragraph.split('\n')) {
      const [, name, value] = /^([A-Za-z-]+):\s*(.*?)\s*$/.exec(line) ?? [];
      if (name) fields.set(name.toLowerCase(), value ?? '');
    }
    const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
    if (!words('types').includes('deb') || /^(no|false)$/i.test(fields.get('enabled') ?? ''))
      return [];
    const signedBy = fields.get('signed-by');
    return words('uris').map((uri) => ({
      uri,
      suites: words('suites'),
      components: words('components'),
      signedBy: signedBy?.startsWith('/') ? signedBy : undefined,
    }));
  });
}

const readIfThere = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

/** Every archive of a machine's apt configuration. @param folder - `/etc/apt` */
export async function readAptSources(folder: string): Promise<AptSource[]> {
  const parts = join(folder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).sort();
  const sources = parseOneLine(await readIfThere(join(folder, 'sources.list')));
  for (const name of names) {
    const text = await readIfThere(join(parts, name));
    if (name.endsWith('.list')) sources.push(...parseOneLine(text));
    if (name.endsWith('.sources')) sources.push(...parseDeb822(text));
  }
  return sources;
}

const moving = ['stable', 'oldstable', 'testing', 'unstable', 'sid'];

/** The archive that carries a release of Debian: not its security or update suites, not a third party's. */
export const mainArchive = (
  sources: readonly AptSource[],
  codename: string,
): AptSource | undefined =>
  sources.find(
    ({ suites, components, uri }) =>
      components.includes('main') &&
      /\/debian\/?$/.test(uri) &&
      suites.some((suite) => suite === codename || moving.includes(suite)),
  );
