/** Control characters, and those that turn the direction of text around or are invisible. */
const unsafe = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A text from outside (caller name, user agent) as it may be stored and shown: without control and
 * direction characters, at most `maxLength` characters, never half a surrogate pair.
 */
export function cleanText(text: string, maxLength = 256): string {
  const cleaned = text.replace(unsafe, '').trim();
  if (cleaned.length <= maxLength) return cleaned;
  return Array.from(cleaned).slice(0, maxLength).join('');
}
