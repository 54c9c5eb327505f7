import { createHash } from 'node:crypto';

/** What the engine checks passwords of devices with: `MD5(username:realm:password)`. @see RFC 7616 section 3.4.2 */
export const digestOf = (username: string, realm: string, password: string): string =>
  createHash('md5').update(`${username}:${realm}:${password}`).digest('hex');
