import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /**
   * Clock ticks between the start of the machine and of the process, and which start of the machine that
   * was. @see proc(5), field 22 of stat, and sys/kernel/random/boot_id
   */
  readonly startTime: string;
}

const readOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const boot = readOf('/proc/sys/kernel/random/boot_id').slice(0, 8);

/** The fields of a process behind its name; none if there is no process. @see proc(5), stat from field 3 */
const statOf = (pid: number): readonly string[] => {
  const stat = readOf(`/proc/${pid}/stat`);
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** When a process was started; `undefined` if there is none, or only its remains. */
export function startTimeOf(pid: number): string | undefined {
  const fields = statOf(pid);
  const isGone = fields.length === 0 || fields[0] === 'Z' || fields[0] === 'X';
  return isGone ? undefined : `${fields[19]}@${boot}`;
}

export const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);

export const isAlive = ({ pid, startTime }: ProcessIdentity): boolean =>
  startTimeOf(pid) === startTime;

/** Who a running process is. */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const startTime = startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}
