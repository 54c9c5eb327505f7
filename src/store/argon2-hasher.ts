import { type Algorithm, hash, verify } from '@node-rs/argon2';
import type { PasswordHasher } from '../core/accounts/index.ts';

/** What a hash costs: 19 MiB and two passes. @see RFC 9106 */
const cost = { algorithm: 2 as Algorithm, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const argon2Hasher: PasswordHasher = {
  hash: (password) => hash(password, cost),
  verify: (hashed, password) => verify(hashed, password).catch(() => false),
};
