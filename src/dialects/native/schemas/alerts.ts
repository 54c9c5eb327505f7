import { Type } from 'typebox';
import { type AlertKind, alertKinds } from '../../../core/alerts/index.ts';
import { Id, Instant, Nullable } from './common.ts';

const Kind = Type.Unsafe<AlertKind>(Type.Union(alertKinds.map((kind) => Type.Literal(kind))));

export const AlertQuery = Type.Object({
  kind: Type.Optional(Kind),
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
});

export const AlertList = Type.Object({
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      id: Id,
      at: Instant,
      kind: Kind,
      message: Type.String(),
      detail: Nullable(Type.String()),
      target: Nullable(Type.String({ description: 'The second id of what it is about' })),
    }),
  ),
});
