import type {
  EndpointName,
  GatewayAddress,
  HangupCause,
  TrunkName,
} from '../../engine/port/index.ts';
import type { AccountId, EndpointId, TrunkId, UserId } from '../../kernel/ids.ts';
import type { E164 } from '../../kernel/phone-number.ts';
import type { Instruction, ProgramSourceRef } from '../programs/index.ts';

/** One way to a number behind a provider. */
export interface TrunkWay {
  readonly trunk: TrunkName;
  readonly trunkId: TrunkId;
  /** The number as this provider wants it. */
  readonly number: string;
  readonly gateway: GatewayAddress;
}

/** One thing that can be rung. */
export type RingTarget =
  | {
      readonly kind: 'contact';
      readonly endpoint: EndpointName;
      readonly endpointId: EndpointId;
      readonly userId: UserId | undefined;
      readonly uri: string;
      readonly number: string;
      readonly name: string;
    }
  | {
      readonly kind: 'trunk';
      readonly trunk: TrunkName;
      readonly trunkId: TrunkId;
      readonly number: E164 | string;
      /** Gateways that are tried one after the other under one leg. */
      readonly ways: readonly TrunkWay[];
    }
  /** A number of another account of this installation. */
  | { readonly kind: 'remote'; readonly accountId: AccountId; readonly number: E164 }
  /** An address somewhere else, called without a trunk. */
  | {
      readonly kind: 'sip';
      readonly uri: string;
      /** The address without what is about the way there, as it may be shown. */
      readonly number: string;
      readonly username?: string | undefined;
      readonly sealedPassword?: string | undefined;
      readonly fromHost?: string | undefined;
    }
  | { readonly kind: 'service'; readonly service: 'echo' };

/**
 * What a dialled string leads to. `attempts` are tried one after the other; the targets of one attempt
 * ring at the same time.
 */
export type Route =
  | {
      readonly kind: 'ring';
      readonly attempts: readonly (readonly RingTarget[])[];
      readonly emergency: boolean;
    }
  | {
      readonly kind: 'program';
      readonly instructions: readonly Instruction[];
      /** Who wrote it, if not routing: it is asked and told. */
      readonly source?: ProgramSourceRef;
    }
  | {
      readonly kind: 'refuse';
      readonly cause: HangupCause;
      readonly instructions: readonly Instruction[];
    };
