import type { Selectable } from 'kysely';
import type { Recording, RecordingStore } from '../../core/recordings/index.ts';
import type { Db } from '../connect.ts';
import type { RecordingRow } from '../tables.ts';

const columns = [
  'id',
  'account_id',
  'call_id',
  'leg_id',
  'owner_user_id',
  'started_by',
  'state',
  'started_at',
  'ended_at',
  'duration_seconds',
  'size_bytes',
  'file',
] as const;

export const toRecording = (row: Selectable<RecordingRow>): Recording => ({
  id: row.id,
  accountId: row.account_id,
  callId: row.call_id,
  legId: row.leg_id,
  ownerUserId: row.owner_user_id ?? undefined,
  startedBy: { dialect: row.started_by.dialect, credentialId: row.started_by.credentialId },
  state: row.state,
  startedAt: row.started_at,
  endedAt: row.ended_at ?? undefined,
  durationSeconds: row.duration_seconds ?? undefined,
  sizeBytes: row.size_bytes === null ? undefined : Number(row.size_bytes),
  file: row.file ?? undefined,
});

export function createRecordingStore(db: Db): RecordingStore {
  return {
    find: (accountId, id) =>
      db.reading(accountId, async (reader) => {
        const row = await reader
          .selectFrom('recordings')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        return row && toRecording(row);
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const row = await tx
          .deleteFrom('recordings')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .where('state', '=', 'stored')
          .returning('file')
          .executeTakeFirst();
        if (row) tell({ type: 'object.removed', accountId, kind: 'recording', id, at: new Date() });
        return row && (row.file ?? '');
      }),
    ofCalls: (accountId, callIds) =>
      callIds.length === 0
        ? Promise.resolve([])
        : db.reading(accountId, async (reader) =>
            (
              await reader
                .selectFrom('recordings')
                .select(columns)
                .where('account_id', '=', accountId)
                .where('call_id', 'in', [...callIds])
                .where('state', '=', 'stored')
                .orderBy('started_at')
                .execute()
            ).map(toRecording),
          ),
  };
}

/** Recordings whose end was not stored, of every account: what a restarted server finishes. Crosses accounts. */
export const loadRunningRecordings = (db: Db): Promise<readonly Recording[]> =>
  db.crossing(async (tx) =>
    (
      await tx.selectFrom('recordings').select(columns).where('state', '=', 'running').execute()
    ).map(toRecording),
  );
