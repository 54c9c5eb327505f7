/** Runs tasks one after the other; a task that fails does not stop the next. */
export interface Mailbox {
  post<T>(task: () => Promise<T>): Promise<T>;
}

function createMailbox(): Mailbox {
  let last: Promise<unknown> = Promise.resolve();
  return {
    post(task) {
      const next = last.then(task, task);
      last = next.catch(() => undefined);
      return next;
    },
  };
}

/**
 * One mailbox per leg or other thing with commands of its own: they pass it in order, from whichever dialect
 * or program they come.
 */
export interface Mailboxes {
  of(key: string): Mailbox;
  forget(key: string): void;
}

export function createMailboxes(): Mailboxes {
  const boxes = new Map<string, { readonly box: Mailbox; waiting: number }>();
  const entered = (key: string) => {
    const known = boxes.get(key);
    if (known) return known;
    const fresh = { box: createMailbox(), waiting: 0 };
    boxes.set(key, fresh);
    return fresh;
  };
  /** An empty mailbox is not kept: there is nothing in it that the next one would have to wait for. */
  const left = (key: string, one: { waiting: number }) => {
    one.waiting -= 1;
    if (one.waiting === 0 && boxes.get(key) === one) boxes.delete(key);
  };
  return {
    of: (key) => ({
      post(task) {
        const one = entered(key);
        one.waiting += 1;
        return one.box.post(task).finally(() => left(key, one));
      },
    }),
    forget: (key) => void boxes.delete(key),
  };
}
