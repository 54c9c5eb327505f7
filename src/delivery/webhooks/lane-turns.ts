/** How many lanes have their turn at once, how many of one account, and how many may wait for it. */
export interface TurnLimits {
  readonly atOnce: number;
  readonly ofAccount: number;
  readonly waiting: number;
}

/** Lets lanes have their turn, so that nobody's slow hooks hold up those of others. */
export interface LaneTurns {
  /** Wants a turn for a lane. One that waits or works already has it; one too many is forgotten. */
  want(account: string, lane: string): void;
  /** Those that work now. */
  working(): readonly string[];
  /** Lets nobody begin any more; resolves when those that work are done. */
  stop(): Promise<void>;
}

interface Account {
  working: number;
  readonly waiting: string[];
}

/** Accounts have their turn one after the other. @param work - what is done in a turn; it never throws */
export function createLaneTurns(
  limits: TurnLimits,
  work: (lane: string) => Promise<void>,
): LaneTurns {
  /** Those with lanes that wait or work; who had a turn last comes last. */
  const accounts = new Map<string, Account>();
  const waiting = new Set<string>();
  const working = new Map<string, Promise<void>>();
  let isStopped = false;

  const mayBegin = (): [string, Account] | undefined => {
    if (isStopped || working.size >= limits.atOnce) return undefined;
    return [...accounts].find(
      ([, account]) => account.waiting.length > 0 && account.working < limits.ofAccount,
    );
  };
  const done = (name: string, account: Account, lane: string): void => {
    working.delete(lane);
    account.working -= 1;
    if (account.working === 0 && account.waiting.length === 0) accounts.delete(name);
    beginAll();
  };
  const begin = (name: string, account: Account): void => {
    const lane = account.waiting.shift();
    if (lane === undefined) return;
    accounts.delete(name);
    accounts.set(name, account);
    waiting.delete(lane);
    account.working += 1;
    working.set(
      lane,
      work(lane).finally(() => done(name, account, lane)),
    );
  };
  const beginAll = (): void => {
    for (let next = mayBegin(); next; next = mayBegin()) begin(...next);
  };
  return {
    want(name, lane) {
      if (isStopped || waiting.has(lane) || working.has(lane)) return;
      if (waiting.size >= limits.waiting) return;
      const account = accounts.get(name) ?? { working: 0, waiting: [] };
      account.waiting.push(lane);
      accounts.set(name, account);
      waiting.add(lane);
      beginAll();
    },
    working: () => [...working.keys()],
    async stop() {
      isStopped = true;
      await Promise.all(working.values());
    },
  };
}
