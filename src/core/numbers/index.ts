export type { NewNumber, NumberTarget, PhoneNumber } from './number.ts';
export type { NumberStore } from './number-store.ts';
