import type { AccountId, ConferenceId, LegId } from '../../kernel/ids.ts';
import type { Conference } from './conference.ts';

/** The conferences of this node that are not gone. Values are replaced, never changed in place. */
export interface LiveConferences {
  get(id: ConferenceId): Conference | undefined;
  named(accountId: AccountId, name: string): Conference | undefined;
  /** Those of every account. */
  all(): readonly Conference[];
  /** Oldest first. */
  of(accountId: AccountId): readonly Conference[];
  withLeg(legId: LegId): Conference | undefined;
  /** Changes or adds one, and has it written down. One with `endedAt` is gone. */
  put(conference: Conference): void;
  /** Who talks at the moment. Not written down: it is over in a second. */
  talks(legId: LegId): boolean;
  setTalking(legId: LegId, talking: boolean): void;
  /** Takes over what was stored, without writing it again. */
  load(conferences: readonly Conference[]): void;
}

const keyOf = (accountId: AccountId, name: string): string => `${accountId} ${name}`;

/** @param write - has a change written down, with everything else of this turn */
export function createLiveConferences(write: (conference: Conference) => void): LiveConferences {
  const all = new Map<ConferenceId, Conference>();
  const byName = new Map<string, ConferenceId>();
  const byLeg = new Map<LegId, ConferenceId>();
  const talking = new Set<LegId>();

  const get = (id: ConferenceId | undefined) => (id === undefined ? undefined : all.get(id));
  const index = (conference: Conference) => {
    const before = all.get(conference.id);
    for (const { legId } of before?.participants ?? []) byLeg.delete(legId);
    if (conference.endedAt) {
      all.delete(conference.id);
      byName.delete(keyOf(conference.accountId, conference.name));
      return;
    }
    all.set(conference.id, conference);
    byName.set(keyOf(conference.accountId, conference.name), conference.id);
    for (const { legId } of conference.participants) byLeg.set(legId, conference.id);
  };
  return {
    get,
    named: (accountId, name) => get(byName.get(keyOf(accountId, name))),
    all: () => [...all.values()],
    of: (accountId) => [...all.values()].filter((one) => one.accountId === accountId),
    withLeg: (legId) => get(byLeg.get(legId)),
    put(conference) {
      index(conference);
      write(conference);
    },
    talks: (legId) => talking.has(legId),
    setTalking(legId, on) {
      if (on) talking.add(legId);
      else talking.delete(legId);
    },
    load(conferences) {
      for (const conference of conferences) index(conference);
    },
  };
}
