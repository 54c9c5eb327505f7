import type { Operation } from './driver.ts';

export type Finding = 'proven' | 'failed' | 'nothing';

/** What the run has shown about the operations of the dialects. */
export interface Evidence {
  /**
   * Runs work that shows an operation. It counts when the work ends well; work that failed once is not made
   * good by work that ends well.
   */
  proves<Result>(
    dialect: string,
    operation: Operation,
    work: () => Promise<Result>,
  ): Promise<Result>;
  of(dialect: string, operation: Operation): Finding;
}

export function createEvidence(): Evidence {
  const findings = new Map<string, Finding>();
  const key = (dialect: string, operation: Operation) => `${dialect} ${operation}`;
  return {
    async proves(dialect, operation, work) {
      const name = key(dialect, operation);
      try {
        const result = await work();
        if (!findings.has(name)) findings.set(name, 'proven');
        return result;
      } catch (error) {
        findings.set(name, 'failed');
        throw error;
      }
    },
    of: (dialect, operation) => findings.get(key(dialect, operation)) ?? 'nothing',
  };
}
