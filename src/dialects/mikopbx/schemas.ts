import { type TSchema, Type } from 'typebox';

const Text = Type.String();
const Texts = Type.Array(Text);

const Meta = Type.Object({
  timestamp: Type.String({ description: 'ISO 8601 with offset, in the time zone of the account' }),
  hash: Type.String({ description: 'SHA-1 of time stamp and payload, hexadecimal' }),
});

const answer = (description: string, schema: TSchema) => ({
  description,
  content: { 'application/json': { schema } },
});

/** Every action answers in it. */
const envelopeOf = (data: TSchema) =>
  Type.Object({
    jsonapi: Type.Object({ version: Type.Literal('1.0') }),
    result: Type.Boolean({ description: 'Whether it was done as asked' }),
    data,
    messages: Type.Union([Texts, Type.Record(Text, Texts)]),
    function: Text,
    processor: Text,
    pid: Type.Integer(),
    meta: Meta,
  });

const Refusal = Type.Object({
  jsonapi: Type.Object({ version: Type.Literal('1.0') }),
  result: Type.Literal(false),
  errors: Texts,
  meta: Meta,
});

export const refusals = {
  '4xx': answer('Refused', Refusal),
  '5xx': answer('Not possible now', Refusal),
};

/** What an action answers, for the documentation. @param data - where there is nothing, it is `[]` */
export const actionAnswers = (data: TSchema) => ({
  200: answer(
    'Done if `result` is true',
    envelopeOf(Type.Union([data, Type.Array(Type.Unknown(), { maxItems: 0 })])),
  ),
  ...refusals,
});

export const PeerStatuses = Type.Array(
  Type.Object({ id: Text, state: Type.Union([Type.Literal('OK'), Type.Literal('UNKNOWN')]) }),
);

export const PeerQuestion = Type.Object({
  peer: Type.String({ description: 'Number of the phone, such as 201' }),
});

const UnknownPeer = Type.Object({ state: Type.Literal('UNKNOWN') });
const Peer = Type.Object({
  Event: Text,
  ActionID: Text,
  AOR: Text,
  URI: Text,
  UserAgent: Text,
  RegExpire: Type.String({ description: 'Unix seconds' }),
  ViaAddress: Text,
  CallID: Text,
  Status: Text,
  RoundtripUsec: Type.String({ description: 'Microseconds' }),
  EndpointName: Text,
  ID: Text,
  AuthenticateQualify: Text,
  OutboundProxy: Text,
  Path: Text,
  QualifyFrequency: Type.String({ description: 'Seconds' }),
  QualifyTimeout: Type.String({ description: 'Seconds' }),
  state: Type.Literal('OK'),
});
export const PeerAnswer = Type.Union([Peer, UnknownPeer]);

export const Registry = Type.Array(
  Type.Object({ state: Text, id: Text, username: Text, host: Text }),
);

export const ActiveCalls = Type.Array(
  Type.String({ description: 'JSON: a list of calls, as text' }),
  { minItems: 1, maxItems: 1 },
);

export const ActiveChannels = Type.Array(
  Type.Object({
    start: Text,
    answer: Text,
    src_chan: Text,
    dst_chan: Text,
    src_num: Text,
    dst_num: Text,
    did: Text,
    linkedid: Text,
  }),
);

export const Nothing = Type.Array(Type.Unknown(), { maxItems: 0 });

export const PlaybackQuery = Type.Object({
  view: Type.String({ description: 'The recording, as its id with .wav or .mp3' }),
  download: Type.Optional(Type.Literal('1', { description: 'As a file to keep' })),
  filename: Type.Optional(Type.String({ description: 'Name of that file' })),
});

export const SignInForm = Type.Object({
  login: Text,
  password: Text,
  rememberMeCheckBox: Type.Optional(Type.Literal('on', { description: 'For 30 days' })),
  backUri: Type.Optional(Type.String({ description: 'Comes back as `reload`' })),
});

const html = { 'text/html': { schema: Type.String() } };

const SignedIn = Type.Object({
  success: Type.Literal(true),
  reload: Text,
  message: Type.Array(Type.Unknown(), { maxItems: 0 }),
});
const NotSignedIn = Type.Object({
  success: Type.Literal(false),
  reload: Type.Literal(false),
  message: Type.Object({ error: Texts }),
});

export const signInAnswers = {
  200: {
    description: 'JSON for X-Requested-With: XMLHttpRequest, else a page; `success` tells',
    content: {
      'application/json': { schema: Type.Union([SignedIn, NotSignedIn]) },
      ...html,
    },
  },
  ...refusals,
};

export const signOutAnswers = {
  200: { description: 'A page', content: html },
  ...refusals,
};
