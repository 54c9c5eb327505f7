export { createNumbers, type NumberPorts } from './create-numbers.ts';
export type { NewNumber, NumberTarget, PhoneNumber } from './number.ts';
export type { NewNumberPattern, NumberPattern } from './number-pattern.ts';
export { choosePattern } from './number-pattern.ts';
export type { NumberStore } from './number-store.ts';
export type { Numbers } from './service.ts';
