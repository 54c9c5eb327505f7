import type { Profile, ProfileStore } from '../../core/profiles/index.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Json } from '../../kernel/json.ts';
import type { Db } from '../connect.ts';
import { readHook, writeHook } from '../hook-column.ts';
import type { SecretBox } from '../secret-box.ts';
import { toJson } from '../to-json.ts';
import type { Reader } from '../walled-reads.ts';

const columns = [
  'webhook_secret_encrypted',
  'registration_hook',
  'queue_hook',
  'device_application_id',
  'keeps_cdrs',
  'record_all_calls',
  'record_format',
  'bucket_encrypted',
  'extras',
] as const;

const sealedFor = (id: AccountId, column: (typeof columns)[number]) =>
  `account_profiles/${id}/${column}`;

/** A list of several accounts crosses them; everything else is scoped. */
export function createProfileStore(db: Db, box: SecretBox): ProfileStore {
  const select = (reader: Reader) =>
    reader
      .selectFrom('account_profiles')
      .leftJoin('applications', 'applications.id', 'account_profiles.device_application_id')
      .select(columns.map((column) => `account_profiles.${column}` as const))
      .select(['account_profiles.account_id', 'applications.sid as application_sid']);
  type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];
  const toProfile = (row: Row): Profile => {
    const { account_id: accountId, device_application_id: id, application_sid: sid } = row;
    const seal = (column: (typeof columns)[number]) => sealedFor(accountId, column);
    return {
      accountId,
      webhookSecret: box.open(row.webhook_secret_encrypted, seal('webhook_secret_encrypted')),
      registrationHook: readHook(box, row.registration_hook, seal('registration_hook')),
      queueHook: readHook(box, row.queue_hook, seal('queue_hook')),
      deviceApplication: id && sid ? { id, sid } : undefined,
      keepsCdrs: row.keeps_cdrs,
      recordAllCalls: row.record_all_calls,
      recordFormat: row.record_format,
      bucket: row.bucket_encrypted
        ? (JSON.parse(box.open(row.bucket_encrypted, seal('bucket_encrypted'))) as Record<
            string,
            Json
          >)
        : undefined,
      extras: row.extras,
    };
  };
  return {
    find: (accountId) =>
      db.reading(accountId, async (reader) => {
        const row = await select(reader)
          .where('account_profiles.account_id', '=', accountId)
          .executeTakeFirst();
        return row && toProfile(row);
      }),
    async findMany(accountIds) {
      if (accountIds.length === 0) return [];
      return db.crossing(async (tx) =>
        (
          await select(tx)
            .where('account_profiles.account_id', 'in', [...accountIds])
            .execute()
        ).map(toProfile),
      );
    },
    ensure: (accountId, webhookSecret) =>
      db.tenant(accountId, async (tx) => {
        await tx
          .insertInto('account_profiles')
          .values({
            account_id: accountId,
            webhook_secret_encrypted: box.seal(
              webhookSecret,
              sealedFor(accountId, 'webhook_secret_encrypted'),
            ),
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }),
    change: (accountId, change) =>
      db.tenant(accountId, async (tx) => {
        const before = await tx
          .selectFrom('account_profiles')
          .select(['registration_hook', 'queue_hook', 'extras'])
          .where('account_id', '=', accountId)
          .forUpdate()
          .executeTakeFirst();
        const hook = (column: 'registration_hook' | 'queue_hook', value: typeof change.queueHook) =>
          writeHook(box, value, sealedFor(accountId, column), before?.[column]);
        const { bucket, webhookSecret } = change;
        await tx
          .updateTable('account_profiles')
          .set({
            account_id: accountId,
            ...(webhookSecret !== undefined && {
              webhook_secret_encrypted: box.seal(
                webhookSecret,
                sealedFor(accountId, 'webhook_secret_encrypted'),
              ),
            }),
            ...('registrationHook' in change && {
              registration_hook: hook('registration_hook', change.registrationHook),
            }),
            ...('queueHook' in change && { queue_hook: hook('queue_hook', change.queueHook) }),
            ...('deviceApplicationId' in change && {
              device_application_id: change.deviceApplicationId ?? null,
            }),
            ...(change.keepsCdrs !== undefined && { keeps_cdrs: change.keepsCdrs }),
            ...(change.recordAllCalls !== undefined && {
              record_all_calls: change.recordAllCalls,
            }),
            ...(change.recordFormat !== undefined && { record_format: change.recordFormat }),
            ...('bucket' in change && {
              bucket_encrypted: bucket
                ? box.seal(toJson(bucket), sealedFor(accountId, 'bucket_encrypted'))
                : null,
            }),
            ...(change.extras && { extras: toJson({ ...before?.extras, ...change.extras }) }),
          })
          .where('account_id', '=', accountId)
          .execute();
      }),
  };
}
