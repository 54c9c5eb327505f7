export {
  type Phone,
  type PhoneCall,
  type PhoneOptions,
  type PhoneProgram,
  phoneFolderRoot,
  startPhone,
} from './baresip-phone.ts';
export type { PhoneEvent } from './phone-control.ts';
export { fromPcm, hasTone, isSilent, loudness, sampleRate, tone, toneShare } from './tones.ts';
