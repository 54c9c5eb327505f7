export { createRecords } from './create-records.ts';
export type { CallRecord, RecordPage, RecordQuery } from './record.ts';
export type { RecordStore } from './record-store.ts';
export type { Records } from './service.ts';
