import type { User, Users } from '../../core/users/index.ts';
import { userNotFound } from '../../core/users/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import { readExtension } from './ids.ts';

/**
 * The person that a path names, within the actor's reach. Another person is refused in the same way
 * whether there is one or not.
 * @throws {DomainError} `access.forbidden`, or `user.not_found` for administrators
 */
export async function reachableUser(users: Users, actor: Actor, userId: string): Promise<User> {
  const named = readExtension(userId, 'w');
  if (actor.admin) {
    if (!named) throw userNotFound(userId);
    return users.getBySerial(actor, named.serial);
  }
  const own = actor.userId && (await users.get(actor, actor.userId));
  if (!own || own.serial !== named?.serial) throw forbidden('see what belongs to others');
  return own;
}
