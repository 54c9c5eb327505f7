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

/** One mailbox per leg: commands to a leg, from whichever dialect or program, pass it in order. */
export interface Mailboxes {
  of(key: string): Mailbox;
  forget(key: string): void;
}

export function createMailboxes(): Mailboxes {
  const boxes = new Map<string, Mailbox>();
  return {
    of(key) {
      const known = boxes.get(key);
      if (known) return known;
      const box = createMailbox();
      boxes.set(key, box);
      return box;
    },
    forget: (key) => void boxes.delete(key),
  };
}
