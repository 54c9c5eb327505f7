import { readdirSync, readFileSync } from 'node:fs';
import { identityOf, type ProcessIdentity, parentOf } from './identity.ts';

/** Variables by which a program is recognised whose record was never written. */
const markVariable = 'POLYVOX_STARTED_AS';
const notesVariable = 'POLYVOX_STARTED_WITH';

const markOf = (folder: string, name: string): string => `${folder}#${name}`;

/** Settings of the server and of what started it, which are none of its programs' business. */
const isPrivate = (variable: string): boolean =>
  /^(POLYVOX_|DATABASE_URL$|NODE_|npm_|PG)/.test(variable);

/** What a detached program sees: the environment without the server's own settings and secrets, and its mark. */
export const environmentFor = (
  folder: string,
  name: string,
  program: {
    readonly env?: Readonly<Record<string, string>>;
    readonly notes?: Readonly<Record<string, string>>;
  } = {},
): Record<string, string | undefined> => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([variable]) => !isPrivate(variable))),
  ...program.env,
  [markVariable]: markOf(folder, name),
  [notesVariable]: JSON.stringify(program.notes ?? {}),
});

/** Variables of another process; none if it is gone or somebody else's. @see proc(5), environ */
function variablesOf(pid: number): Map<string, string> {
  try {
    const pairs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return new Map(
      pairs.map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
  } catch {
    return new Map();
  }
}

const parseNotes = (text: string): Readonly<Record<string, string>> => {
  try {
    return JSON.parse(text) as Record<string, string>;
  } catch {
    return {};
  }
};

/** A running program by its mark, with its notes: the parent where it has children of its own. */
export function findMarked(
  folder: string,
  name: string,
): (ProcessIdentity & { readonly notes: Readonly<Record<string, string>> }) | undefined {
  const wanted = markOf(folder, name);
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid);
  const marked = new Map(
    pids.flatMap((pid) => {
      const variables = variablesOf(pid);
      return variables.get(markVariable) === wanted
        ? [[pid, variables.get(notesVariable) ?? ''] as const]
        : [];
    }),
  );
  for (const [pid, notes] of marked) {
    const identity = identityOf(pid);
    if (identity && !marked.has(parentOf(pid))) return { ...identity, notes: parseNotes(notes) };
  }
  return undefined;
}
