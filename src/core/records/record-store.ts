import type { Reach } from '../../kernel/actor.ts';
import type { RecordPage, RecordQuery } from './record.ts';

export interface RecordStore {
  /** Those that lie within every one of these; accounts that keep no records have none. */
  list(reaches: readonly Reach[], query: RecordQuery): Promise<RecordPage>;
}
