export { type Phone, type PhoneOptions, type PhoneProgram, startPhone } from './baresip-phone.ts';
export type { PhoneEvent } from './phone-control.ts';
export { fromPcm, hasTone, isSilent, loudness, sampleRate, tone, toneShare } from './tones.ts';
