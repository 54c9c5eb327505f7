import { forbidden } from '../kernel/access-errors.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Access } from './dialect.ts';
import { scopeMissing } from './request-errors.ts';

/** Whether somebody who is known may use a route. @throws {DomainError} forbidden */
export function checkAccess(access: Access, actor: Actor): void {
  switch (access.kind) {
    case 'public':
    case 'credential':
      return;
    case 'scope':
      if (actor.scopes !== 'all' && !access.anyOf.some((scope) => actor.scopes.includes(scope)))
        throw access.otherwise?.() ?? scopeMissing(access.anyOf);
      return;
    case 'admin':
      if (!actor.admin) throw forbidden('do what needs an administrator');
      return;
    case 'operator':
      if (!actor.operator) throw forbidden('do what needs the operator');
  }
}
