import { engineRefused, engineUnavailable } from '../port/index.ts';
import type { FakeCommand, FakeCommandName, FakeCommandOf } from './fake-command.ts';

/** How the engine takes commands: it remembers all of them, and does not always do what it is told. */
export interface Obedience {
  readonly commands: readonly FakeCommand[];
  /** The commands of one name, in order. */
  asked<Name extends FakeCommandName>(name: Name): readonly FakeCommandOf<Name>[];
  /** Only what is asked from now on is remembered. */
  forgetCommands(): void;
  /** Refuses the next command of a name (`times`: the next few). */
  refuse(
    name: FakeCommandName,
    options?: { readonly error?: Error; readonly times?: number },
  ): void;
  /** Commands of a name are neither done nor acknowledged until the returned function is called. */
  stall(name: FakeCommandName): () => void;
  /** Commands of these names are acknowledged, but what follows from them is left to the test. */
  leaveToTest(...names: readonly FakeCommandName[]): void;
}

export interface Obeying extends Obedience {
  isLeftToTest(name: FakeCommandName): boolean;
  /** Remembers a command and does it, unless it was arranged otherwise. */
  take<T>(command: FakeCommand, work: () => T): Promise<T>;
}

/** @param acknowledge - resolves when the answer to a command may come */
export function createObedience(
  isConnected: () => boolean,
  acknowledge: () => Promise<void>,
): Obeying {
  const commands: FakeCommand[] = [];
  const refusals: { readonly name: FakeCommandName; readonly error: Error }[] = [];
  const gates = new Map<FakeCommandName, Promise<void>>();
  const leftToTest = new Set<FakeCommandName>();

  const refusalOf = (name: FakeCommandName): Error | undefined => {
    const at = refusals.findIndex((refusal) => refusal.name === name);
    return at < 0 ? undefined : refusals.splice(at, 1)[0]?.error;
  };
  return {
    commands,
    asked: <Name extends FakeCommandName>(name: Name) =>
      commands.filter((command): command is FakeCommandOf<Name> => command.name === name),
    forgetCommands: () => void commands.splice(0),
    refuse(name, { error = engineRefused(name, 500), times = 1 } = {}) {
      for (let turn = 0; turn < times; turn += 1) refusals.push({ name, error });
    },
    stall(name) {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(name, promise);
      return () => {
        gates.delete(name);
        resolve();
      };
    },
    leaveToTest: (...names) => {
      for (const name of names) leftToTest.add(name);
    },
    isLeftToTest: (name) => leftToTest.has(name),
    async take(command, work) {
      commands.push(command);
      await gates.get(command.name);
      if (!isConnected()) throw engineUnavailable(command.name);
      const refusal = refusalOf(command.name);
      if (refusal) throw refusal;
      const result = work();
      await acknowledge();
      return result;
    },
  };
}
