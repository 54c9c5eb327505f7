import type { TObject } from 'typebox';
import { Check } from 'typebox/value';
import type { ConferenceChange, ConferenceView } from '../../../core/conferences/index.ts';
import type { QueueView } from '../../../core/queues/index.ts';
import type { Json } from '../../../kernel/json.ts';
import { areAboutTalking, watchWords } from '../compile/rooms.ts';
import { readAbsolute } from '../read-new-call.ts';
import { badBody } from '../request-errors.ts';
import type { ConferenceChangeBody, QueueChangeBody } from '../schemas/rooms.ts';
import { asNotes, notesIn, type WatchWords } from '../source/room-notes.ts';
import { isTrue } from './flag.ts';

type Seal = (secret: string) => string;

/** Names the first field that has no value of its kind. @throws {DomainError} `jambonz.bad_body` */
export const valid =
  ({ properties }: TObject) =>
  (body: Readonly<Record<string, unknown>>): void => {
    for (const [name, value] of Object.entries(body)) {
      const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (schema && !Check(schema, value)) throw badBody(`invalid ${name}`);
    }
  };

/** Events of a conference that are told when nobody says which. */
const usualEvents = ['start', 'end', 'join', 'leave'];

const flag = <Name extends string>(
  name: Name,
  sent: boolean | 0 | 1 | undefined,
): Partial<Record<Name, boolean>> =>
  sent === undefined ? {} : ({ [name]: isTrue(sent) } as Record<Name, boolean>);

/** A hook that is told something: it has no socket, since no call has one that it belongs to. */
function toldHook(name: string, given: unknown, seal: Seal) {
  const hook = readAbsolute(name, given, seal);
  if (hook && /^ws/i.test(hook.url)) throw badBody(`invalid ${name}`);
  return hook;
}

/** Whom the maker of a conference lets know what happens there; `null`: nobody, `undefined`: as before. */
function watchOf(
  { status_hook: hook, status_events: events }: ConferenceChangeBody,
  before: WatchWords | undefined,
  seal: Seal,
): Json | undefined {
  if (hook === undefined && events === undefined) return undefined;
  const told = hook === undefined ? before?.hook : toldHook('status_hook', hook, seal);
  return told ? watchWords(told, events ?? before?.events ?? usualEvents) : null;
}

/** What a body says of a conference. @throws {DomainError} `jambonz.hook_*`, `jambonz.bad_body` */
export function readConference(
  body: ConferenceChangeBody,
  before: ConferenceView | undefined,
  seal: Seal,
): ConferenceChange & { readonly settings: object } {
  const watchers = before?.conference.watchers ?? [];
  const known = watchers.find(({ legId }) => legId === undefined)?.words as unknown;
  const watch = watchOf(body, known as WatchWords | undefined, seal);
  const events = (watch as WatchWords | null | undefined)?.events;
  const waitHook = readAbsolute('wait_hook', body.wait_hook, seal);
  const { waitHook: _before, ...notes } = notesIn(before?.conference.notes);
  return {
    settings: {
      ...(body.max_participants !== undefined && {
        maxParticipants: body.max_participants ?? undefined,
      }),
      ...flag('beep', body.beep),
      ...flag('startOnEnter', body.start_on_create),
      ...flag('locked', body.locked),
      ...flag('record', body.record),
      ...(watch !== undefined && { tellTalking: areAboutTalking(events ?? []) }),
    },
    ...(body.wait_hook !== undefined && {
      notes: asNotes({ ...notes, ...(waitHook && { waitHook }) }),
    }),
    ...(watch !== undefined && { watch }),
  };
}

/** What a body says of a queue. @throws {DomainError} `jambonz.hook_*`, `jambonz.bad_body` */
export function readQueue(body: QueueChangeBody, before: QueueView | undefined, seal: Seal) {
  const { wait_hook: wait, event_hook: event, max_length: most } = body;
  const known = notesIn(before?.queue.notes);
  const waitHook = wait === undefined ? known.waitHook : readAbsolute('wait_hook', wait, seal);
  const eventHook = event === undefined ? known.eventHook : toldHook('event_hook', event, seal);
  return {
    ...(most !== undefined && { maxLength: most }),
    notes: asNotes({ ...(waitHook && { waitHook }), ...(eventHook && { eventHook }) }),
  };
}
