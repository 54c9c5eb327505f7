import type { AriOperations } from './ari-types.generated.ts';

/** Method and path, such as `POST /channels/{channelId}/answer`. */
export type AriOperation = keyof AriOperations;

/** May be left out where everything in it may. */
type Given<Name extends string, Content> =
  Record<never, never> extends Content
    ? { readonly [Key in Name]?: Content }
    : { readonly [Key in Name]: Content };

type Path<About> = About extends { readonly path: infer Content }
  ? Given<'path', Content>
  : unknown;
type Query<About> = About extends { readonly query: infer Content }
  ? Given<'query', Content>
  : unknown;
type Body<About> = About extends { readonly body: infer Content }
  ? Given<'body', Content>
  : unknown;

/** The engine takes what belongs into the query from the body too, where parts of a list may hold commas. */
type QueryInBody<About> = About extends { readonly query: infer Content }
  ? {
      readonly query?: never;
      readonly body: Content & (About extends { readonly body: infer Own } ? Own : unknown);
    }
  : never;

/** What an operation may and must be given. @see Asterisk 22 ARI, the description it carries of itself */
export type AriRequest<Operation extends AriOperation> = {
  /** How errors name the command. */
  readonly command: string;
  /** Statuses that mean: it is as was asked for. */
  readonly alreadyDone?: readonly AriOperations[Operation]['errors'][];
} & Path<AriOperations[Operation]> &
  (
    | (Query<AriOperations[Operation]> & Body<AriOperations[Operation]>)
    | QueryInBody<AriOperations[Operation]>
  );

/** What is common to the requests of all operations. */
export interface AnyAriRequest {
  readonly command: string;
  readonly alreadyDone?: readonly number[];
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<
    Record<string, string | number | boolean | readonly string[] | undefined>
  >;
  readonly body?: unknown;
}

/** Method and path with its parts filled in, each encoded. */
export function lineOf(
  operation: AriOperation,
  { path = {}, query = {} }: AnyAriRequest,
): { readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'; readonly path: string } {
  const [method, template] = operation.split(' ') as ['GET' | 'POST' | 'PUT' | 'DELETE', string];
  const filled = template.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  );
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  return { method, path: given.length > 0 ? `${filled}?${new URLSearchParams(given)}` : filled };
}
