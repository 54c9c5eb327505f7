export type { ApiKey, ApiKeyScope, NewApiKey } from './api-key.ts';
export type { ApiKeyStore } from './api-key-store.ts';
export { type ApiKeyPorts, createApiKeys } from './create-api-keys.ts';
export { ensureDemoKey } from './ensure-demo-key.ts';
export type { ApiKeys } from './service.ts';
