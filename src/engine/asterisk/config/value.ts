import { DomainError } from '../../../kernel/domain-error.ts';

/** What would end a line, begin a comment or open a section in the engine's files. */
const dangerous = /[\u0000-\u001f\u007f;[\]]/;

/**
 * A text as a value in the engine's configuration files.
 * @throws {DomainError} `engine.unsafe_value` (invalid) if it could become anything else there
 */
export function configValue(text: string): string {
  if (!dangerous.test(text) && text.trim() === text) return text;
  throw new DomainError(
    'invalid',
    'engine.unsafe_value',
    'A value cannot be written into the engine’s files',
    {
      details: { length: text.length },
    },
  );
}

/** A text that people wrote, with everything taken out that the files cannot hold. */
export const configText = (text: string): string =>
  text
    .replace(/[\u0000-\u001f\u007f;[\]"\\<>]/g, '')
    .trim()
    .slice(0, 80);

/** One section: `[name]` and its settings, in order. */
export const section = (
  name: string,
  settings: readonly (readonly [string, string | number])[],
): string => `[${name}]\n${settings.map(([key, value]) => `${key}=${value}\n`).join('')}\n`;
