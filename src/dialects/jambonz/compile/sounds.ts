import type { Sound } from '../../../core/programs/index.ts';

/** What is heard where an address or a text names a silence, in milliseconds. */
const silencePattern = /^silence_stream:\/\/(\d{1,7})/;

const silence = (text: string): Sound | undefined => {
  const [, ms] = silencePattern.exec(text.trim()) ?? [];
  return ms === undefined ? undefined : { kind: 'silence', seconds: Number(ms) / 1_000 };
};

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

/** A pause of SSML in seconds. @see W3C SSML 1.1 section 3.2.3 */
function breakSeconds(tag: string): number {
  const [, amount, unit] = /time\s*=\s*["']\s*(\d+(?:\.\d+)?)(ms|s)/.exec(tag) ?? [];
  if (!amount) return 0.5;
  return Math.min(60, Number(amount) / (unit === 'ms' ? 1_000 : 1));
}

const spoken = (text: string, language: string | undefined): Sound[] => {
  const words = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:lt|gt|amp|quot|apos);/g, (entity) => entities[entity] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? [] : [{ kind: 'speech', text: words, ...(language && { language }) }];
};

/** SSML: its pauses are kept, its other tags dropped. */
const marked = (text: string, language: string | undefined): Sound[] =>
  text
    .split(/(<break\b[^>]*>)/)
    .flatMap((part): Sound[] =>
      part.startsWith('<break')
        ? [{ kind: 'silence', seconds: breakSeconds(part) }]
        : spoken(part, language),
    );

const list = (value: unknown): readonly string[] =>
  [value].flat().filter((one): one is string => typeof one === 'string');

/** What `say` speaks: every text, all in order. @param given - a text or several, SSML or plain */
export const saySounds = (given: unknown, language: string | undefined): readonly Sound[] =>
  list(given).flatMap((text): Sound[] => {
    const pause = silence(text);
    if (pause) return [pause];
    if (/^\s*<speak\b/.test(text)) return marked(text, language);
    return text.trim() === '' ? [] : [{ kind: 'speech', text, ...(language && { language }) }];
  });

/** What `play` plays: every address, all in order. @param seekSeconds - where the first one begins */
export const playSounds = (given: unknown, seekSeconds: number): readonly Sound[] =>
  list(given).map(
    (url, at): Sound =>
      silence(url) ?? {
        kind: 'url',
        url,
        ...(at === 0 && seekSeconds > 0 && { seekSeconds }),
      },
  );
