/** A pattern for `ilike` that finds a text anywhere, whatever is in it. */
export const asPattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
