/** The contract's form of dates: `Tue, 03 Nov 2026 14:05:09 +0000`. @see RFC 2822 section 3.3 */
export const presentDate = (at: Date): string => at.toUTCString().replace('GMT', '+0000');

/** A date in either form of the contract, or as epoch milliseconds; `undefined` for anything else. */
export function readDate(sent: string | number): Date | undefined {
  const isEpoch = typeof sent === 'number' || /^\d{1,15}$/.test(sent);
  const isWritten = typeof sent === 'string' && /^\d{4}-\d\d-\d\d|^[A-Z][a-z]{2}, \d/.test(sent);
  if (!isEpoch && !isWritten) return undefined;
  const at = new Date(isEpoch ? Number(sent) : sent);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
