import type { DialectName } from '../../kernel/actor.ts';
import type {
  AccountId,
  CallId,
  CredentialId,
  LegId,
  RecordingId,
  UserId,
} from '../../kernel/ids.ts';

/** What was said on a leg, as a file. Belongs to the call's account; exists once for all dialects. */
export interface Recording {
  readonly id: RecordingId;
  readonly accountId: AccountId;
  readonly callId: CallId;
  readonly legId: LegId;
  readonly ownerUserId: UserId | undefined;
  readonly startedBy: {
    readonly dialect: DialectName | 'routing';
    readonly credentialId: CredentialId | undefined;
  };
  readonly state: 'running' | 'stored' | 'failed';
  readonly startedAt: Date;
  readonly endedAt: Date | undefined;
  readonly durationSeconds: number | undefined;
  readonly sizeBytes: number | undefined;
  /** Where the bytes lie in the `Files` port; absent until they are stored. */
  readonly file: string | undefined;
}
