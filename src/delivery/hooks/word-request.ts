import type { HookRequest } from '../../core/hooks/index.ts';
import type { Json } from '../../kernel/json.ts';
import { basicCredentials } from '../basic-credentials.ts';

/** A request as it is sent. */
export interface WordedRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

const isPlain = (value: Json): value is string | number | boolean =>
  value !== null && typeof value !== 'object';

const asTexts = (value: Json | undefined): readonly string[] => {
  if (value === null || value === undefined) return [];
  if (isPlain(value)) return [String(value)];
  return Array.isArray(value) && value.every(isPlain) ? value.map(String) : [JSON.stringify(value)];
};

/** Flat parameters: lists of plain values repeat, anything deeper is its JSON, null is left out. */
export function flatParameters(payload: Json): URLSearchParams {
  const flat = new URLSearchParams();
  const named = payload !== null && typeof payload === 'object' ? Object.entries(payload) : [];
  for (const [name, value] of named as [string, Json | undefined][])
    for (const text of asTexts(value)) flat.append(name, text);
  return flat;
}

const contentTypes = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded; charset=UTF-8',
} as const;

function pathOf(request: HookRequest, url: URL): string {
  const more = request.method === 'GET' ? flatParameters(request.payload).toString() : '';
  if (!more) return `${url.pathname}${url.search}`;
  return `${url.pathname}${url.search ? `${url.search}&` : '?'}${more}`;
}

/** How a request is sent at an instant. Header names are lower case, so that a caller's own win. */
export function wordRequest(request: HookRequest, url: URL, at: Date): WordedRequest {
  const encoding = request.encoding ?? 'json';
  const written =
    encoding === 'json'
      ? JSON.stringify(request.payload)
      : flatParameters(request.payload).toString();
  const body = request.method === 'POST' ? written : '';
  const proof = request.sign?.(body, Math.floor(at.getTime() / 1000)) ?? {};
  const headers: Record<string, string> = {
    accept: '*/*',
    'accept-encoding': 'identity',
    'user-agent': request.userAgent,
    ...(request.method === 'POST' && { 'content-type': contentTypes[encoding] }),
    ...basicCredentials(request, url),
    ...(request.idempotencyKey !== undefined && { 'idempotency-key': request.idempotencyKey }),
  };
  for (const [name, value] of Object.entries({ ...request.headers, ...proof }))
    headers[name.toLowerCase()] = value;
  return { path: pathOf(request, url), headers, body };
}
