import type { Account } from '../accounts/index.ts';
import type { Instruction } from '../programs/index.ts';
import { announcement, spokenTime } from './announcements.ts';

/** How often the clock tells the time before it hangs up, and how far apart, in seconds. */
const clockTurns = 6;
const clockStepSeconds = 10;

const echo = ({ language }: Account): readonly Instruction[] => [
  { do: 'answer' },
  { do: 'say', text: announcement('echo_greeting', language), language },
  {
    do: 'dial',
    targets: [{ kind: 'service', service: 'echo' }],
    order: 'parallel',
    ringTimeoutSeconds: 10,
  },
];

const clock = ({ language, timeZone }: Account, now: Date): readonly Instruction[] => [
  { do: 'answer' },
  ...Array.from({ length: clockTurns }, (_, turn): Instruction[] => {
    const at = new Date(now.getTime() + turn * clockStepSeconds * 1000);
    return [
      { do: 'say', text: spokenTime(at, timeZone, language), language },
      { do: 'tone', tone: 'record', seconds: 1 },
      { do: 'silence', seconds: clockStepSeconds / 2 },
    ];
  }).flat(),
];

const noVoicemail = ({ language }: Account): readonly Instruction[] => [
  { do: 'answer' },
  { do: 'say', text: announcement('voicemail_unavailable', language), language },
];

/** The service extensions. `*97` says that there is no mailbox until accounts have them. */
const features: Readonly<Record<string, (account: Account, now: Date) => readonly Instruction[]>> =
  {
    '*43': echo,
    '*60': clock,
    '*97': noVoicemail,
  };

/** The program of a feature code, if the dialled string is one. */
export function featureProgram(
  dialled: string,
  account: Account,
  now: Date,
): readonly Instruction[] | undefined {
  return Object.hasOwn(features, dialled) ? features[dialled]?.(account, now) : undefined;
}
