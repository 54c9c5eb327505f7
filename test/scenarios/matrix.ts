import { type Driver, has, type Operation } from './driver.ts';
import type { Evidence } from './evidence.ts';

/** The columns. */
const titles: Readonly<Record<Operation, string>> = {
  start: 'start',
  observe: 'observe',
  hold: 'hold',
  mute: 'mute',
  record: 'record',
  dtmf: 'dtmf',
  transfer: 'transfer',
  hangUp: 'hang up',
  history: 'history',
};
const columns = Object.keys(titles) as readonly Operation[];

/** What is in a cell: proven, not there in the dialect, or a contradiction of both. */
function cellOf(driver: Driver, operation: Operation, evidence: Evidence): '✓' | '–' | '✗' {
  const finding = evidence.of(driver.dialect, operation);
  if (has(driver, operation)) return finding === 'proven' ? '✓' : '✗';
  return finding === 'nothing' ? '–' : '✗';
}

/** Operations of which the run has not shown what their drivers say, as `dialect: operation`. */
export const contradictions = (drivers: readonly Driver[], evidence: Evidence): readonly string[] =>
  drivers.flatMap((driver) =>
    columns
      .filter((operation) => cellOf(driver, operation, evidence) === '✗')
      .map((operation) => `${driver.dialect}: ${titles[operation]}`),
  );

/** What the run has shown, as a table of text. */
export function matrix(drivers: readonly Driver[], evidence: Evidence): string {
  const rows = [
    ['', ...columns.map((operation) => titles[operation])],
    ...drivers.map((driver) => [
      driver.dialect,
      ...columns.map((operation) => cellOf(driver, operation, evidence)),
    ]),
  ];
  const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 2;
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => text.padEnd(width(column)))
      .join('')
      .trimEnd();
  return [
    ...rows.map(line),
    '✓ proven in this run   – the dialect has no such operation   ✗ not proven',
  ].join('\n');
}
