import type { Logger } from '../../kernel/logger.ts';
import type { EngineFact } from '../port/index.ts';

/** Hands facts to listeners in order. A listener that throws does not keep the others from hearing. */
export function createFactFeed(logger: Logger) {
  const listeners = new Set<(fact: EngineFact) => void>();
  return {
    tell(fact: EngineFact): void {
      for (const listener of listeners) {
        try {
          listener(fact);
        } catch (error) {
          logger.error({ fact: fact.type, err: error }, 'a listener failed');
        }
      }
    },
    subscribe(listener: (fact: EngineFact) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
