export { environmentFor } from './detached-environment.ts';
export { warnAboutDisk } from './disk-space.ts';
export { endLeftRunning, type LeftRunning } from './end-detached.ts';
export { holderOf, lockFolder, takeFolder } from './folder-lock.ts';
export { isAlive, type ProcessIdentity } from './identity.ts';
export { ensurePortFree, translateListenError } from './ports.ts';
export type { WantedPort } from './process-errors.ts';
export {
  type DetachedProcess,
  type DetachedProgram,
  findDetached,
  startDetached,
  writeDurably,
} from './run-folder.ts';
export { type Keeper, startKeeper } from './start-keeper.ts';
export { rememberRunning } from './undo-start.ts';
