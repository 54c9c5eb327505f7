import { isIP } from 'node:net';

/** 4 or 6; 0 if the text is not an IP address. */
export const ipVersion = (text: string): 0 | 4 | 6 => isIP(text) as 0 | 4 | 6;
