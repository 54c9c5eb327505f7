import type { Phone } from '../../src/phones/index.ts';
import type { Client, Operation, Operations } from './driver.ts';
import type { Evidence } from './evidence.ts';

/** Who takes part in a story: phones that talk, and an API client of every dialect. */
export interface Scene {
  readonly caller: Phone;
  readonly callee: Phone;
  readonly third: Phone;
  readonly clients: readonly Client[];
  readonly evidence: Evidence;
}

/** Runs a part of a story with an operation, if the dialect has it; the part is the proof of the operation. */
export async function ifAble<Name extends Operation>(
  { evidence }: Scene,
  { dialect, operations }: Client,
  name: Name,
  part: (operation: Operations[Name]) => Promise<void>,
): Promise<void> {
  const operation = operations[name];
  if (operation) await evidence.proves(dialect, name, () => part(operation));
}
