import { sql } from 'kysely';
import type { Session, SessionStore } from '../../core/accounts/index.ts';
import type { Db } from '../connect.ts';

/** A session goes with the login, the token or the user that it was begun with. */
const credentialIsThere = sql<boolean>`(body ->> 'credentialId' is null
  or exists (select from credentials where credentials.id = (body ->> 'credentialId')::uuid))`;

export function createSessionStore(db: Db): SessionStore {
  return {
    create: (session) =>
      db.tenant(session.actor.accountId, async (tx) => {
        await tx
          .insertInto('sessions')
          .values({
            id_hash: session.idHash,
            account_id: session.actor.accountId,
            body: JSON.stringify(session.actor),
            expires_at: session.expiresAt,
          })
          .execute();
      }),
    find: (idHash) =>
      db.crossing(async (tx) => {
        const row = await tx
          .selectFrom('sessions')
          .select(['body', 'expires_at'])
          .where('id_hash', '=', idHash)
          .where('expires_at', '>', new Date())
          .where(credentialIsThere)
          .executeTakeFirst();
        return row && { idHash, actor: row.body as Session['actor'], expiresAt: row.expires_at };
      }),
    extend: (idHash, expiresAt) =>
      db.crossing(async (tx) => {
        await tx
          .updateTable('sessions')
          .set({ expires_at: expiresAt })
          .where('id_hash', '=', idHash)
          .execute();
      }),
    remove: (idHash) =>
      db.crossing(async (tx) => {
        await tx.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
      }),
  };
}
