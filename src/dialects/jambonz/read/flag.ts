/** A flag as it is sent: 0, 1, true or false; null is false. */
export const isTrue = (sent: boolean | 0 | 1 | null | undefined): boolean =>
  sent === true || sent === 1;

export const asFlag = (value: boolean): 0 | 1 => (value ? 1 : 0);
