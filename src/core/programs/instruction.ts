import type { HangupCause, Media } from '../../engine/port/index.ts';
import type { EndpointId, LegId, UserId } from '../../kernel/ids.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';

/** What a dial may reach. Numbers and extensions are resolved when the instruction starts. */
export type DialTarget =
  /** As dialled: extension, feature code, national or international number. */
  | { readonly kind: 'dialled'; readonly dialled: string }
  /** Every device of a user. */
  | { readonly kind: 'user'; readonly userId: UserId }
  /** The devices registered on one endpoint. */
  | { readonly kind: 'endpoint'; readonly username: string }
  /** Something the engine does at the far end. */
  | { readonly kind: 'service'; readonly service: 'echo' };

/** Something that can be heard. */
export type Sound =
  | Media
  /** Fetched from where somebody outside says, through the guarded client: whatever ffmpeg reads. */
  | { readonly kind: 'url'; readonly url: string; readonly seekSeconds?: number }
  /** Spoken by the built-in voice. @param language - BCP 47; the account's if absent */
  | { readonly kind: 'speech'; readonly text: string; readonly language?: string };

/** What a program source keeps with a leg, in its own words. */
export type Tag = JsonObject;

/** Whom the called side sees; absent fields follow the caller. */
export interface CallerId {
  /** A device that stands for the caller, whoever is at the leg. */
  readonly onBehalfOf?: EndpointId;
  readonly number?: string;
  readonly name?: string;
  readonly hidden?: boolean;
}

/**
 * One step of what happens to a leg: a plain value that can be stored and resumed. Dialects compile
 * their own words to these.
 */
export type Instruction =
  | { readonly do: 'answer' }
  | { readonly do: 'ring' }
  | { readonly do: 'progress' }
  | {
      readonly do: 'play';
      readonly sounds: readonly Sound[];
      /** How often, 1 if absent; 0 without end. */
      readonly loop?: number;
      /** Stops after so many seconds, wherever it is. */
      readonly mostSeconds?: number;
    }
  | {
      readonly do: 'say';
      readonly text: string;
      readonly language?: string;
      readonly loop?: number;
    }
  | { readonly do: 'tone'; readonly tone: ToneName; readonly seconds: number }
  | { readonly do: 'silence'; readonly seconds: number }
  | DialInstruction
  | { readonly do: 'bridge'; readonly legId: LegId }
  | { readonly do: 'hold' }
  | { readonly do: 'unhold' }
  | { readonly do: 'mute' }
  | { readonly do: 'unmute' }
  | {
      readonly do: 'dtmf';
      readonly digits: string;
      readonly toneMs?: number;
      readonly gapMs?: number;
    }
  | GatherInstruction
  | { readonly do: 'record-start'; readonly beep?: boolean }
  | { readonly do: 'record-stop' }
  | {
      readonly do: 'transfer';
      readonly how: 'blind' | 'attended';
      readonly dialled: string;
      readonly callerId?: CallerId;
    }
  | AskInstruction
  /** Does nothing until the program is replaced: its source sends instructions when it likes. */
  | { readonly do: 'wait' }
  /** Changes some fields of what the leg's program source keeps with it. */
  | { readonly do: 'tag'; readonly data: Tag }
  | HangupInstruction;

/** Asks the program source what to do next. It is told how the instruction before ended. */
export interface AskInstruction {
  readonly do: 'ask';
  /** The source's own words: it wrote them and reads them. */
  readonly question: Json;
  /** Takes the place of everything that follows if the source does not answer. */
  readonly otherwise?: readonly Instruction[];
}

export interface HangupInstruction {
  readonly do: 'hangup';
  readonly cause?: HangupCause;
  /** SIP status for a caller that was not answered, 400 to 699, instead of the one of the cause; or the nearest. */
  readonly sipStatus?: number;
}

export type ToneName = 'ring' | 'busy' | 'dial' | 'congestion' | 'record';

export interface DialInstruction {
  readonly do: 'dial';
  readonly targets: readonly DialTarget[];
  /** `parallel`: all at once, first answer wins; `sequential`: one after the other. */
  readonly order: 'parallel' | 'sequential';
  /** Seconds that each may ring, 1 to 600. */
  readonly ringTimeoutSeconds: number;
  readonly callerId?: CallerId;
  /** Seconds that the conversation may last. */
  readonly mostSeconds?: number;
  /** SIP headers for the called side. Names begin with `X-`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the program source keeps with the new legs besides what it keeps with this one. */
  readonly tag?: Tag;
  /** Whether keys pressed during the conversation are reported. */
  readonly dtmfEvents?: boolean;
  /** What follows when nobody answered; without it the leg ends with the cause of the dial. */
  readonly otherwise?: readonly Instruction[];
}

export interface GatherInstruction {
  readonly do: 'gather';
  /** 1 to 128. */
  readonly maxDigits: number;
  readonly minDigits?: number;
  /** Ends the input and is not part of it. */
  readonly finishOnKey?: string;
  /** Seconds to wait for the first key; 0 without end. */
  readonly timeoutSeconds: number;
  /** Seconds to wait for a further key. */
  readonly interDigitSeconds: number;
  /** Played meanwhile. */
  readonly prompt?: readonly Sound[];
  /** Whether the first key interrupts the prompt; it does if absent. Keys count from the beginning anyway. */
  readonly bargeIn?: boolean;
}

export type InstructionName = Instruction['do'];

/** The instruction of one name. */
export type InstructionOf<Name extends InstructionName> = Extract<Instruction, { do: Name }>;
