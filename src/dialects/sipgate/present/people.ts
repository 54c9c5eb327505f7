import type { LiveEndpoint } from '../../../core/endpoints/index.ts';
import type { User } from '../../../core/users/index.ts';
import type { UserResponse } from '../schemas.ts';

/** A person. @param devices - the person's own, oldest first */
export const presentUser = (user: User, devices: readonly LiveEndpoint[]): UserResponse => ({
  id: `w${user.serial}`,
  firstname: user.firstName,
  lastname: user.lastName,
  email: user.email,
  defaultDevice: devices[0] ? `e${devices[0].endpoint.serial}` : null,
  busyOnBusy: user.busyOnBusy,
  addressId: null,
  directDialIds: user.extension ? [user.extension] : [],
  timezone: user.timeZone ?? null,
  admin: user.admin,
});
