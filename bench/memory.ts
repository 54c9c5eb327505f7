import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes that a process and its children hold, shared pages counted in part. @see proc(5), smaps_rollup */
export function memoryOf(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid);
  const kilobytes = [String(pid), ...children].map((process) => {
    try {
      const text = readFileSync(`/proc/${process}/smaps_rollup`, 'utf8');
      return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0);
    } catch {
      return 0;
    }
  });
  return Math.round(kilobytes.reduce((sum, one) => sum + one, 0) / 1_024);
}

function parentOf(process: string): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
