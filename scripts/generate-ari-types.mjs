#!/usr/bin/env node
// Writes src/engine/asterisk/ari-types.generated.ts from the description that Asterisk carries of its own API.
// `--check` compares instead. Asterisk is fetched if it is not there.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTerminalProgress } from '../src/cli/terminal-progress.ts';
import { ensurePrograms } from '../src/provisioning/index.ts';
import { isChecking, root, settle } from './generated-file.mjs';

const target = join(root, 'src/engine/asterisk/ari-types.generated.ts');
const command = 'node scripts/generate-ari-types.mjs';

const scalars = {
  string: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  Date: 'string',
  object: 'Readonly<Record<string, unknown>>',
  binary: 'Uint8Array',
  void: 'undefined',
};

/** What the description calls containers; the text beside each says what is in it. */
const containers = { variables: 'AriNewVariables', fields: 'readonly AriConfigTuple[]' };

const nameOf = (model) => `Ari${model}`;

function typeOf(text, models) {
  const inner = /^List\[(.+)\]$/.exec(text)?.[1];
  if (inner) {
    const item = typeOf(inner, models);
    return item.includes(' ') ? `readonly (${item})[]` : `readonly ${item}[]`;
  }
  if (Object.hasOwn(scalars, text)) return scalars[text];
  if (models.has(text)) return nameOf(text);
  throw new Error(`the description has a type that is not known here: ${text}`);
}

function valueType({ type, dataType, name, allowableValues, allowMultiple }, models) {
  const values = allowableValues?.valueType === 'LIST' ? allowableValues.values : undefined;
  const one =
    values?.map((value) => `'${value}'`).join(' | ') ??
    (dataType === 'containers' ? containers[name] : typeOf(type ?? dataType, models));
  if (!one) throw new Error(`a container is not known here: ${name}`);
  return allowMultiple ? `readonly ${values ? `(${one})` : one}[]` : one;
}

const plain = (text) => text.replaceAll('*/', '*\\/').trim();

function comment(text, indent) {
  const lines = plain(text ?? '').split('\n');
  if (lines.join('') === '') return '';
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line.trim()}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

const note = ({ description, defaultValue }) =>
  [description, defaultValue === undefined || defaultValue === '' ? '' : `Default: ${defaultValue}`]
    .filter(Boolean)
    .map((text) => text.trim())
    .join('\n');

/** @param optional - what stands behind an optional type: senders may say `undefined` */
const field = (name, about, models, indent, optional = '') =>
  `${comment(note(about), indent)}${indent}readonly ${name}${about.required ? '' : '?'}: ${valueType(about, models)}${about.required ? '' : optional};\n`;

function modelText(model, models, parents) {
  const parent = parents.get(model.id);
  const message = model.id === 'Message' || ancestors(model.id, parents).includes('Message');
  const tag = message && !model.subTypes ? `  readonly type: '${model.id}';\n` : '';
  const fields = Object.entries(model.properties).map(([name, about]) =>
    field(name, about, models, '  '),
  );
  return `${comment(model.description, '')}export interface ${nameOf(model.id)}${parent ? ` extends ${nameOf(parent)}` : ''} {\n${tag}${fields.join('')}}\n`;
}

function ancestors(id, parents) {
  const parent = parents.get(id);
  return parent ? [parent, ...ancestors(parent, parents)] : [];
}

function part(name, params, models, optional) {
  if (params.length === 0) return '';
  const fields = params.map((one) => field(one.name, one, models, '      ', optional));
  return `    readonly ${name}: {\n${fields.join('')}    };\n`;
}

function operationText(path, operation, models) {
  const params = (kind) =>
    (operation.parameters ?? [])
      .filter(({ paramType }) => paramType === kind)
      .map((one) => (kind === 'path' ? { ...one, required: true } : one));
  const body = params('body');
  const bodyText =
    body[0]?.dataType === 'object'
      ? `${comment(note(body[0]), '    ')}    readonly body: ${scalars.object};\n`
      : part('body', body, models, ' | undefined');
  const errors = (operation.errorResponses ?? []).map(({ code }) => Number(code));
  const all = [...new Set(errors)].sort((a, b) => a - b).join(' | ');
  const about = [operation.summary, operation.notes].filter(Boolean).join('\n');
  return [
    comment(about, '  '),
    `  '${operation.httpMethod} ${path}': {\n`,
    part('path', params('path'), models, ''),
    part('query', params('query'), models, ' | undefined'),
    bodyText,
    `    readonly response: ${typeOf(operation.responseClass, models)};\n`,
    `    readonly errors: ${all || 'never'};\n`,
    '  };\n',
  ].join('');
}

function generate(folder, version) {
  const documents = readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'resources.json')
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')));
  const models = new Map();
  for (const document of documents) {
    for (const [id, model] of Object.entries(document.models ?? {})) {
      if (models.has(id)) throw new Error(`the description has two models ${id}`);
      models.set(id, model);
    }
  }
  const parents = new Map();
  for (const { id, subTypes } of models.values())
    for (const child of subTypes ?? []) parents.set(child, id);

  const events = models.get('Event').subTypes.toSorted();
  const operations = documents
    .flatMap(({ apis }) => apis)
    .flatMap(({ path, operations: all }) => all.map((operation) => ({ path, operation })))
    .filter(({ operation }) => !operation.upgrade);
  return [
    `// Made by scripts/generate-ari-types.mjs from the API description of Asterisk ${version}. Not to be edited.\n`,
    ...[...models.values()].map((model) => modelText(model, models, parents)),
    `/** Variables of a channel or message, or headers, by name. */\nexport type AriNewVariables = Readonly<\n  Record<string, string | { readonly value: string; readonly report_events?: boolean }>\n>;\n`,
    `/** Every event by its \`type\`. */\nexport interface AriEventTypes {\n${events.map((id) => `  readonly ${id}: ${nameOf(id)};\n`).join('')}}\n`,
    `/**\n * Every operation: what stands in its path, query and body, what it answers, and its error statuses.\n * What belongs into the query may stand in the body instead.\n */\nexport interface AriOperations {\n${operations.map(({ path, operation }) => operationText(path, operation, models)).join('')}}\n`,
  ].join('\n');
}

const { asterisk } = await ensurePrograms(['asterisk'], {
  folder: join(root, '.engine'),
  progress: createTerminalProgress(process.stderr),
  env: process.env,
});
const folder = join(asterisk.root ?? '/', 'usr/share/asterisk/rest-api');
const before = existsSync(target) ? readFileSync(target, 'utf8') : '';
const madeFrom = /^.*of Asterisk (\d[\d.]*)\. /.exec(before)?.[1];

if (isChecking && madeFrom && (madeFrom !== asterisk.version || !existsSync(folder))) {
  console.log(
    `The ARI types are of Asterisk ${madeFrom}, this machine has ${asterisk.version}${existsSync(folder) ? '' : ' without its description'}: not compared.`,
  );
} else {
  settle(target, generate(folder, asterisk.version), command);
}
