/** A secret as it is shown: its beginning, then an X for each further character. */
export const masked = (secret: string, shown: number): string =>
  secret.slice(0, shown) + 'X'.repeat(Math.max(0, secret.length - shown));

/** What was sent for a secret; its masked form, which a client has read here, means the stored one. */
export const unmasked = (
  sent: string | null | undefined,
  stored: string | undefined,
  shown: number,
): string | undefined =>
  stored !== undefined && sent === masked(stored, shown) ? stored : (sent ?? undefined);
