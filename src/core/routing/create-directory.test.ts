import { expect, test } from 'vitest';
import { turn } from '../../../test/support/until.ts';
import { type AccountId, newId } from '../../kernel/ids.ts';
import { silentLogger } from '../../kernel/logger.ts';
import type { Account } from '../accounts/index.ts';
import { createDirectory } from './create-directory.ts';
import type { AccountDirectory, DirectoryStore } from './directory.ts';

const id = newId<AccountId>();

/** A store whose readings end when a test says so, with the name that was stored when they began. */
function createSlowStore() {
  const ends: (() => void)[] = [];
  const stored = { name: 'first' };
  const store: Pick<DirectoryStore, 'loadAccount'> = {
    loadAccount() {
      const account = { id, name: stored.name } as Account;
      const directory: AccountDirectory = {
        account,
        users: new Map(),
        endpoints: new Map(),
        numbers: [],
        patterns: [],
        trunks: [],
        applications: new Map(),
      };
      return new Promise((resolve) => ends.push(() => resolve(directory)));
    },
  };
  const directory = createDirectory({
    store: store as DirectoryStore,
    bus: { subscribe: () => () => undefined, onChange: () => undefined },
    logger: silentLogger,
  });
  return { directory, stored, ends };
}

test('whoever asks while an account is read waits for one more reading, all for the same', async () => {
  const { directory, stored, ends } = createSlowStore();
  const first = directory.refresh(id);
  stored.name = 'second';
  const others = [directory.refresh(id), directory.refresh(id), directory.refresh(id)];
  ends[0]?.();
  await first;
  expect(directory.account(id)?.account.name).toBe('first');
  await turn();
  expect(ends).toHaveLength(2);
  ends[1]?.();
  await Promise.all(others);
  expect(directory.account(id)?.account.name).toBe('second');
  expect(ends).toHaveLength(2);
});
