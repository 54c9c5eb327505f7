export { guardedFetch } from './guarded-fetch.ts';
export { createTargetGuard, type TargetGuard } from './target-guard.ts';
