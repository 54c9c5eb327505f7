export { createUsers, type UserPorts } from './create-users.ts';
export type { Users } from './service.ts';
export type { NewUser, User, UserChange } from './user.ts';
export { displayName } from './user.ts';
export { userNotFound } from './user-errors.ts';
export type { UserStore } from './user-store.ts';
