/** Milliseconds between two looks, and that a fact may take. */
const lookEveryMs = 15;
const usualLimitMs = 8_000;

/**
 * Waits for a fact: looks until it is there.
 * @returns the first value that is neither undefined nor false
 * @throws {Error} with `because` when it does not come
 */
export async function eventually<T>(
  look: () => T | Promise<T>,
  options: { readonly limitMs?: number; readonly because?: () => string } = {},
): Promise<Exclude<T, undefined | false>> {
  const limitMs = options.limitMs ?? usualLimitMs;
  const deadline = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > deadline)
      throw new Error(`${options.because?.() ?? look.toString()} (waited ${limitMs} ms)`);
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}
