export { createSoundConverter } from './create-sound-converter.ts';
export { createSoundDecoder } from './create-sound-decoder.ts';
export { createSoundFetcher, type SafeFetch } from './create-sound-fetcher.ts';
export { createSpeech } from './create-speech.ts';
export { ensureHoldMusic } from './hold-music.ts';
export type { MediaProgram } from './run-program.ts';
export { readWav, writeWav } from './wav.ts';
