export { databaseUnusable } from './config-errors.ts';
export { type Credentials, loadCredentials } from './credentials.ts';
export { type Config, loadConfig } from './load-config.ts';
export type { Setting } from './setting.ts';
export { settings } from './settings.ts';
