import { Compile } from 'typebox/schema';

/** A schema, and a place for it in an answer. */
interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: Described;
  readonly responses: Readonly<Record<string, Described>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** What there is to check about an answer. */
export interface Seen {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

const dialects = {
  sipgate: /^\/v2(?:\/|$)/,
  mikopbx: /^\/(?:pbxcore|admin-cabinet)\//,
  jambonz: /^\/(?:v1\/|health$)/,
  native: /^\/native\//,
} as const;
export type DialectName = keyof typeof dialects;
export const dialectNames = Object.keys(dialects) as readonly DialectName[];

const documents = new Map<string, Promise<OpenApi>>();

/** The published document of a dialect, fetched once. */
export function documentOf(url: string, dialect: DialectName): Promise<OpenApi> {
  const address = `${url}/openapi/${dialect}.json`;
  const known =
    documents.get(address) ?? fetch(address).then((answer) => answer.json() as Promise<OpenApi>);
  documents.set(address, known);
  return known;
}

const isPlaceholder = (part: string): boolean => part.startsWith('{');

/** Whether a path is one of a template; `/a/{id}` takes `/a/1`. */
const fits = (template: string, path: string): boolean => {
  const [wanted, given] = [template.split('/'), path.replace(/(.)\/$/, '$1').split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, at) => part === given[at] || (isPlaceholder(part) && given[at] !== ''))
  );
};

/** Literal parts win over placeholders. */
const plainness = (template: string): number => template.split('/').filter(isPlaceholder).length;

const find = (document: OpenApi, method: string, path: string): Operation | undefined => {
  const [template] = Object.keys(document.paths)
    .filter((candidate) => fits(candidate, path))
    .sort((a, b) => plainness(a) - plainness(b));
  return template === undefined
    ? undefined
    : document.paths[template]?.[method === 'HEAD' ? 'get' : method.toLowerCase()];
};

/** The form of refusals, which is the same for every operation of a dialect. */
const anyRefusal = (document: OpenApi): Described | undefined =>
  Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .map(({ responses }) => responses['4XX'])
    .find((described) => described?.content);

const describedFor = (document: OpenApi, { method, path, status }: Seen): Described | undefined => {
  const operation = find(document, method, path.replace(/\?.*$/, ''));
  if (!operation) return status >= 400 && status < 500 ? anyRefusal(document) : undefined;
  return operation.responses[status] ?? operation.responses[`${String(status)[0]}XX`];
};

function whyWrong({ contentType, text, method }: Seen, described: Described): string | undefined {
  if (method === 'HEAD') return text === '' ? undefined : 'has a body';
  if (!described.content) return text === '' ? undefined : 'has a body that is not documented';
  const type = contentType?.split(';')[0] ?? 'nothing';
  const schema = described.content[type]?.schema;
  if (!schema) return `is ${type}, which is not documented`;
  if (!type.endsWith('json')) return undefined;
  const [good, errors] = Compile(schema as Record<string, unknown>).Errors(JSON.parse(text));
  return good
    ? undefined
    : errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');
}

/**
 * Holds an answer against the document of its dialect; paths outside of the dialects are not looked at.
 * @throws {Error} saying what is not as documented
 */
export async function checkAnswer(url: string, seen: Seen): Promise<void> {
  if (seen.method === 'OPTIONS' && seen.status === 204 && seen.text === '') return;
  const dialect = dialectNames.find((name) => dialects[name].test(seen.path));
  if (!dialect) return;
  const described = describedFor(await documentOf(url, dialect), seen);
  const why = described ? whyWrong(seen, described) : 'is not documented';
  if (why) {
    const { method, path, status, text } = seen;
    throw new Error(
      `the answer ${status} to ${method} ${path.slice(0, 200)} ${why}:\n${text.slice(0, 500)}`,
    );
  }
}
