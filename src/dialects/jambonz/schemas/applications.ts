import { type Static, Type } from 'typebox';
import { DateOut, Flag, FlagIn, Nullable, SidField, strict } from './common.ts';
import { HookIn, HookWithSid } from './hook.ts';

const Word = Type.Optional(Nullable(Type.String({ maxLength: 64 })));

const speechFields = {
  speech_synthesis_vendor: Word,
  speech_synthesis_language: Word,
  speech_synthesis_voice: Type.Optional(Nullable(Type.String({ maxLength: 256 }))),
  speech_synthesis_label: Word,
  speech_recognizer_vendor: Word,
  speech_recognizer_language: Word,
  speech_recognizer_label: Word,
};

const fields = {
  account_sid: Type.Optional(Nullable(SidField)),
  messaging_hook: Type.Optional(Nullable(HookIn)),
  app_json: Type.Optional(Nullable(Type.String({ maxLength: 65_536 }))),
  env_vars: Type.Optional(Nullable(Type.Record(Type.String(), Type.Unknown()))),
  ...speechFields,
  use_for_fallback_speech: Type.Optional(Nullable(FlagIn)),
  fallback_speech_synthesis_vendor: Word,
  fallback_speech_synthesis_language: Word,
  fallback_speech_synthesis_voice: speechFields.speech_synthesis_voice,
  fallback_speech_synthesis_label: Word,
  fallback_speech_recognizer_vendor: Word,
  fallback_speech_recognizer_language: Word,
  fallback_speech_recognizer_label: Word,
  record_all_calls: Type.Optional(Nullable(FlagIn)),
};

const Name = Type.String({ minLength: 1, maxLength: 64 });

export const NewApplicationBody = Type.Object(
  { name: Name, call_hook: HookIn, call_status_hook: HookIn, ...fields },
  strict,
);
export const ApplicationChangeBody = Type.Object(
  {
    name: Type.Optional(Name),
    call_hook: Type.Optional(Nullable(HookIn)),
    call_status_hook: Type.Optional(Nullable(HookIn)),
    ...fields,
  },
  strict,
);
export type ApplicationFields = Static<typeof ApplicationChangeBody>;

const ShownWord = Nullable(Type.String());

export const ApplicationBody = Type.Object({
  application_sid: SidField,
  name: Type.String(),
  service_provider_sid: Nullable(SidField),
  account_sid: Nullable(SidField),
  call_hook: HookWithSid,
  call_status_hook: HookWithSid,
  messaging_hook: HookWithSid,
  app_json: Nullable(Type.String()),
  env_vars: Nullable(Type.Record(Type.String(), Type.Unknown())),
  speech_synthesis_vendor: ShownWord,
  speech_synthesis_language: ShownWord,
  speech_synthesis_voice: ShownWord,
  speech_synthesis_label: ShownWord,
  speech_recognizer_vendor: ShownWord,
  speech_recognizer_language: ShownWord,
  speech_recognizer_label: ShownWord,
  use_for_fallback_speech: Flag,
  fallback_speech_synthesis_vendor: ShownWord,
  fallback_speech_synthesis_language: ShownWord,
  fallback_speech_synthesis_voice: ShownWord,
  fallback_speech_synthesis_label: ShownWord,
  fallback_speech_recognizer_vendor: ShownWord,
  fallback_speech_recognizer_language: ShownWord,
  fallback_speech_recognizer_label: ShownWord,
  record_all_calls: Flag,
  created_at: DateOut,
});
