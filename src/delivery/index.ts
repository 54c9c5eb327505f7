export { guardedFetch } from './guarded-fetch.ts';
export { createHookClient } from './hooks/create-hook-client.ts';
export { createSipTargets } from './sip-targets.ts';
export { createSocketClient } from './sockets/create-socket-client.ts';
export { createTargetGuard, type TargetGuard } from './target-guard.ts';
export { createWebhooks } from './webhooks/create-webhooks.ts';
