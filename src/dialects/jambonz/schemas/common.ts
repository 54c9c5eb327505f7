import { type TSchema, Type } from 'typebox';

export const SidField = Type.String({ format: 'uuid', minLength: 36, maxLength: 36 });
export const Nullable = <Schema extends TSchema>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** Dates go in as RFC 2822, ISO 8601 or epoch milliseconds. */
export const DateIn = Type.Union([Type.String({ maxLength: 40 }), Type.Integer({ minimum: 0 })]);
export const DateOut = Type.String({
  pattern:
    '^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000$',
});

export const Nothing = Type.Null({ description: 'Done' });

/** Unknown fields of a body are refused: a misspelt one must not be lost in silence. */
export const strict = { additionalProperties: false } as const;

const Message = Type.Object({ msg: Type.String() });
const Failure = Type.Object({ status: Type.Literal('fail'), message: Type.String() });
const Plain = Type.Object({ error: Type.String() });

const refusal = (description: string) => ({
  description,
  content: {
    'application/json': { schema: Type.Union([Message, Failure, Plain]) },
    'text/plain': { schema: Type.String() },
  },
});

/** What every operation may answer instead. */
export const refusals = { '4xx': refusal('Refused'), '5xx': refusal('Not possible now') };

/** Sids of a path; what is no UUID is refused by the route, in the contract's words. */
export const SidParameters = <Name extends string>(...names: readonly Name[]) =>
  Type.Object(
    Object.fromEntries(names.map((name) => [name, Type.String({ maxLength: 512 })])) as Record<
      Name,
      ReturnType<typeof Type.String>
    >,
  );

/** Booleans go in as either, and come out as 0 or 1. */
export const FlagIn = Type.Union([Type.Boolean(), Type.Literal(0), Type.Literal(1)]);
export const Flag = Type.Integer({ minimum: 0, maximum: 1 });

export const Made = Type.Object({ sid: SidField });
