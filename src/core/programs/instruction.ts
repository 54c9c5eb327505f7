import type {
  DialogRequest,
  HangupCause,
  LegAudioOptions,
  Media,
} from '../../engine/port/index.ts';
import type { EndpointId, LegId, UserId } from '../../kernel/ids.ts';
import type { Json, JsonObject } from '../../kernel/json.ts';
import type { DetectSettings } from '../answers/index.ts';

/** What holds for one target of a dial, besides what holds for all of them. */
export interface TargetWishes {
  readonly headers?: Readonly<Record<string, string>>;
  /** Whom this one sees. */
  readonly callerId?: CallerId;
  /** Asks whoever answers at this one, instead of what asks all of them. */
  readonly confirm?: readonly Instruction[];
}

/** What a dial may reach. Numbers and extensions are resolved when the instruction starts. */
export type DialTarget = TargetWishes & Reachable;

type Reachable =
  /** As dialled: extension, feature code, national or international number. */
  | { readonly kind: 'dialled'; readonly dialled: string }
  /** Every device of a user. */
  | { readonly kind: 'user'; readonly userId: UserId }
  /** The devices registered on one endpoint. */
  | { readonly kind: 'endpoint'; readonly username: string }
  /** An address somewhere else: only where the guard of targets lets us. */
  | {
      readonly kind: 'sip';
      /** Such as `sip:carol@pbx.example:5070;transport=tcp`. */
      readonly uri: string;
      /** What the far side may ask for; the password is sealed. */
      readonly username?: string;
      readonly sealedPassword?: string;
      /** Host part of `From`; ours if absent. */
      readonly fromHost?: string;
    }
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
  | { readonly do: 'music'; readonly seconds: number }
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
  /** Nothing is recorded until `record-resume`: the recording is as much shorter. */
  | { readonly do: 'record-pause' }
  | { readonly do: 'record-resume' }
  | ListenInstruction
  /** Begins to stream the sound of the leg to somebody outside, until `listen-stop` or the end of the leg. */
  | { readonly do: 'listen-start'; readonly stream: StreamWish }
  | { readonly do: 'listen-stop' }
  | ReferInstruction
  /** Sends a request within the dialog. Ends with `done`, or `failed` with a reason. */
  | { readonly do: 'send-request'; readonly request: DialogRequest }
  /**
   * Sends a text to everything that is registered for somebody. Ends with `done`, `unreachable` if nobody is there,
   * `rejected` if that one is not ours, or `failed`.
   */
  | {
      readonly do: 'message';
      readonly to: Extract<DialTarget, { kind: 'dialled' | 'endpoint' }>;
      readonly from: string;
      readonly text: string;
    }
  /** Begins to find out how the leg answered; the program goes on at once. */
  | { readonly do: 'detect-answer'; readonly detect: DetectWish }
  | {
      readonly do: 'transfer';
      readonly how: 'blind' | 'attended';
      readonly dialled: string;
      readonly callerId?: CallerId;
    }
  | ConferenceInstruction
  | EnqueueInstruction
  | DequeueInstruction
  /** Ends the waiting that it is run in: for programs that run meanwhile. */
  | { readonly do: 'leave' }
  | AskInstruction
  /** Does nothing until the program is replaced: its source sends instructions when it likes. */
  | { readonly do: 'wait' }
  /** Changes some fields of what the leg's program source keeps with it. */
  | { readonly do: 'tag'; readonly data: Tag }
  | HangupInstruction;

/** The live sound of a leg, as somebody outside wants it. */
export interface StreamWish extends LegAudioOptions {
  /** The source's own words: it wrote them and reads them. */
  readonly words: Json;
}

/**
 * Streams the sound of the leg to somebody outside until that one, a key or time ends it. Ends with `done` or
 * `failed`; `seconds` tells how long it took, `digits` the key.
 */
export interface ListenInstruction {
  readonly do: 'listen';
  readonly stream: StreamWish;
  /** Keys of which each one ends it. */
  readonly finishOnKey?: string;
  readonly mostSeconds?: number;
}

/** Whether a human or a machine answers: the program source is asked with each sign. */
export interface DetectWish {
  readonly settings: DetectSettings;
  /** The source's own words: it wrote them and reads them. */
  readonly question: Json;
}

/**
 * Asks the leg's own party to call somebody else, and waits for what becomes of that. Ends with `done`, `failed`, or
 * `timeout`; `sipStatus` tells how the other call ended, if anybody did.
 */
export interface ReferInstruction {
  readonly do: 'refer';
  readonly to: string;
  readonly by?: string;
  /** Seconds to wait. */
  readonly mostSeconds: number;
  /** The source's own words: it is told how the other call ended, if it wants to be. */
  readonly notice?: Json;
}

/** Asks the program source what to do next. It is told how the instruction before ended. */
export interface AskInstruction {
  readonly do: 'ask';
  /** The source's own words: it wrote them and reads them. */
  readonly question: Json;
  /** Takes the place of everything that follows if the source does not answer. */
  readonly otherwise?: readonly Instruction[];
  /** Whether the source hears of it too when the instruction before is cut short: nobody waits for an answer then. */
  readonly evenIfCutShort?: boolean;
}

/** What a leg hears while it waits for something. */
export type Meanwhile =
  | { readonly kind: 'music' }
  | { readonly kind: 'silence' }
  /** Runs on the leg while it waits. Nothing in it may join the leg with others. */
  | {
      readonly kind: 'program';
      readonly instructions: readonly Instruction[];
      /** Whether it begins again when it is over, not more than once a second; else music follows. */
      readonly repeat: boolean;
    };

/**
 * Takes part in a conference until it leaves. Ends with `ended` (the conference is over), `kicked`, `left` (by
 * `leave`, while it waited) or `failed` with the reason `full`, `locked` or `engine`.
 */
export interface ConferenceInstruction {
  readonly do: 'conference';
  /** 1 to 128 characters. The conference is made if there is none. */
  readonly name: string;
  /** Whether the conference starts with it: it is a moderator. Usually yes; who is none waits for one. */
  readonly startOnEnter?: boolean;
  /** Whether the conference ends when it leaves. */
  readonly endOnExit?: boolean;
  /** Seconds that the others have then, unless another one with `endOnExit` comes. */
  readonly endAfterSeconds?: number;
  /** Refused when so many are there. Settings of a conference that was made ahead count more. */
  readonly maxParticipants?: number;
  readonly joinMuted?: boolean;
  /** A short tone for everybody when it enters. */
  readonly beep?: boolean;
  readonly enterSound?: readonly Sound[];
  readonly exitSound?: readonly Sound[];
  /** Label by which it can be coached. */
  readonly memberTag?: string;
  /** It is heard only by those with this label. */
  readonly speakOnlyTo?: string;
  /** What it hears until the conference starts; music if nothing is said. */
  readonly meanwhile?: Meanwhile;
  /** Runs on the leg alone before it is let in. */
  readonly enter?: readonly Instruction[];
  /** Whether events tell who talks. */
  readonly tellTalking?: boolean;
  /** Whether keys that it presses are sent to the others. */
  readonly passKeys?: boolean;
  /** Whether everything that is said is recorded, from now on. */
  readonly record?: boolean;
  /** The source's own words, with which it is told what happens in the conference until that ends. */
  readonly watch?: Json;
}

/**
 * Waits in a queue until somebody takes it, and talks with that one. Ends with `bridged` (after they talked),
 * `left` (by `leave`, or taken out) or `failed` with the reason `full` or `engine`; cut short with `hangup` or
 * `dequeued`. `seconds` tells how long it waited.
 */
export interface EnqueueInstruction {
  readonly do: 'enqueue';
  /** 1 to 128 characters. The queue is made if there is none. */
  readonly name: string;
  /** Lower is served first; 999 if nothing is said. */
  readonly priority?: number;
  /** What it hears while it waits; music if nothing is said. */
  readonly meanwhile?: Meanwhile;
}

/**
 * Takes the first leg of a queue and talks with it until one of the two ends. Ends with `bridged`, `timeout` or
 * `failed` with the reason `gone`; `legId` tells with whom it talked.
 */
export interface DequeueInstruction {
  readonly do: 'dequeue';
  readonly name: string;
  /** Seconds to wait for somebody; 0 or nothing: for ever. */
  readonly timeoutSeconds?: number;
  /** A short tone for the leg itself before it is joined. */
  readonly beep?: boolean;
  /** Takes this leg out of its turn; fails if it does not wait there. */
  readonly legId?: LegId;
  /** What it hears while it waits; silence if nothing is said. */
  readonly meanwhile?: Meanwhile;
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
  /** What the caller hears again and again until somebody answers, instead of the ringing tone. */
  readonly ringback?: readonly Sound[];
  /**
   * Runs on a leg that has answered, before it is joined: it is if the leg is there when that is over. The others
   * ring on meanwhile; whoever is accepted first wins.
   */
  readonly confirm?: readonly Instruction[];
  readonly keyWatch?: KeyWatch;
  /** Finds out how those answer who are rung; this leg's program is asked. */
  readonly detect?: DetectWish;
  /** Streams the sound of the leg itself while the two talk. */
  readonly stream?: StreamWish;
  /** What follows when nobody answered; without it the leg ends with the cause of the dial. */
  readonly otherwise?: readonly Instruction[];
}

/** Keys of which the program source is told while two talk; both hear them all the same. */
export interface KeyWatch {
  /** Sequences of keys of the leg itself, at most 16 of at most 16 keys. */
  readonly caller: readonly string[];
  /** Those of whoever it talks with. */
  readonly callee: readonly string[];
  /** The source's own words: it wrote them and reads them. */
  readonly notice: Json;
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
