import type { Json } from '../../kernel/json.ts';

/** What is set once for the whole installation. It belongs to no account, so it crosses them. */
export interface InstallationStore {
  read(name: SettingName): Promise<Json | undefined>;
  /** One change after the other. */
  change(name: SettingName, change: (before: Json | undefined) => Json): Promise<void>;
}

export type SettingName = 'sip_addresses';
