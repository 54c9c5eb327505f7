export { createLimits, type LimitPorts } from './create-limits.ts';
export type { Limit, LimitCategory } from './limit.ts';
export { limitCategories } from './limit.ts';
export type { LimitStore } from './limit-store.ts';
export type { Limits } from './service.ts';
