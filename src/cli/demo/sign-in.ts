import { requestRefused } from './demo-errors.ts';
import type { Transcript } from './transcript.ts';

const path = '/admin-cabinet/session/start';

/**
 * Signs in as a client of MikoPBX does.
 * @returns the header that its later requests carry
 * @see docs/contracts/mikopbx.md
 */
export async function signIn(
  url: string,
  adminPassword: string,
  transcript: Transcript,
): Promise<Readonly<Record<string, string>>> {
  transcript.asked('MikoPBX', `POST ${path} login=admin&password=…`);
  const answer = await fetch(new URL(path, url), {
    method: 'POST',
    headers: { 'x-requested-with': 'XMLHttpRequest' },
    body: new URLSearchParams({ login: 'admin', password: adminPassword }),
  });
  const text = await answer.text();
  const { success } = JSON.parse(text) as { success?: boolean };
  if (!success) throw requestRefused('MikoPBX', `POST ${path}`, answer.status, text);
  transcript.answered('MikoPBX', answer.status, '{"success":true} and a cookie');
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.replace(/;.*/, ''));
  return { cookie: cookies.join('; ') };
}
