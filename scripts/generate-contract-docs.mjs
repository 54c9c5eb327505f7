#!/usr/bin/env node
// Writes the tables of docs/contracts/ out of the routes: `node scripts/generate-contract-docs.mjs [--check]`.
// A page marks where a table stands: `<!-- generated: NAME -->` and `<!-- end -->`; the rest is written by hand.
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Fastify from 'fastify';
import { createJambonzDialect } from '../src/dialects/jambonz/index.ts';
import { createMikopbxDialect } from '../src/dialects/mikopbx/index.ts';
import { createNativeDialect } from '../src/dialects/native/index.ts';
import { createSipgateDialect } from '../src/dialects/sipgate/index.ts';
import { createRouteTable } from '../src/http/route-table.ts';
import { root, settle } from './generated-file.mjs';

const folder = join(root, 'docs', 'contracts');
const command = 'node scripts/generate-contract-docs.mjs';

/** What a dialect is built on, hollow: only its routes are looked at. */
const services = {};
const dialects = [
  createSipgateDialect({
    services,
    publicUrl: () => '',
    sipAddress: () => '',
    signingKey: '',
    origins: [],
  }),
  createMikopbxDialect({ services, sessionStore: {}, trustLocal: false, sessionKey: '' }),
  createJambonzDialect(services),
  createNativeDialect(services),
];

for (const path of globSync('src/dialects/*/index.ts', { cwd: root })) {
  const name = basename(join(path, '..'));
  if (!dialects.some((dialect) => dialect.name === name))
    throw new Error(`src/dialects/${name} has no page in docs/contracts: add it to this script`);
}

/** Who may use a route, in words. */
const who = {
  public: ({ because }) => `everybody: ${because}`,
  credential: () => 'any credential',
  scope: ({ anyOf }) => anyOf.map((scope) => `\`${scope}\``).join(' or '),
  admin: () => 'administrators',
  operator: () => 'the operator',
};

/** Every operation of a dialect, as it is registered. HEAD comes with GET and is not told. */
function operationsOf(dialect) {
  const app = Fastify();
  const found = [];
  app.addHook('onRoute', ({ method, url, schema, config }) => {
    for (const one of [method].flat()) {
      if (one === 'HEAD') continue;
      if (!config?.access || !schema?.summary) throw new Error(`${one} ${url} says too little`);
      const { access } = config;
      found.push({ method: one, url, summary: schema.summary, access: who[access.kind](access) });
    }
  });
  dialect.routes(app, services);
  return found;
}

const cell = (text) => text.replaceAll('|', '\\|');
const asTemplate = (url) => url.replace(/:(\w+)/g, '{$1}');
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');

/** What is served: operations that differ in their method alone share a row. */
function servedTable(operations) {
  const rows = new Map();
  for (const { method, url, summary, access } of operations) {
    const key = JSON.stringify([url, summary, access]);
    rows.set(key, [...(rows.get(key) ?? []), method]);
  }
  return table(
    ['operation', 'what it does', 'who may'],
    [...rows].map(([key, methods]) => {
      const [url, summary, access] = JSON.parse(key);
      return [`\`${methods.join(', ')} ${asTemplate(url)}\``, summary, access];
    }),
  );
}

/** The published operations of a contract, in groups; `undefined` for an API of our own. */
function publishedOf({ name }) {
  if (name === 'native') return undefined;
  return JSON.parse(readFileSync(join(folder, `${name}.operations.json`), 'utf8')).groups;
}

const shape = (path) => path.replace(/\{[^}]*\}|:\w+/g, '{}');
const isServed = (operations, published) =>
  operations.some(({ method, url }) => shape(`${method} ${url}`) === shape(published));

/** What a client gets for a published operation that is not served. */
function answerTo(dialect, operations, published) {
  const [method, path] = published.split(' ');
  const example = path.replace(/\{[^}]*\}/g, '1');
  const routes = createRouteTable();
  for (const { url } of operations.filter((one) => one.method === method)) routes.add('x', url);
  if (routes.methodsOf(example).length > 0) return '200, `result` false';
  for (const { url } of operations) routes.add('x', url);
  if (routes.methodsOf(example).length > 0) return '405';
  return dialect.paths.some((start) => example.startsWith(start)) ? '404' : '404, plain form';
}

function count(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}

const inWords = (counts) =>
  counts.length === 1 ? counts[0][0] : counts.map(([what, n]) => `${n} × ${what}`).join('; ');

/** What is not served, in groups. */
function missingTable(dialect, operations) {
  const groups = publishedOf(dialect) ?? [];
  const rows = groups.flatMap(({ name, operations: published }) => {
    const missing = published.filter((one) => !isServed(operations, one));
    if (missing.length === 0) return [];
    const answers = count(missing.map((one) => answerTo(dialect, operations, one)));
    return [[name, `${missing.length} of ${published.length}`, inWords(answers)]];
  });
  const all = groups.flatMap((group) => group.operations);
  const left = all.filter((one) => !isServed(operations, one)).length;
  const sentence = `${left} of the ${all.length} published operations are not served yet.`;
  return `${sentence}\n\n${table(['group', 'not served', 'a client gets'], rows)}`;
}

/** How much of every contract is served. */
function overview(operationsByName) {
  return table(
    ['API', 'page', 'paths', 'served'],
    dialects.map((dialect) => {
      const operations = operationsByName.get(dialect.name);
      const published = publishedOf(dialect)?.flatMap((group) => group.operations);
      const own = published?.filter((one) => isServed(operations, one)).length;
      return [
        dialect.title,
        `[${dialect.name}.md](${dialect.name}.md)`,
        [...new Set(dialect.paths.map((path) => `\`${path.replace(/\/?$/, '/*')}\``))].join(', '),
        published
          ? `${own} of ${published.length} published operations`
          : `${operations.length} operations, all there are`,
      ];
    }),
  );
}

/** What events carry by their kind. */
const carried = {
  EventBase: [],
  LegEventBase: ['the leg'],
  ProgramEventBase: ['the leg'],
  ConferenceEventBase: ['the conference'],
  ConferenceLegEventBase: ['the leg', 'the conference'],
  QueueEventBase: ['the leg', 'the queue'],
};

/** Every event of the core with what it carries; who hears it follows from that. */
function eventTable() {
  const source = readFileSync(join(root, 'src/core/events/event.ts'), 'utf8');
  const members = [...source.matchAll(/\| \((\w*EventBase) & \{(.*?)\}\)/gs)];
  const rows = members.flatMap(([, base, body]) => {
    const [, types = ''] = /readonly type:((?:\s*\|?\s*'[\w.]+')+)/.exec(body) ?? [];
    const own = [...body.matchAll(/readonly (\w+):/g)].map(([, name]) => name);
    const fields = own.filter((name) => name !== 'type').map((name) => `\`${name}\``);
    const hears = carried[base].includes('the leg') || own.includes('userId');
    return [...types.matchAll(/'([\w.]+)'/g)].map(([, type]) => [
      `\`${type}\``,
      [...carried[base], ...fields].join(', '),
      hears ? 'administrators; the user it names' : 'administrators',
    ]);
  });
  const told = (source.match(/readonly type:/g) ?? []).length;
  if (members.length !== told) throw new Error('an event of src/core/events/event.ts is not seen');
  return table(['event', 'carries besides `type` and `at`', 'who hears it'], rows);
}

/** Puts the tables where a page has marks for them. Every mark has a table, and every table a mark. */
function withTables(path, tables) {
  const left = new Set(Object.keys(tables));
  const text = readFileSync(path, 'utf8').replace(
    /(<!-- generated: (\w+) -->\n)(?:.*?\n)??(<!-- end -->)/gs,
    (_whole, start, name, end) => {
      if (!left.delete(name))
        throw new Error(`${path}: no table is called ${name}, or it is there twice`);
      return `${start}\n${tables[name]()}\n\n${end}`;
    },
  );
  if (left.size > 0) throw new Error(`${path} has no mark for ${[...left].join(', ')}`);
  return text;
}

const operationsByName = new Map(dialects.map((dialect) => [dialect.name, operationsOf(dialect)]));
for (const dialect of dialects) {
  const path = join(folder, `${dialect.name}.md`);
  const operations = operationsByName.get(dialect.name);
  const tables = { served: () => servedTable(operations) };
  if (publishedOf(dialect)) tables.missing = () => missingTable(dialect, operations);
  if (dialect.name === 'native') tables.events = eventTable;
  settle(path, withTables(path, tables), command);
}
const index = join(folder, 'README.md');
settle(index, withTables(index, { served: () => overview(operationsByName) }), command);
