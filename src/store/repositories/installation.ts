import { sql } from 'kysely';
import type { InstallationStore, SettingName } from '../../core/installation/index.ts';
import type { Json } from '../../kernel/json.ts';
import type { Db, Tx } from '../connect.ts';

/** The lock of whoever changes what holds for the whole installation. */
const changeLock = 7304;

/** What holds for every account belongs to none, so it is read and written past their walls. */
export function createInstallationStore(db: Db): InstallationStore {
  const read = async (tx: Tx, name: SettingName): Promise<Json | undefined> => {
    const row = await tx
      .selectFrom('installation_settings')
      .select('body')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.body as Json | undefined;
  };
  return {
    read: (name) => db.crossing((tx) => read(tx, name)),
    change: (name, change) =>
      db.crossing(async (tx) => {
        await sql`select pg_advisory_xact_lock(${changeLock})`.execute(tx);
        const body = JSON.stringify(change(await read(tx, name)));
        await tx
          .insertInto('installation_settings')
          .values({ name, body })
          .onConflict((is) => is.column('name').doUpdateSet({ body }))
          .execute();
      }),
  };
}
