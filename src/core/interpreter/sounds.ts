import type { Media } from '../../engine/port/index.ts';
import type { Sound } from '../programs/index.ts';
import type { Stage } from './stage.ts';

/** What is to be heard, as the engine can play it: speech becomes files. */
export const toMedia = (stage: Stage, sounds: readonly Sound[]): Promise<Media[]> =>
  Promise.all(
    sounds.map(async (sound): Promise<Media> => {
      if (sound.kind !== 'speech') return sound;
      return {
        kind: 'file',
        path: await stage.speech.speak(sound.text, sound.language ?? languageOf(stage)),
      };
    }),
  );

/** The language of the leg's account. */
export const languageOf = (stage: Stage): string =>
  stage.directory.account(stage.leg().accountId)?.account.language ?? 'en';

/** The country of the leg's account, for its tones. */
export const countryOf = (stage: Stage): string =>
  stage.directory.account(stage.leg().accountId)?.account.country ?? 'DE';
