import { type Selectable, sql } from 'kysely';
import type {
  Application,
  ApplicationChange,
  ApplicationStore,
  NewApplication,
} from '../../core/applications/index.ts';
import { type AccountId, type ApplicationId, newId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Db } from '../connect.ts';
import { readHook, writeHook } from '../hook-column.ts';
import type { SecretBox } from '../secret-box.ts';
import type { ApplicationRow } from '../tables.ts';
import { toJson } from '../to-json.ts';

const columns = [
  'id',
  'sid',
  'account_id',
  'name',
  'call_hook',
  'status_hook',
  'message_hook',
  'steps',
  'variables_encrypted',
  'speech',
  'record_all_calls',
  'created_at',
] as const;

export const applicationColumns = columns;

type Row = Selectable<ApplicationRow>;

const sealedFor = (id: ApplicationId, column: string) => `applications/${id}/${column}`;

export const toApplication =
  (box: SecretBox) =>
  (row: Row): Application => ({
    id: row.id,
    sid: row.sid,
    accountId: row.account_id,
    name: row.name,
    callHook: readHook(box, row.call_hook, sealedFor(row.id, 'call_hook')),
    statusHook: readHook(box, row.status_hook, sealedFor(row.id, 'status_hook')),
    messageHook: readHook(box, row.message_hook, sealedFor(row.id, 'message_hook')),
    steps: row.steps ?? undefined,
    variables: row.variables_encrypted
      ? (JSON.parse(
          box.open(row.variables_encrypted, sealedFor(row.id, 'variables_encrypted')),
        ) as Record<string, Json>)
      : undefined,
    speech: row.speech.usual,
    fallbackSpeech: row.speech.fallback,
    usesFallbackSpeech: row.speech.usesFallback,
    recordAllCalls: row.record_all_calls,
    createdAt: row.created_at,
  });

const told = (
  type: 'object.created' | 'object.changed' | 'object.removed',
  accountId: AccountId,
  id: ApplicationId,
) => ({ type, accountId, kind: 'application', id, at: new Date() }) as const;

/** The columns that a change names. @param before - the row as it is; `undefined` for a new one */
function toRow(box: SecretBox, id: ApplicationId, change: ApplicationChange, before?: Row) {
  const hook = (column: 'call_hook' | 'status_hook' | 'message_hook', name: keyof NewApplication) =>
    name in change && {
      [column]: writeHook(
        box,
        change[name] as NewApplication['callHook'],
        sealedFor(id, column),
        before?.[column],
      ),
    };
  const { variables } = change;
  const changesSpeech =
    change.speech ?? change.fallbackSpeech ?? change.usesFallbackSpeech !== undefined;
  return {
    ...(change.name !== undefined && { name: change.name }),
    ...hook('call_hook', 'callHook'),
    ...hook('status_hook', 'statusHook'),
    ...hook('message_hook', 'messageHook'),
    ...('steps' in change && { steps: change.steps ?? null }),
    ...('variables' in change && {
      variables_encrypted: variables
        ? box.seal(toJson(variables), sealedFor(id, 'variables_encrypted'))
        : null,
    }),
    ...(changesSpeech && {
      speech: toJson({
        usual: change.speech ?? before?.speech.usual ?? {},
        fallback: change.fallbackSpeech ?? before?.speech.fallback ?? {},
        usesFallback: change.usesFallbackSpeech ?? before?.speech.usesFallback ?? false,
      }),
    }),
    ...(change.recordAllCalls !== undefined && { record_all_calls: change.recordAllCalls }),
  };
}

export function createApplicationStore(db: Db, box: SecretBox): ApplicationStore {
  const toItem = toApplication(box);
  const findBy = (accountId: AccountId, column: 'id' | 'sid', value: string) =>
    db.reading(accountId, async (reader) => {
      const row = await reader
        .selectFrom('applications')
        .select(columns)
        .where('account_id', '=', accountId)
        .where(column, '=', value as never)
        .executeTakeFirst();
      return row && toItem(row);
    });
  return {
    find: (accountId, id) => findBy(accountId, 'id', id),
    findBySid: (accountId, sid) => findBy(accountId, 'sid', sid),
    all: (accountId) =>
      db.reading(accountId, async (reader) =>
        (
          await reader
            .selectFrom('applications')
            .select(columns)
            .where('account_id', '=', accountId)
            .orderBy('created_at')
            .orderBy('id')
            .execute()
        ).map(toItem),
      ),
    insert: (accountId, application) =>
      db.telling(accountId, async (tx, tell) => {
        const id = newId<ApplicationId>();
        const row = await tx
          .insertInto('applications')
          .values({
            id,
            account_id: accountId,
            created_at: new Date(),
            ...toRow(box, id, application),
          } as never)
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.created', accountId, id));
        return toItem(row);
      }),
    change: (accountId, id, change) =>
      db.telling(accountId, async (tx, tell) => {
        const before = await tx
          .selectFrom('applications')
          .select(columns)
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (!before) return undefined;
        const row = await tx
          .updateTable('applications')
          .set({ ...toRow(box, id, change, before), id })
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .returning(columns)
          .executeTakeFirstOrThrow();
        tell(told('object.changed', accountId, id));
        return toItem(row);
      }),
    remove: (accountId, id) =>
      db.telling(accountId, async (tx, tell) => {
        const number = await tx
          .selectFrom('numbers')
          .select('id')
          .where('account_id', '=', accountId)
          .where(sql<string>`target->>'applicationId'`, '=', id)
          .executeTakeFirst();
        if (number) return 'numbers';
        const { numDeletedRows } = await tx
          .deleteFrom('applications')
          .where('account_id', '=', accountId)
          .where('id', '=', id)
          .executeTakeFirst();
        if (numDeletedRows > 0n) tell(told('object.removed', accountId, id));
        return numDeletedRows > 0n;
      }),
  };
}
