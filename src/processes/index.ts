export { folderInUse, lockFolder } from './folder-lock.ts';
export { identityOf, isAlive, type ProcessIdentity } from './identity.ts';
export {
  type DetachedProcess,
  type DetachedProgram,
  findDetached,
  startDetached,
  writeDurably,
} from './run-folder.ts';
