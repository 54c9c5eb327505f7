import type { DialTarget } from '../../../core/programs/index.ts';

type Properties = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** A number as it is dialled: international ones are often written without their plus. */
export const dialledNumber = (number: string): string =>
  /^[1-9]\d{9,14}$/.test(number) ? `+${number}` : number;

/** The user of an address within the account's own realm. */
const ownUser = (name: string, realm: string): string | undefined => {
  const [, user = '', host] = /^(?:sips?:)?([^@;?]+)(?:@([^;?:]+))?/.exec(name) ?? [];
  return user && (host === undefined || host.toLowerCase() === realm) ? user : undefined;
};

/** An address of another host. Whether it may be called is looked at when it is. */
function elsewhere(
  { sipUri, auth, from }: Properties,
  seal: (secret: string) => string,
): DialTarget | undefined {
  const uri = text(sipUri);
  if (!/^sips?:/i.test(uri)) return undefined;
  const { username, password } = (auth ?? {}) as Properties;
  const host = text(((from ?? {}) as Properties).host);
  const hasLogin = typeof password === 'string' && text(username) !== '';
  return {
    kind: 'sip',
    uri,
    ...(hasLogin && { username: text(username), sealedPassword: seal(password) }),
    ...(/^[a-z0-9.-]{1,253}$/i.test(host) && { fromHost: host }),
  };
}

function whomOf(
  given: Properties,
  realm: string,
  seal: (secret: string) => string,
): DialTarget | undefined {
  const { type, number, name, sipUri } = given;
  if (type === 'phone') {
    const dialled = dialledNumber(text(number) || text(name));
    return dialled ? { kind: 'dialled', dialled } : undefined;
  }
  if (type === 'user' || type === 'sip') {
    const username = ownUser(text(type === 'user' ? name : sipUri), realm);
    if (username) return { kind: 'endpoint', username };
  }
  return type === 'sip' ? elsewhere(given, seal) : undefined;
}

/**
 * Whom a target means, with its own headers and caller; `undefined` if that cannot be reached from here.
 * @param realm - the account's SIP domain, in lower case
 * @see contracts/jambonz.json, targets
 */
export function readTarget(
  given: unknown,
  realm: string,
  seal: (secret: string) => string,
): DialTarget | undefined {
  const properties = (given ?? {}) as Properties;
  const target = whomOf(properties, realm, seal);
  if (!target) return undefined;
  const headers = readHeaders(properties.headers);
  const user = text(((properties.from ?? {}) as Properties).user);
  return {
    ...target,
    ...(headers && { headers }),
    ...(user && { callerId: { number: user.slice(0, 64) } }),
  };
}

/** SIP headers that an application may add: names that begin with `X-`, values of one line. */
export function readHeaders(given: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const allowed = Object.entries(given).flatMap(([name, value]) =>
    /^x-[a-z0-9-]{1,60}$/i.test(name) && typeof value === 'string' && /^[ -~]{0,256}$/.test(value)
      ? [[name, value] as const]
      : [],
  );
  return allowed.length > 0 ? Object.fromEntries(allowed) : undefined;
}
