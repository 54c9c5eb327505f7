/** What an API answered. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

/** A client that knows nothing but addresses and JSON. */
export interface Api {
  send<Body = unknown>(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Answer<Body>>;
  /** @throws {Error} with the answer if it is no success */
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, body?: unknown): Promise<Body>;
  put(path: string, body?: unknown): Promise<void>;
  patch<Body>(path: string, body?: unknown): Promise<Body>;
  delete(path: string): Promise<void>;
  bytes(path: string): Promise<Buffer>;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

/**
 * @param authorization - value of the header, or nothing for a stranger
 * @param always - headers of every request
 */
export function createApi(
  url: string,
  authorization?: string,
  always: Readonly<Record<string, string>> = {},
): Api {
  const send: Api['send'] = async <Body>(
    method: string,
    path: string,
    {
      body,
      headers = {},
    }: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> } = {},
  ) => {
    const asText = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(new URL(path, url), {
      method,
      redirect: 'manual',
      headers: {
        ...always,
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: asText }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      body: parsed(text) as Body,
    };
  };
  const good = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await send<Body>(method, path, body === undefined ? {} : { body });
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text.slice(0, 500)}`);
    return answer.body;
  };
  return {
    send,
    get: (path) => good('GET', path),
    post: (path, body) => good('POST', path, body ?? {}),
    patch: (path, body) => good('PATCH', path, body ?? {}),
    put: (path, body) => good('PUT', path, body ?? {}),
    delete: (path) => good('DELETE', path),
    async bytes(path) {
      const answer = await fetch(new URL(path, url), {
        headers: { ...always, ...(authorization === undefined ? {} : { authorization }) },
      });
      if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}
