import { legUnreachable } from '../port/index.ts';

/** Waiting for channels that were made to enter the application. */
export interface StasisWaits {
  /** Resolves when the channel is ours to command. @throws {DomainError} `engine.unreachable` */
  entered(channelId: string, target: string): Promise<void>;
  /** Tells that a channel has entered; whether somebody waited. */
  tell(channelId: string): boolean;
  /** Tells that a channel is gone. */
  fail(channelId: string): void;
}

/** Milliseconds in which a channel that was made enters the application. */
const limitMs = 3_000;

export function createStasisWaits(): StasisWaits {
  const waits = new Map<
    string,
    { resolve: () => void; reject: (error: Error) => void; timer: NodeJS.Timeout }
  >();
  const take = (id: string) => {
    const wait = waits.get(id);
    if (wait) clearTimeout(wait.timer);
    waits.delete(id);
    return wait;
  };
  return {
    entered: (channelId, target) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => take(channelId)?.reject(legUnreachable(target)), limitMs);
        waits.set(channelId, { resolve, reject: (error) => reject(error), timer });
      }),
    tell(channelId) {
      const wait = take(channelId);
      wait?.resolve();
      return wait !== undefined;
    },
    fail: (channelId) => take(channelId)?.reject(legUnreachable(channelId)),
  };
}
