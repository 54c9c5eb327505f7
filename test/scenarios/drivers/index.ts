import type { Driver } from '../driver.ts';
import { jambonz } from './jambonz.ts';
import { mikopbx } from './mikopbx.ts';
import { native } from './native.ts';
import { sipgate } from './sipgate.ts';

/** Every dialect that takes part in the stories. */
export const drivers: readonly Driver[] = [sipgate, jambonz, mikopbx, native];
