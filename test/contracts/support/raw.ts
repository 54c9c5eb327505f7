import { type IncomingHttpHeaders, request } from 'node:http';
import { checkAnswer } from './openapi.ts';
import { server } from './server.ts';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON; `undefined` if it is none. */
  readonly json: unknown;
}

export interface RawRequest {
  readonly body?: string | Buffer;
  /** A header with several values is sent several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Address of this machine to come from: failures to sign in are counted by it. */
  readonly from?: string;
}

let addresses = 0;
const block = Math.floor(Math.random() * 250) + 2;

/** An address that nobody used before. */
export const freshAddress = (): string => {
  addresses += 1;
  return `127.${block}.${process.pid % 250}.${(addresses % 250) + 2}`;
};

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Sends exactly what is given: any method, any path, headers twice. The answer is checked as usual. */
export async function raw(
  method: string,
  path: string,
  { body, headers = {}, from }: RawRequest = {},
): Promise<RawAnswer> {
  const answer = await new Promise<RawAnswer>((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port: server.port,
        method,
        path,
        agent: false,
        ...(from && { localAddress: from }),
        headers: {
          ...(body !== undefined &&
            !('transfer-encoding' in headers) && { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            json: readJson(text),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
  await checkAnswer(server.url, {
    method,
    path,
    status: answer.status,
    contentType: answer.headers['content-type'],
    text: answer.text,
  });
  return answer;
}
