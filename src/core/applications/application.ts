import type { AccountId, ApplicationId, Sid } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { HookAddress, NewHookAddress } from '../hooks/index.ts';

/** Whose voice speaks, and whose ear listens, where a program says nothing else. */
export interface SpeechDefaults {
  readonly synthesizer: SpeechVendor & { readonly voice?: string | undefined };
  readonly recognizer: SpeechVendor;
}

export interface SpeechVendor {
  readonly vendor?: string | undefined;
  /** BCP 47, such as `en-US`. */
  readonly language?: string | undefined;
  /** Which of several credentials of the vendor. */
  readonly label?: string | undefined;
}

/** A set of behaviours for calls: whom to ask about them, and how to speak in them. */
export interface Application {
  readonly id: ApplicationId;
  readonly sid: Sid;
  readonly accountId: AccountId;
  readonly name: string;
  /** Asked what is to happen with a call. */
  readonly callHook: HookAddress | undefined;
  /** Told how calls get on. */
  readonly statusHook: HookAddress | undefined;
  /** Asked about text messages. */
  readonly messageHook: HookAddress | undefined;
  /** What runs instead of asking: JSON in the dialect's words. */
  readonly steps: string | undefined;
  /** What the operator set for it; may hold secrets. */
  readonly variables: Readonly<Record<string, Json>> | undefined;
  readonly speech: SpeechDefaults;
  /** Instead of `speech`, while that fails. */
  readonly fallbackSpeech: SpeechDefaults;
  readonly usesFallbackSpeech: boolean;
  readonly recordAllCalls: boolean;
  readonly createdAt: Date;
}

type Settings = Omit<
  Application,
  'id' | 'sid' | 'accountId' | 'createdAt' | 'callHook' | 'statusHook' | 'messageHook'
>;

export interface NewApplication extends Settings {
  readonly callHook: NewHookAddress | undefined;
  readonly statusHook: NewHookAddress | undefined;
  readonly messageHook: NewHookAddress | undefined;
}

/** Fields that are there change, those that are `undefined` are emptied. */
export type ApplicationChange = Partial<NewApplication>;

/** What speaks and listens unless an application says otherwise. @see contracts/jambonz.json, Application */
export const usualSpeech: SpeechDefaults = {
  synthesizer: { vendor: 'google', language: 'en-US', voice: 'en-US-Standard-C' },
  recognizer: { vendor: 'google', language: 'en-US' },
};
