export { createInstallation, type InstallationPorts } from './create-installation.ts';
export type { NewSipAddress, SipAddress } from './installation.ts';
export type { InstallationStore, SettingName } from './installation-store.ts';
export type { Installation } from './service.ts';
