import type { Application } from '../../../core/applications/index.ts';
import type { Owned } from '../../../core/estate/index.ts';
import { asFlag } from '../read/flag.ts';
import { presentHookWithSid } from '../schemas/hook.ts';
import { presentDate } from './dates.ts';

export const presentApplication = ({ item, owner }: Owned<Application>) => ({
  application_sid: item.sid,
  name: item.name,
  service_provider_sid: owner.accountSid ? null : owner.operatorSid,
  account_sid: owner.accountSid ?? null,
  call_hook: presentHookWithSid(item.callHook),
  call_status_hook: presentHookWithSid(item.statusHook),
  messaging_hook: presentHookWithSid(item.messageHook),
  app_json: item.steps ?? null,
  env_vars: item.variables ? { ...item.variables } : null,
  speech_synthesis_vendor: item.speech.synthesizer.vendor ?? null,
  speech_synthesis_language: item.speech.synthesizer.language ?? null,
  speech_synthesis_voice: item.speech.synthesizer.voice ?? null,
  speech_synthesis_label: item.speech.synthesizer.label ?? null,
  speech_recognizer_vendor: item.speech.recognizer.vendor ?? null,
  speech_recognizer_language: item.speech.recognizer.language ?? null,
  speech_recognizer_label: item.speech.recognizer.label ?? null,
  use_for_fallback_speech: asFlag(item.usesFallbackSpeech),
  fallback_speech_synthesis_vendor: item.fallbackSpeech.synthesizer.vendor ?? null,
  fallback_speech_synthesis_language: item.fallbackSpeech.synthesizer.language ?? null,
  fallback_speech_synthesis_voice: item.fallbackSpeech.synthesizer.voice ?? null,
  fallback_speech_synthesis_label: item.fallbackSpeech.synthesizer.label ?? null,
  fallback_speech_recognizer_vendor: item.fallbackSpeech.recognizer.vendor ?? null,
  fallback_speech_recognizer_language: item.fallbackSpeech.recognizer.language ?? null,
  fallback_speech_recognizer_label: item.fallbackSpeech.recognizer.label ?? null,
  record_all_calls: asFlag(item.recordAllCalls),
  created_at: presentDate(item.createdAt),
});
