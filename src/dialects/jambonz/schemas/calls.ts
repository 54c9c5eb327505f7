import { Type } from 'typebox';
import { SidField, strict } from './common.ts';

/** Looked at by the route, in the order and the words of the contract. */
const Anything = Type.Optional(Type.Unknown());

export const NewCallBody = Type.Object(
  {
    from: Anything,
    to: Anything,
    application_sid: Anything,
    call_hook: Anything,
    call_status_hook: Anything,
    timeout: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
    timeLimit: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
    tag: Type.Optional(Type.Object({})),
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
    callerName: Type.Optional(Type.String({ maxLength: 64 })),
    fromHost: Type.Optional(Type.String({ maxLength: 255 })),
    answerOnBridge: Type.Optional(Type.Boolean()),
    amd: Type.Optional(Type.Object({})),
    app_json: Type.Optional(Type.String({ maxLength: 100_000 })),
    sipRequestWithinDialogHook: Anything,
    referHook: Anything,
    dual_streams: Type.Optional(Type.Boolean()),
    speech_synthesis_vendor: Type.Optional(Type.String({ maxLength: 64 })),
    speech_synthesis_language: Type.Optional(Type.String({ maxLength: 64 })),
    speech_synthesis_voice: Type.Optional(Type.String({ maxLength: 256 })),
    speech_synthesis_label: Type.Optional(Type.String({ maxLength: 64 })),
    speech_recognizer_vendor: Type.Optional(Type.String({ maxLength: 64 })),
    speech_recognizer_language: Type.Optional(Type.String({ maxLength: 64 })),
    speech_recognizer_label: Type.Optional(Type.String({ maxLength: 64 })),
  },
  strict,
);

export const MadeCall = Type.Object({ sid: SidField, callId: Type.String() });

const Phone = Type.String();

export const CallBody = Type.Object({
  call_sid: SidField,
  parent_call_sid: Type.Optional(SidField),
  account_sid: SidField,
  application_sid: Type.Optional(SidField),
  direction: Type.Union([Type.Literal('inbound'), Type.Literal('outbound')]),
  from: Phone,
  to: Phone,
  caller_id: Type.String(),
  call_id: Type.String(),
  sip_status: Type.Integer(),
  sip_reason: Type.String(),
  call_status: Type.String(),
  originating_sip_trunk_name: Type.Optional(Type.String()),
  duration: Type.Optional(Type.Integer()),
  call_termination_by: Type.Optional(Type.String()),
});

export const CallQuery = Type.Object({
  direction: Type.Optional(Type.Union([Type.Literal('inbound'), Type.Literal('outbound')])),
  from: Type.Optional(Type.String({ maxLength: 64 })),
  to: Type.Optional(Type.String({ maxLength: 64 })),
  callStatus: Type.Optional(Type.String({ maxLength: 20 })),
});

export const CallCount = Type.Object({ inbound: Type.Integer(), outbound: Type.Integer() });

/** One option of live call control by its name. */
export const CallChange = Type.Record(Type.String(), Type.Unknown());
