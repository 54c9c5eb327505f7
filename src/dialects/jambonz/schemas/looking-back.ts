import { Type } from 'typebox';
import { DateOut, SidField } from './common.ts';

const Text = Type.Optional(Type.String({ maxLength: 128 }));

/** Both are needed; what is missing or wrong is told in the contract's words. @see readPage */
const paging = {
  page: Type.Optional(Type.String({ description: 'From 1; needed' })),
  count: Type.Optional(Type.String({ description: 'Entries of a page: 1 to 500; needed' })),
};

const span = {
  days: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 3650, description: 'Wins over start and end' }),
  ),
  start: Text,
  end: Text,
};

export const AlertQuery = Type.Object({ ...paging, ...span, alert_type: Text });

export const RecentCallQuery = Type.Object({
  ...paging,
  ...span,
  direction: Type.Optional(Type.Union([Type.Literal('inbound'), Type.Literal('outbound')])),
  answered: Type.Optional(Type.Boolean()),
  trunk: Text,
  filter: Type.Optional(Type.String({ maxLength: 128, description: 'A part of a number or sid' })),
  call_sid: Text,
});

const PageOf = <Item extends Parameters<typeof Type.Array>[0]>(item: Item) =>
  Type.Object({ total: Type.Integer(), page: Type.Integer(), data: Type.Array(item) });

export const AlertPage = PageOf(
  Type.Object({
    time: DateOut,
    account_sid: SidField,
    alert_type: Type.String(),
    message: Type.String(),
    detail: Type.Optional(Type.String()),
    target_sid: Type.Optional(Type.String()),
  }),
);

export const RecentCallPage = PageOf(
  Type.Object({
    account_sid: SidField,
    service_provider_sid: SidField,
    application_sid: Type.Optional(SidField),
    call_sid: SidField,
    from: Type.String(),
    to: Type.String(),
    answered: Type.Boolean(),
    sip_callid: Type.String(),
    sip_parent_callid: Type.Optional(Type.String()),
    sip_status: Type.Integer(),
    duration: Type.Integer({ description: 'Seconds' }),
    attempted_at: DateOut,
    answered_at: Type.Optional(DateOut),
    terminated_at: DateOut,
    termination_reason: Type.String(),
    direction: Type.String(),
    trunk: Type.String(),
    recording_url: Type.Optional(Type.String()),
  }),
);

export const RecordingParameters = Type.Object({
  account_sid: Type.String({ maxLength: 512 }),
  call_sid: Type.String({ maxLength: 512 }),
  year: Type.String({ maxLength: 8 }),
  month: Type.String({ maxLength: 8 }),
  day: Type.String({ maxLength: 8 }),
  format: Type.String({ maxLength: 8 }),
});
