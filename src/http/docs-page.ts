import type { MountedDialect } from './mount-dialect.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as part of HTML. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: object;
  }[];
  readonly requestBody?: {
    readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
  };
  readonly responses?: Readonly<
    Record<
      string,
      {
        readonly description?: string;
        readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
      }
    >
  >;
}

interface Document {
  readonly info: { readonly title: string; readonly version: string };
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const style = `
:root{color-scheme:light dark;--edge:#8884;--dim:#8889;--paint:#0a7}
*{box-sizing:border-box}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.6rem}h2{margin-top:2.5rem;border-bottom:1px solid var(--edge)}
details{border:1px solid var(--edge);border-radius:.4rem;margin:.4rem 0;padding:.3rem .7rem}
summary{cursor:pointer}code,pre{font:14px/1.45 ui-monospace,monospace}pre{overflow:auto;padding:.6rem;background:#8881;border-radius:.4rem}
.method{display:inline-block;min-width:4.5rem;font-weight:600;color:var(--paint)}.dim{opacity:.7}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .5rem;border-top:1px solid var(--edge);vertical-align:top}`;

const html = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style><body>${body}</body></html>`;

const schemaBlock = (title: string, schema: object | undefined): string =>
  schema
    ? `<p class="dim">${escapeHtml(title)}</p><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre>`
    : '';

const contentBlocks = (
  title: string,
  content: Readonly<Record<string, { readonly schema?: object }>> | undefined,
): string =>
  Object.entries(content ?? {})
    .map(([type, { schema }]) => schemaBlock(`${title} (${type})`, schema))
    .join('');

function operationBlock(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? [])
    .map(
      (p) =>
        `<tr><td><code>${escapeHtml(p.name)}</code><td>${escapeHtml(p.in)}<td>${p.required ? 'required' : 'optional'}<td><code>${escapeHtml(JSON.stringify(p.schema ?? {}))}</code>`,
    )
    .join('');
  const answers = Object.entries(operation.responses ?? {})
    .map(([status, { description, content }]) =>
      contentBlocks(`${status} ${description ?? ''}`, content),
    )
    .join('');
  return `<details><summary><span class="method">${method.toUpperCase()}</span><code>${escapeHtml(path)}</code> <span class="dim">${escapeHtml(operation.summary ?? '')}</span></summary>${operation.description ? `<p>${escapeHtml(operation.description)}</p>` : ''}${parameters ? `<table>${parameters}</table>` : ''}${contentBlocks('Body', operation.requestBody?.content)}${answers}</details>`;
}

function dialectSection({ dialect, openapi }: MountedDialect): string {
  const document = openapi() as Document;
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationBlock(method, path, operation)),
  );
  return `<h2 id="${dialect.name}">${escapeHtml(document.info.title)}</h2><p>Version ${escapeHtml(document.info.version)}, ${operations.length} operations. <a href="/openapi/${dialect.name}.json">OpenAPI document</a></p>${operations.join('')}`;
}

/** Every operation of every dialect, on one page without scripts. */
export const docsPage = (mounted: readonly MountedDialect[]): string =>
  html(
    'Polyvox: the APIs',
    `<h1>Polyvox: the APIs</h1><p>${mounted.map(({ dialect }) => `<a href="#${dialect.name}">${escapeHtml(dialect.title)}</a>`).join(' · ')}</p>${mounted.map(dialectSection).join('')}`,
  );

/** What somebody sees who opens the address in a browser. */
export const frontPage = (mounted: readonly MountedDialect[]): string =>
  html(
    'Polyvox',
    `<h1>Polyvox</h1><p>A telephone exchange for programs. These APIs are served here, over the same users, phones and calls:</p><ul>${mounted.map(({ dialect }) => `<li><a href="/docs#${dialect.name}">${escapeHtml(dialect.title)}</a> <span class="dim">${dialect.paths.map(escapeHtml).join(', ')}</span></li>`).join('')}</ul><p><a href="/docs">All operations</a> · <a href="/readyz">State</a></p>`,
  );

/** A row of the generated list: code, kind, words. */
const errorRow = /^\| `([\w.]+)` \| (\w+) \| (.*) \|$/;

/** Every code of a refusal, where the `type` of a problem leads. @param list - docs/errors.md */
export const errorsPage = (list: string): string => {
  const rows = list.split('\n').flatMap((line) => {
    const [, code, kind = '', words = ''] = errorRow.exec(line) ?? [];
    if (!code) return [];
    return `<tr id="${escapeHtml(code)}"><td><code>${escapeHtml(code)}</code><td>${escapeHtml(kind)}<td>${escapeHtml(words)}`;
  });
  return html(
    'Polyvox: refusals',
    `<h1>Polyvox: refusals</h1><p>Code, kind and words of everything that is refused. <a href="/docs">All operations</a></p><table><tr><th>code<th>kind<th>words${rows.join('')}</table>`,
  );
};
