import type { EngineLegId } from '../../engine/port/index.ts';
import type { AccountId, CallId, LegId } from '../../kernel/ids.ts';
import {
  type Conference,
  createLiveConferences,
  type LiveConferences,
} from '../conferences/index.ts';
import type { CoreEvent } from '../events/index.ts';
import { createLiveQueues, type LiveQueues, type Queue } from '../queues/index.ts';
import type { Recording } from '../recordings/index.ts';
import type { Call } from './call.ts';
import type { CallJournal, JournalEntry } from './call-journal.ts';
import type { Cdr } from './cdr.ts';
import type { NewHistoryEntry } from './history.ts';
import { hasEnded, type Leg } from './leg.ts';

/**
 * The running calls of this node. Values are replaced, never changed in place. Everything that is changed
 * in one turn of the event loop is written to the journal as one entry, with its events.
 */
export interface LiveCalls {
  readonly conferences: LiveConferences;
  readonly queues: LiveQueues;
  leg(id: LegId): Leg | undefined;
  legByEngineId(id: EngineLegId): Leg | undefined;
  /** A running call; the id of a call that was merged leads to the one that goes on. */
  call(id: CallId): Call | undefined;
  callsOf(accountId: AccountId): readonly Call[];
  calls(): readonly Call[];
  /** Legs that have not ended, in the order in which they began. */
  legsOf(callId: CallId): readonly Leg[];
  /** Every leg that a running call has had. */
  allLegsOf(callId: CallId): readonly Leg[];
  legs(): readonly Leg[];
  /** The other legs that a leg is joined with. */
  partnersOf(leg: Leg): readonly Leg[];

  putCall(call: Call): void;
  putLeg(leg: Leg): void;
  /** Changes some fields; returns the leg as it is now, `undefined` if there is none. */
  changeLeg(id: LegId, change: Partial<Leg>): Leg | undefined;
  tell(event: CoreEvent): void;
  writeCdr(cdr: Cdr): void;
  writeHistory(entries: readonly NewHistoryEntry[]): void;
  putRecording(recording: Recording): void;
  recording(id: Recording['id']): Recording | undefined;
  /** Ends the memory of a finished call, once what was changed is written. */
  forgetCall(id: CallId): void;
  /** Resolves when everything that was changed so far is durable. */
  durable(): Promise<void>;
  /** The same for those who are in no hurry. */
  whenWritten(): Promise<void>;
  /** Takes over what was stored, without writing it again. */
  load(calls: readonly Call[], legs: readonly Leg[], recordings: readonly Recording[]): void;
}

/** The entry in the making. */
interface Draft {
  calls: Map<CallId, Call>;
  legs: Map<LegId, Leg>;
  recordings: Map<Recording['id'], Recording>;
  conferences: Map<Conference['id'], Conference>;
  queues: Map<Queue['id'], Queue>;
  cdrs: Cdr[];
  history: NewHistoryEntry[];
  events: CoreEvent[];
}

const emptyDraft = (): Draft => ({
  calls: new Map(),
  legs: new Map(),
  recordings: new Map(),
  conferences: new Map(),
  queues: new Map(),
  cdrs: [],
  history: [],
  events: [],
});

const toEntry = (draft: Draft): JournalEntry => ({
  calls: [...draft.calls.values()],
  legs: [...draft.legs.values()],
  recordings: [...draft.recordings.values()],
  conferences: [...draft.conferences.values()],
  queues: [...draft.queues.values()],
  cdrs: draft.cdrs,
  history: draft.history,
  events: draft.events,
});

/** Collects changes and writes them once a turn. @see docs/decisions, state and event in one transaction */
function createPen(journal: CallJournal) {
  let draft = emptyDraft();
  let scheduled = false;
  let written: Promise<void> = Promise.resolve();

  const flush = () => {
    scheduled = false;
    const entry = toEntry(draft);
    draft = emptyDraft();
    const previous = written;
    const current = journal.write(entry);
    written = Promise.all([previous, current]).then(() => undefined);
    written.catch(() => undefined);
  };
  return {
    change(edit: (draft: Draft) => void): void {
      edit(draft);
      if (scheduled) return;
      scheduled = true;
      queueMicrotask(flush);
    },
    async durable(): Promise<void> {
      if (scheduled) await Promise.resolve();
      journal.hurry();
      await written;
    },
    async written(): Promise<void> {
      if (scheduled) await Promise.resolve();
      await written;
    },
  };
}

/** The calls, legs and recordings that are kept in memory, by every key that somebody asks with. */
function createIndex() {
  const calls = new Map<CallId, Call>();
  const legs = new Map<LegId, Leg>();
  const byEngineId = new Map<EngineLegId, LegId>();
  const legIdsOf = new Map<CallId, Set<LegId>>();
  const recordings = new Map<Recording['id'], Recording>();

  const putLeg = (leg: Leg) => {
    const before = legs.get(leg.id);
    if (before && before.callId !== leg.callId) legIdsOf.get(before.callId)?.delete(leg.id);
    if (before && before.engineId !== leg.engineId) byEngineId.delete(before.engineId);
    legs.set(leg.id, leg);
    byEngineId.set(leg.engineId, leg.id);
    const ids = legIdsOf.get(leg.callId) ?? new Set();
    legIdsOf.set(leg.callId, ids.add(leg.id));
  };
  const allLegsOf = (id: CallId): Leg[] =>
    [...(legIdsOf.get(id) ?? [])].flatMap((legId) => legs.get(legId) ?? []);
  const forget = (id: CallId) => {
    for (const leg of allLegsOf(id)) {
      legs.delete(leg.id);
      byEngineId.delete(leg.engineId);
    }
    legIdsOf.delete(id);
    calls.delete(id);
    for (const recording of recordings.values()) {
      if (recording.callId === id && recording.state !== 'running') recordings.delete(recording.id);
    }
  };
  return { calls, legs, byEngineId, recordings, putLeg, allLegsOf, forget };
}

/** How many merged calls may lead to one another. */
const longestMergeChain = 16;

export function createLiveCalls(journal: CallJournal): LiveCalls {
  const index = createIndex();
  const merged = new Map<CallId, CallId>();
  const pen = createPen(journal);

  const call = (id: CallId): Call | undefined => {
    let at = id;
    for (let step = 0; step < longestMergeChain; step += 1) {
      const next = merged.get(at);
      if (!next) break;
      at = next;
    }
    const found = index.calls.get(at);
    return found && !found.endedAt ? found : undefined;
  };
  const putLeg = (leg: Leg) => {
    index.putLeg(leg);
    pen.change((draft) => draft.legs.set(leg.id, leg));
  };

  return {
    conferences: createLiveConferences((conference) =>
      pen.change((draft) => draft.conferences.set(conference.id, conference)),
    ),
    queues: createLiveQueues((queue) => pen.change((draft) => draft.queues.set(queue.id, queue))),
    leg: (id) => index.legs.get(id),
    legByEngineId(id) {
      const legId = index.byEngineId.get(id);
      return legId && index.legs.get(legId);
    },
    call,
    calls: () => [...index.calls.values()].filter((c) => !c.endedAt),
    callsOf: (accountId) =>
      [...index.calls.values()].filter((c) => c.accountId === accountId && !c.endedAt),
    legsOf: (id) => index.allLegsOf(id).filter((leg) => !hasEnded(leg)),
    allLegsOf: (id) => index.allLegsOf(id),
    legs: () => [...index.legs.values()].filter((leg) => !hasEnded(leg)),
    partnersOf: (leg) =>
      leg.bridge === undefined
        ? []
        : index
            .allLegsOf(leg.callId)
            .filter(
              (other) => other.bridge === leg.bridge && other.id !== leg.id && !hasEnded(other),
            ),
    putCall(value) {
      index.calls.set(value.id, value);
      if (value.mergedInto) merged.set(value.id, value.mergedInto);
      pen.change((draft) => draft.calls.set(value.id, value));
    },
    putLeg,
    changeLeg(id, change) {
      const before = index.legs.get(id);
      if (!before) return undefined;
      const leg = { ...before, ...change };
      putLeg(leg);
      return leg;
    },
    tell: (event) => pen.change((draft) => draft.events.push(event)),
    writeCdr: (cdr) => pen.change((draft) => draft.cdrs.push(cdr)),
    writeHistory: (entries) => pen.change((draft) => draft.history.push(...entries)),
    putRecording(recording) {
      index.recordings.set(recording.id, recording);
      pen.change((draft) => draft.recordings.set(recording.id, recording));
      const over = recording.state !== 'running' && !index.calls.has(recording.callId);
      if (over) index.recordings.delete(recording.id);
    },
    recording: (id) => index.recordings.get(id),
    forgetCall(id) {
      for (const [from, to] of merged) if (to === id) merged.delete(from);
      index.forget(id);
    },
    durable: () => pen.durable(),
    whenWritten: () => pen.written(),
    load(calls, legs, recordings) {
      for (const value of calls) {
        index.calls.set(value.id, value);
        for (const id of value.absorbed ?? []) merged.set(id, value.id);
      }
      for (const leg of legs) index.putLeg(leg);
      for (const recording of recordings) index.recordings.set(recording.id, recording);
    },
  };
}
