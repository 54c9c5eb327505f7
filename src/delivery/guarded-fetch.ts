import { Agent, request } from 'undici';
import { checkTarget, guardedLookup, portOf } from './guarded-target.ts';
import type { TargetGuard } from './target-guard.ts';

/** How often an answer may lead elsewhere. */
const mostRedirects = 3;

const refuse = (reason: string): never => {
  throw new Error(reason);
};

const web = { protocols: ['http:', 'https:'], words: 'only http and https are fetched' };

function checked(text: string, guard: TargetGuard): URL {
  const url = checkTarget(text, guard, web);
  if (url.username || url.password) refuse('the address must not hold credentials');
  return url;
}

async function readBounded(body: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > mostBytes) refuse(`it is larger than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Fetches a file for somebody outside: only from where the guard lets us, checked again at every
 * redirect and after resolving; bounded in time and size.
 * @throws {Error} whose message may be shown
 */
export async function guardedFetch(
  guard: TargetGuard,
  address: string,
  limits: { readonly mostBytes: number; readonly limitMs: number },
): Promise<Buffer> {
  const signal = AbortSignal.timeout(limits.limitMs);
  let url = checked(address, guard);
  for (let turn = 0; turn <= mostRedirects; turn += 1) {
    const agent = new Agent({
      connect: { lookup: guardedLookup(guard, portOf(url)) },
      pipelining: 0,
    });
    try {
      const answer = await request(url, {
        dispatcher: agent,
        signal,
        headers: { accept: 'audio/*' },
      });
      const { statusCode, headers, body } = answer;
      const location = [headers.location].flat()[0];
      if (statusCode >= 300 && statusCode < 400 && location) {
        url = checked(new URL(location, url).href, guard);
        continue;
      }
      if (statusCode !== 200) refuse(`the server answered ${statusCode}`);
      return await readBounded(body, limits.mostBytes);
    } catch (error) {
      if (signal.aborted)
        throw new Error(`it took longer than ${limits.limitMs / 1000} s`, { cause: error });
      const { code, message } = error as NodeJS.ErrnoException;
      throw new Error(code === 'ECONNREFUSED' ? 'nobody answers there' : message, { cause: error });
    } finally {
      agent.destroy().catch(() => undefined);
    }
  }
  throw new Error('it leads elsewhere too often');
}
