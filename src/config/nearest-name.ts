/** How many letters must be changed, added or left out to make one word of another. @see Levenshtein, 1965 */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (const [other, wanted] of [...to].entries()) {
      const changed = (row[other] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(changed, (row[other + 1] ?? 0) + 1, (next[other] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Share of a name's letters that may differ. */
const mostDiffering = 0.4;

/** The known name that somebody may have meant; `undefined` if none is close. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, letters: distance(name, candidate) }))
    .sort((a, b) => a.letters - b.letters);
  return best && best.letters <= name.length * mostDiffering ? best.candidate : undefined;
}
