export type { AccountDirectory, Directory, DirectoryStore } from './directory.ts';
