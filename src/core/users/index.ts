export type { Users } from './service.ts';
export type { NewUser, User, UserChange } from './user.ts';
export { displayName } from './user.ts';
export type { UserStore } from './user-store.ts';
