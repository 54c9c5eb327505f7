import { type TSchema, Type } from 'typebox';

export const Id = Type.String({ format: 'uuid', minLength: 36, maxLength: 36 });
export const Instant = Type.String({ format: 'date-time', maxLength: 40 });
export const Nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
export const Text = (maxLength: number, description?: string) =>
  Type.String({ minLength: 1, maxLength, ...(description && { description }) });

export const IdParameters = Type.Object({ id: Type.String({ maxLength: 64 }) });

export const IdempotencyHeaders = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 255, description: 'The same key gets the same answer for a day' }),
  ),
});

export const PageQuery = Type.Object({
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
  after: Type.Optional(
    Type.String({ maxLength: 256, description: 'The `next` of the page before' }),
  ),
});

export const PageOf = <Item extends TSchema>(item: Item) =>
  Type.Object({ items: Type.Array(item), next: Nullable(Type.String()) });

export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String(),
  instance: Type.String(),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: Problem } },
});

/** What every operation may answer instead. */
export const problems = { '4xx': problem('Refused'), '5xx': problem('Not possible now') };

export const Nothing = Type.Null({ description: 'Done' });

/** Unknown fields of a request are refused: a misspelt one must not be lost in silence. */
export const strict = { additionalProperties: false } as const;
