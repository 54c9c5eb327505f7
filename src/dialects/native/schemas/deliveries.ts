import { Type } from 'typebox';
import { Id, Instant, Nullable } from './common.ts';

export const DeliveryBody = Type.Object({
  id: Id,
  dialect: Type.String(),
  key: Type.String({ description: 'What has the same key arrives in order' }),
  subject: Type.String(),
  host: Type.String(),
  state: Type.Union([Type.Literal('waiting'), Type.Literal('failed')]),
  attempts: Type.Integer(),
  lastCode: Nullable(Type.String({ description: 'Why the last attempt failed' })),
  lastStatus: Nullable(Type.Integer()),
  lastAttemptAt: Nullable(Instant),
  createdAt: Instant,
});
