/** What the exchange itself says to callers. */
export type AnnouncementName =
  | 'number_unknown'
  | 'emergency_unavailable'
  | 'limit_reached'
  | 'echo_greeting'
  | 'voicemail_unavailable'
  | 'recording_started';

const english: Readonly<Record<AnnouncementName, string>> = {
  number_unknown: 'The number you have dialled is not in service.',
  emergency_unavailable:
    'Emergency calls are not possible from this phone. Please use another one.',
  limit_reached: 'All lines are busy. Please try again later.',
  echo_greeting: 'This is the echo test. You will hear what you say.',
  voicemail_unavailable: 'There is no mailbox here.',
  recording_started: 'This call is being recorded.',
};

const german: Readonly<Record<AnnouncementName, string>> = {
  number_unknown: 'Die gewählte Rufnummer ist nicht vergeben.',
  emergency_unavailable:
    'Von diesem Telefon sind keine Notrufe möglich. Bitte nehmen Sie ein anderes.',
  limit_reached: 'Alle Leitungen sind belegt. Bitte versuchen Sie es später wieder.',
  echo_greeting: 'Dies ist der Echotest. Sie hören, was Sie sagen.',
  voicemail_unavailable: 'Hier gibt es keine Mailbox.',
  recording_started: 'Dieses Gespräch wird aufgezeichnet.',
};

/** The words of an announcement in a language; English where there are no others. */
export const announcement = (name: AnnouncementName, language: string): string =>
  (language.startsWith('de') ? german : english)[name];

/** The time as it is spoken. @param at - the instant to be told */
export function spokenTime(at: Date, timeZone: string, language: string): string {
  const time = new Intl.DateTimeFormat(language.startsWith('de') ? 'de-DE' : 'en-GB', {
    timeZone,
    hour: 'numeric',
    minute: 'numeric',
    hour12: false,
  }).formatToParts(at);
  const part = (type: string) => Number(time.find((p) => p.type === type)?.value ?? '0');
  const [hour, minute] = [part('hour'), part('minute')];
  if (language.startsWith('de')) return `Es ist ${hour} Uhr${minute === 0 ? '' : ` ${minute}`}.`;
  return minute === 0
    ? `It is ${hour} o'clock.`
    : `The time is ${hour} ${minute < 10 ? `oh ${minute}` : minute}.`;
}
