export { createProfiles, type ProfilePorts } from './create-profiles.ts';
export type { Profile, ProfileChange } from './profile.ts';
export type { ProfileStore } from './profile-store.ts';
export type { Profiles } from './service.ts';
