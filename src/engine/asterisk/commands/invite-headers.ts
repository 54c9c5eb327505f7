import type { EngineLegId } from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';

/** Names that are read, and characters of a value. */
const mostNames = 40;
const longestValue = 512;

/**
 * Reads the headers of an INVITE one by one: there is no way to read all at once.
 * @see Asterisk 22, functions PJSIP_HEADERS and PJSIP_HEADER
 */
export async function inviteHeaders(
  ari: AriHttp,
  leg: EngineLegId,
): Promise<Readonly<Record<string, string>>> {
  const read = async (variable: string): Promise<string> => {
    const found = await ari.send('GET /channels/{channelId}/variable', {
      command: 'read headers',
      path: { channelId: leg },
      query: { variable },
      alreadyDone: [404],
    });
    return found?.value ?? '';
  };
  const names = (await read('PJSIP_HEADERS()'))
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[A-Za-z0-9.!%*_+`'~-]{1,64}$/.test(name));
  const unique = [...new Set(names.map((name) => name.toLowerCase()))].slice(0, mostNames);
  const values = await Promise.all(unique.map((name) => read(`PJSIP_HEADER(read,${name})`)));
  return Object.fromEntries(
    unique.map((name, at) => [name, (values[at] ?? '').slice(0, longestValue)]),
  );
}
