import { type Static, Type } from 'typebox';

/** Phone numbers, extensions and words of clients are short; what is longer is refused before it is read. */
const short = (description: string) => Type.String({ minLength: 1, maxLength: 64, description });

export const NewCallRequest = Type.Object({
  deviceId: Type.Optional(
    Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
      description: 'Device whose number is shown; needed when caller is a phone number',
    }),
  ),
  caller: short('Extension (e0 a device, p0 all devices of a person) or phone number'),
  callee: short('Phone number or extension'),
  callerId: Type.Optional(
    Type.Union([Type.String({ maxLength: 64 }), Type.Null()], {
      description:
        'Number shown to the callee; one of the account. Else that of deviceId, else that of caller',
    }),
  ),
});
export type NewCallRequest = Static<typeof NewCallRequest>;

export const NewCallResponse = Type.Object({ sessionId: Type.String() });

export const Participant = Type.Object({
  participantId: Type.String(),
  phoneNumber: Type.String(),
  muted: Type.Boolean(),
  hold: Type.Boolean(),
  owner: Type.Boolean(),
});

export const Call = Type.Object({
  callId: Type.String(),
  muted: Type.Boolean(),
  recording: Type.Boolean(),
  hold: Type.Boolean(),
  participants: Type.Array(Participant),
});
export type Call = Static<typeof Call>;

export const Calls = Type.Object({ data: Type.Array(Call) });

/** Some clients send booleans as words. @see contracts/sipgate.json, tolerance T8 */
const lenientBoolean = (description: string) =>
  Type.Union([Type.Boolean(), Type.Literal('true'), Type.Literal('false')], { description });

export const isTrue = (value: boolean | 'true' | 'false'): boolean =>
  value === true || value === 'true';

export const BooleanRequest = Type.Object({ value: lenientBoolean('The new state') });
export const RecordingRequest = Type.Object({
  announcement: lenientBoolean('Tell the parties'),
  value: lenientBoolean('true starts, false stops'),
});
export const AnnouncementRequest = Type.Object({
  url: Type.String({
    minLength: 1,
    maxLength: 2048,
    description: 'WAV, mono, 16-bit PCM, 8000 Hz',
  }),
});
export const TransferRequest = Type.Object({
  attended: lenientBoolean('true: consult first; false: blind'),
  phoneNumber: short('With or without +'),
  callerId: Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Null()])),
});
export const DtmfRequest = Type.Object({
  sequence: Type.String({ minLength: 1, maxLength: 128, description: '0-9 A-D # *' }),
});

export const CallParameters = Type.Object({ callId: Type.String({ maxLength: 64 }) });
export const UserParameters = Type.Object({ userId: Type.String({ maxLength: 64 }) });

export const AccountResponse = Type.Object({
  company: Type.String(),
  mainProductType: Type.String(),
  logoUrl: Type.Union([Type.String(), Type.Null()]),
  verified: Type.Boolean(),
  historyLifeTime: Type.String(),
});

export const UserinfoResponse = Type.Object({
  sub: Type.String(),
  domain: Type.String(),
  masterSipId: Type.String(),
  locale: Type.String(),
});

export const UserResponse = Type.Object({
  id: Type.String(),
  firstname: Type.String(),
  lastname: Type.String(),
  email: Type.String(),
  defaultDevice: Type.Union([Type.String(), Type.Null()]),
  busyOnBusy: Type.Boolean(),
  addressId: Type.Union([Type.String(), Type.Null()]),
  directDialIds: Type.Array(Type.String()),
  timezone: Type.Union([Type.String(), Type.Null()]),
  admin: Type.Boolean(),
});
export type UserResponse = Static<typeof UserResponse>;
export const UsersResponse = Type.Object({ items: Type.Array(UserResponse) });

const ActiveRouting = Type.Object({ id: Type.String(), alias: Type.String() });
export const DeviceResponse = Type.Object({
  id: Type.String(),
  alias: Type.String(),
  type: Type.String(),
  online: Type.Boolean(),
  dnd: Type.Boolean(),
  activePhonelines: Type.Array(ActiveRouting),
  activeGroups: Type.Array(ActiveRouting),
});
export type DeviceResponse = Static<typeof DeviceResponse>;
const nullableText = Type.Union([Type.String(), Type.Null()]);

export const RegisterDeviceResponse = Type.Object({
  ...DeviceResponse.properties,
  credentials: Type.Object({
    username: Type.String(),
    password: Type.String(),
    sipServer: Type.String({ description: 'Domain or address that the phone names' }),
    outboundProxy: Type.String({ description: 'Host and port that it sends everything to' }),
    sipServerWebsocketUrl: Type.String({ description: 'Empty: there is none yet' }),
  }),
  registered: Type.Array(
    Type.Object({ userAgent: Type.String(), ip: Type.String(), port: Type.String() }),
  ),
  emergencyAddressId: nullableText,
  addressUrl: nullableText,
});
export type RegisterDeviceResponse = Static<typeof RegisterDeviceResponse>;
export const DevicesResponse = Type.Object({ items: Type.Array(DeviceResponse) });

const Words = Type.Optional(
  Type.Union(
    [Type.String({ maxLength: 512 }), Type.Array(Type.String({ maxLength: 64 }), { maxItems: 64 })],
    {
      description: 'Repeated key, or a list separated by commas',
    },
  ),
);

export const HistoryQuery = Type.Object({
  connectionIds: Words,
  types: Words,
  directions: Words,
  starred: Words,
  offset: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000, default: 10 })),
  archived: Type.Optional(Type.Boolean({ default: false })),
  from: Type.Optional(Type.String({ maxLength: 64 })),
  to: Type.Optional(Type.String({ maxLength: 64 })),
  phonenumber: Type.Optional(Type.String({ maxLength: 64 })),
});
export type HistoryQuery = Static<typeof HistoryQuery>;

export const HistoryEntryResponse = Type.Object({
  id: Type.String(),
  source: Type.String(),
  target: Type.String(),
  sourceAlias: Type.String(),
  targetAlias: Type.String(),
  type: Type.String(),
  created: Type.String(),
  lastModified: Type.String(),
  direction: Type.String(),
  incoming: Type.Boolean(),
  status: Type.String(),
  connectionIds: Type.Array(Type.String()),
  read: Type.Boolean(),
  archived: Type.Boolean(),
  note: nullableText,
  endpoints: Type.Array(
    Type.Object({
      type: Type.String(),
      endpoint: Type.Object({ extension: Type.String(), type: Type.String() }),
    }),
  ),
  starred: Type.Boolean(),
  labels: Type.Array(Type.String()),
  callId: Type.String(),
  recordings: Type.Array(Type.Object({ id: Type.String(), url: Type.String() })),
  recordingUrl: nullableText,
  duration: Type.Integer(),
  responder: nullableText,
  responderAlias: nullableText,
  callStatus: Type.String(),
});
export type HistoryEntryResponse = Static<typeof HistoryEntryResponse>;

export const HistoryResponse = Type.Object({
  items: Type.Array(HistoryEntryResponse),
  totalCount: Type.Integer(),
});

export const ErrorBody = Type.Object({
  name: Type.String(),
  message: Type.String(),
  errors: Type.Array(
    Type.Object({
      status: Type.Integer(),
      title: Type.String(),
      detail: nullableText,
      source: Type.Null(),
    }),
  ),
});

/** What every operation may answer instead. */
export const refusals = {
  '4xx': ErrorBody,
  '5xx': ErrorBody,
};
