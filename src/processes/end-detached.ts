import { type DetachedProcess, findDetached } from './run-folder.ts';

/** What a server leaves running when it is killed, in the order in which it ends. */
export type LeftRunning = 'engine' | 'postgres';

const inOrder: readonly LeftRunning[] = ['engine', 'postgres'];

/**
 * How each ends gently: SIGINT makes Postgres close its connections and write everything down.
 * @see PostgreSQL 18, section 18.5, "fast shutdown"
 */
const gently: Readonly<Record<LeftRunning, Parameters<DetachedProcess['stop']>[0]>> = {
  engine: { signal: 'SIGTERM', graceMs: 10_000 },
  postgres: { signal: 'SIGINT', graceMs: 20_000 },
};

/** What runs under a folder of records although no server may be there. */
export const findLeftRunning = (runFolder: string): readonly LeftRunning[] =>
  inOrder.filter((name) => findDetached(runFolder, name) !== undefined);

/** Ends the engine, then the database. @param options.onEnding - is told of each before it ends */
export async function endLeftRunning(
  runFolder: string,
  options: {
    readonly except?: readonly LeftRunning[];
    readonly onEnding?: (name: LeftRunning) => { done(): void };
  } = {},
): Promise<readonly LeftRunning[]> {
  const ended: LeftRunning[] = [];
  for (const name of inOrder) {
    const running = options.except?.includes(name) ? undefined : findDetached(runFolder, name);
    if (!running) continue;
    const step = options.onEnding?.(name);
    await running.stop(gently[name]);
    step?.done();
    ended.push(name);
  }
  return ended;
}
