import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

type Texts = Readonly<Record<string, unknown>>;

/** A text of a query or header as the schema wants it, if it is written exactly so. */
function readText(type: unknown, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(?:true|false)$/.test(text)) return text === 'true';
  return text;
}

const readTexts = (schema: TSchema, sent: Texts): Texts => {
  const { properties = {} } = schema as { properties?: Record<string, { type?: unknown }> };
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [
      name,
      typeof value === 'string' && Object.hasOwn(properties, name)
        ? readText(properties[name]?.type, value)
        : value,
    ]),
  );
};

/** Whether there is a U+0000 anywhere: the database takes every character but this one. */
function holdsNul(value: unknown): boolean {
  const rest = [value];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string' && next.includes('\0')) return true;
    if (typeof next !== 'object' || next === null) continue;
    for (const part of Object.values(next)) if (part !== undefined) rest.push(part);
  }
  return false;
}

/**
 * Checks parts of requests against their schemas. Numbers and booleans of a query must be written as such:
 * `5.5`, `0x10` and nothing at all are no integers.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const check = Compile(schema);
  return (sent: unknown) => {
    const value = httpPart === 'body' ? sent : readTexts(schema, sent as Texts);
    if (!check.Check(value)) return { error: check.Errors(value) as never };
    if (holdsNul(value)) return { error: [{ message: 'must not hold U+0000' }] as never };
    return { value };
  };
};
