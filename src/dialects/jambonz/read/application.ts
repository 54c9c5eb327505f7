import type {
  Application,
  ApplicationChange,
  NewApplication,
  SpeechDefaults,
} from '../../../core/applications/index.ts';
import { usualSpeech } from '../../../core/applications/index.ts';
import { isDomainError } from '../../../kernel/domain-error.ts';
import type { Json } from '../../../kernel/json.ts';
import { readVerbs } from '../compile/read-verbs.ts';
import { badBody } from '../request-errors.ts';
import type { ApplicationFields } from '../schemas/applications.ts';
import { readHook } from '../schemas/hook.ts';
import { isTrue } from './flag.ts';

type Words = Readonly<Record<string, unknown>>;

/** What a field says: absent keeps what is there, null empties it. */
const word = (fields: Words, name: string, before: string | undefined): string | undefined =>
  fields[name] === undefined ? before : ((fields[name] as string | null) ?? undefined);

function readSpeech(fields: Words, prefix: string, before: SpeechDefaults): SpeechDefaults {
  const synthesis = (name: string) => `${prefix}speech_synthesis_${name}`;
  const recognizer = (name: string) => `${prefix}speech_recognizer_${name}`;
  return {
    synthesizer: {
      vendor: word(fields, synthesis('vendor'), before.synthesizer.vendor),
      language: word(fields, synthesis('language'), before.synthesizer.language),
      voice: word(fields, synthesis('voice'), before.synthesizer.voice),
      label: word(fields, synthesis('label'), before.synthesizer.label),
    },
    recognizer: {
      vendor: word(fields, recognizer('vendor'), before.recognizer.vendor),
      language: word(fields, recognizer('language'), before.recognizer.language),
      label: word(fields, recognizer('label'), before.recognizer.label),
    },
  };
}

/** Steps are a JSON array of verbs. @throws {DomainError} `jambonz.bad_body` */
export function readSteps(sent: string | null | undefined): string | undefined {
  if (!sent) return undefined;
  let steps: unknown;
  try {
    steps = JSON.parse(sent);
  } catch {
    throw badBody('Error: malformed jambonz payload: must be JSON');
  }
  if (!Array.isArray(steps)) throw badBody('Error: malformed jambonz payload: must be array');
  try {
    readVerbs(steps, () => true);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw badBody(`Error: ${String(error.details.reason)}`);
  }
  return sent;
}

const nothing: SpeechDefaults = { synthesizer: {}, recognizer: {} };

const mentions = (fields: Words, beginning: string): boolean =>
  Object.keys(fields).some((name) => name.startsWith(beginning));

/** The fields of a change. @param before - as it is now, for what is only changed in parts */
export function readApplicationChange(
  fields: ApplicationFields,
  before: Pick<Application, 'speech' | 'fallbackSpeech'>,
): ApplicationChange {
  return {
    ...(fields.name !== undefined && { name: fields.name }),
    ...(fields.call_hook !== undefined && { callHook: readHook(fields.call_hook) }),
    ...(fields.call_status_hook !== undefined && { statusHook: readHook(fields.call_status_hook) }),
    ...(fields.messaging_hook !== undefined && { messageHook: readHook(fields.messaging_hook) }),
    ...(fields.app_json !== undefined && { steps: readSteps(fields.app_json) }),
    ...(fields.env_vars !== undefined && {
      variables: (fields.env_vars ?? undefined) as Record<string, Json> | undefined,
    }),
    ...(mentions(fields, 'speech_') && { speech: readSpeech(fields, '', before.speech) }),
    ...(mentions(fields, 'fallback_') && {
      fallbackSpeech: readSpeech(fields, 'fallback_', before.fallbackSpeech),
    }),
    ...(fields.use_for_fallback_speech !== undefined && {
      usesFallbackSpeech: isTrue(fields.use_for_fallback_speech),
    }),
    ...(fields.record_all_calls !== undefined && {
      recordAllCalls: isTrue(fields.record_all_calls),
    }),
  };
}

/** A new application; what is not said is as the contract has it. */
export const readNewApplication = (fields: ApplicationFields & { readonly name: string }) =>
  ({
    callHook: undefined,
    statusHook: undefined,
    messageHook: undefined,
    steps: undefined,
    variables: undefined,
    speech: usualSpeech,
    fallbackSpeech: nothing,
    usesFallbackSpeech: false,
    recordAllCalls: false,
    ...readApplicationChange(fields, { speech: usualSpeech, fallbackSpeech: nothing }),
    name: fields.name,
  }) satisfies NewApplication;
