import type { Media } from '../../engine/port/index.ts';
import type { Leg } from '../calls/index.ts';
import type { Sound } from '../programs/index.ts';
import type { InterpreterPorts } from './ports.ts';
import type { Stage } from './stage.ts';

type Ports = Pick<InterpreterPorts, 'speech' | 'sounds' | 'directory'>;

/** Whose sounds they are: of a leg, or of a conference. */
type Owner = Pick<Leg, 'accountId'>;

const languageFor = ({ directory }: Ports, { accountId }: Owner): string =>
  directory.account(accountId)?.account.language ?? 'en';

/** What is to be heard, as the engine can play it: speech and what is fetched become files. */
export const toMediaFor = (
  ports: Ports,
  owner: Owner,
  sounds: readonly Sound[],
): Promise<Media[]> =>
  Promise.all(
    sounds.map(async (sound): Promise<Media> => {
      switch (sound.kind) {
        case 'url':
          return {
            kind: 'file',
            path: await ports.sounds.fetchAny(sound.url, sound.seekSeconds ?? 0),
          };
        case 'speech':
          return {
            kind: 'file',
            path: await ports.speech.speak(sound.text, sound.language ?? languageFor(ports, owner)),
          };
        default:
          return sound;
      }
    }),
  );

/** What the leg of a stage is to hear. */
export const toMedia = (stage: Stage, sounds: readonly Sound[]): Promise<Media[]> =>
  toMediaFor(stage, stage.leg(), sounds);

/** The country of the leg's account, for its tones. */
export const countryOf = (stage: Stage): string =>
  stage.directory.account(stage.leg().accountId)?.account.country ?? 'DE';
