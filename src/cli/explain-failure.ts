import { isDomainError } from '../kernel/domain-error.ts';

/** What a person can do about an error of the system. @see errno(3) */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Free some space and start again.',
  EDQUOT: 'The quota of this user is used up. Free some space and start again.',
  EROFS: 'The file system can only be read. Set POLYVOX_DATA to a folder that can be written.',
  EACCES: 'This user may not. Start Polyvox as the owner of its data folder.',
  EPERM: 'This user may not. Start Polyvox as the owner of its data folder.',
  EMFILE: 'Too many files are open. Raise the limit (`ulimit -n`) and start again.',
  ENFILE: 'Too many files are open on this machine.',
};

/**
 * What a person is told when a command fails: words for what was foreseen, everything for a bug. The name of
 * the file or call stays in what the system says.
 */
export function explainFailure(error: unknown): string {
  if (isDomainError(error)) return error.message;
  const { code, message, stack } = error as NodeJS.ErrnoException;
  const remedy = remedies[code ?? ''];
  return remedy ? `${message}\n${remedy}` : (stack ?? String(error));
}
