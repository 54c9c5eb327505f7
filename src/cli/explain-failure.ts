import { isDomainError } from '../kernel/domain-error.ts';

/** What a person is told when a command fails: words for what was foreseen, everything for a bug. */
export function explainFailure(error: unknown): string {
  if (isDomainError(error)) return error.message;
  return (error as Error | undefined)?.stack ?? String(error);
}
