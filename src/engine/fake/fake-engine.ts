import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../kernel/clock.ts';
import {
  type Engine,
  type EngineAudioId,
  type EngineBridgeId,
  type EngineFact,
  type EngineLegId,
  type EngineRecordingId,
  engineRefused,
  engineUnavailable,
  legGone,
  type NewEngineLeg,
  type PlaybackId,
} from '../port/index.ts';
import { createFakeAudio, type FakeAudio } from './fake-audio.ts';
import type { FakeCommandName } from './fake-command.ts';
import { createFakeWorld, type FakeWorld } from './fake-world.ts';
import { createObedience, type Obedience } from './obedience.ts';
import { createPhones, type Phones } from './phones.ts';

/**
 * An engine without telephones, for tests. It remembers what it is asked for, keeps a model of legs and
 * bridges, and reports what follows from commands by itself (a leg that is hung up ends, an answered one is
 * up, a stopped recording is finished) unless the test says otherwise. What phones do is told by the test.
 */
export interface FakeEngine extends Engine, Obedience, Phones {
  /** What is in the engine now. */
  readonly world: Pick<FakeWorld, 'legs' | 'bridges' | 'playbacks' | 'recordings'>;
  /** Reports any fact. While the engine is away it happens, but nobody hears of it. */
  tell(fact: EngineFact): void;
  /** The legs that share a bridge with a leg. */
  heardBy(leg: EngineLegId): readonly EngineLegId[];
  /** The legs whose voices a leg hears now, with muting, music and coaching taken into account. */
  hears(leg: EngineLegId): readonly EngineLegId[];
  /** The live sounds of a leg that are open, oldest first. */
  audioOf(leg: EngineLegId): readonly FakeAudio[];
  goAway(): void;
  /** @param options.restarted - everything that ran is gone */
  comeBack(options?: { readonly restarted?: boolean }): void;
}

export interface FakeEngineOptions {
  readonly clock: Clock;
  /**
   * Whether what follows from a command is reported before the command is acknowledged, or after it.
   * The real engine does both: facts and answers come on connections of their own.
   */
  readonly order?: 'facts first' | 'answers first';
}

export function createFakeEngine({
  clock,
  order = 'answers first',
}: FakeEngineOptions): FakeEngine {
  const version = '22.10.1';
  const world = createFakeWorld();
  const listeners = new Set<(fact: EngineFact) => void>();
  /** Facts come in turns of their own, as they do from a connection. */
  const later = setImmediate;
  const acknowledge = async () => {
    if (order === 'facts first') await nextTurn();
  };
  const audios = new Map<EngineAudioId, FakeAudio>();
  let connected = true;
  let startedAt = clock.now();
  let bridges = 0;
  const now = () => clock.now();
  const obedience = createObedience(() => connected, acknowledge);
  const { take } = obedience;

  /** The two sides of a call between accounts go together. */
  const tellTwin = (fact: EngineFact, twin: EngineLegId | undefined) => {
    if (!twin || !world.legs.has(twin)) return;
    if (fact.type === 'leg.ended') tell({ ...fact, leg: twin });
    if (fact.type === 'leg.answered' && world.legs.get(twin)?.state !== 'up')
      tell({ ...fact, leg: twin });
  };
  const tell = (fact: EngineFact): void => {
    const twin = 'leg' in fact ? world.legs.get(fact.leg)?.twin : undefined;
    const recorded = recordedUntil(fact);
    if (fact.type === 'leg.ended') for (const audio of audioOf(fact.leg)) audio.breaks();
    world.apply(fact);
    if (connected) for (const listener of [...listeners]) listener(fact);
    for (const recording of recorded) phones.endsRecording(recording);
    tellTwin(fact, twin);
  };
  const audioOf = (leg: EngineLegId): readonly FakeAudio[] =>
    [...audios.values()].filter((audio) => audio.leg === leg && audio.isOpen());
  const phones = createPhones(world, tell, now);
  /** The recordings that end with what a fact says is gone. */
  const recordedUntil = (fact: EngineFact): EngineRecordingId[] =>
    [...world.recordings.values()]
      .filter(
        ({ leg, bridge, ended }) =>
          !ended &&
          ((fact.type === 'leg.ended' && leg === fact.leg) ||
            (fact.type === 'bridge.gone' && bridge === fact.bridge)),
      )
      .map(({ id }) => id);

  /** What follows from a command, unless the test takes care of it. */
  const follow = (name: FakeCommandName, happen: () => void): void => {
    if (!obedience.isLeftToTest(name)) later(happen);
  };
  const need = (name: FakeCommandName, leg: EngineLegId): void => {
    if (!world.legs.has(leg)) throw legGone(name, leg);
  };
  const dialLeg = (leg: NewEngineLeg): void => {
    const { id, target, caller, ringTimeoutSeconds } = leg;
    if (world.legs.has(id)) return;
    const far = target.kind === 'internal' ? (`${id}-far` as EngineLegId) : undefined;
    world.addLeg(id, 'down', now(), far);
    clock.wakeAt(new Date(now().getTime() + ringTimeoutSeconds * 1000), () => {
      if (world.legs.has(id) && world.legs.get(id)?.state !== 'up') phones.ends(id, 'no_answer');
    });
    if (target.kind === 'service') follow('dialLeg', () => phones.answers(id));
    if (target.kind !== 'internal' || !far) return;
    world.addLeg(far, 'ringing', now(), id);
    later(() =>
      tell({
        type: 'leg.arrived',
        leg: far,
        at: now(),
        origin: { kind: 'internal', token: target.token },
        callerNumber: caller.hidden ? '' : (caller.number ?? ''),
        callerName: caller.hidden ? '' : (caller.name ?? ''),
        dialled: '',
      }),
    );
  };
  const ofLeg =
    <
      Name extends
        | 'ring'
        | 'progress'
        | 'answer'
        | 'startMusic'
        | 'stopMusic'
        | 'startSilence'
        | 'stopSilence',
    >(
      name: Name,
      work: (leg: EngineLegId) => void,
    ) =>
    (leg: EngineLegId) =>
      take({ name, leg }, () => {
        need(name, leg);
        work(leg);
      });
  const together = (leg: EngineLegId): EngineLegId[] =>
    [...world.bridges.values()]
      .filter((inside) => inside.has(leg))
      .flatMap((inside) => [...inside].filter((other) => other !== leg));
  const isAudible = (speaker: EngineLegId, listener: EngineLegId): boolean => {
    const { muted = [], music, coaches } = world.legs.get(speaker) ?? {};
    const silenced = music || muted.some((way) => way !== 'out');
    return !silenced && (coaches === undefined || coaches.includes(listener));
  };
  const record = (
    recording: EngineRecordingId,
    what: { leg?: EngineLegId; bridge?: EngineBridgeId },
  ) =>
    void world.recordings.set(recording, {
      id: recording,
      leg: what.leg,
      bridge: what.bridge,
      startedAt: now(),
      paused: false,
      ended: undefined,
    });
  const twinHears = (leg: EngineLegId, type: 'leg.ringing' | 'leg.progress') => {
    const twin = world.legs.get(leg)?.twin;
    if (twin) later(() => tell({ type, leg: twin, at: now() }));
  };
  const ask = <T>(question: string, answer: () => T): Promise<T> =>
    connected ? Promise.resolve(answer()) : Promise.reject(engineUnavailable(question));
  const changeRecording = (
    name: 'pauseRecording' | 'resumeRecording',
    id: EngineRecordingId,
  ): Promise<void> =>
    take({ name, recording: id }, () => {
      const recording = world.recordings.get(id);
      if (!recording || recording.ended) throw engineRefused(name, 404);
      world.recordings.set(id, { ...recording, paused: name === 'pauseRecording' });
    });

  return {
    ...obedience,
    ...phones,
    world,
    tell,
    heardBy: together,
    audioOf,
    hears(leg) {
      const own = world.legs.get(leg);
      if (own?.music || own?.silence || own?.muted.some((way) => way !== 'in')) return [];
      return together(leg).filter((other) => isAudible(other, leg));
    },
    goAway() {
      tell({ type: 'engine.lost', at: now() });
      connected = false;
    },
    comeBack({ restarted = false } = {}) {
      if (restarted) {
        world.empty();
        startedAt = now();
      }
      connected = true;
      tell({ type: 'engine.connected', at: now(), version, restarted });
    },

    dialLeg: async (leg, { notBefore } = {}) => {
      const { id, ...rest } = leg;
      await notBefore;
      return take({ name: 'dialLeg', leg: id, ...rest }, () => dialLeg(leg));
    },
    ring: ofLeg('ring', (leg) => twinHears(leg, 'leg.ringing')),
    progress: ofLeg('progress', (leg) => twinHears(leg, 'leg.progress')),
    answer: ofLeg('answer', (leg) => follow('answer', () => phones.answers(leg))),
    inviteHeaders: async () => ({ 'user-agent': 'a phone' }),
    hangUp: (leg, cause, options) =>
      take({ name: 'hangUp', leg, cause, ...options }, () => {
        follow('hangUp', () => {
          if (world.legs.has(leg)) phones.ends(leg, cause);
        });
      }),
    sendDtmf: (leg, digits, timing) =>
      take({ name: 'sendDtmf', leg, digits, timing }, () => need('sendDtmf', leg)),
    mute: (leg, direction) =>
      take({ name: 'mute', leg, direction }, () => {
        need('mute', leg);
        const before = world.legs.get(leg)?.muted ?? [];
        world.changeLeg(leg, { muted: [...new Set([...before, direction])] });
      }),
    unmute: (leg, direction) =>
      take({ name: 'unmute', leg, direction }, () => {
        need('unmute', leg);
        const before = world.legs.get(leg)?.muted ?? [];
        world.changeLeg(leg, { muted: before.filter((way) => way !== direction) });
      }),
    startMusic: ofLeg('startMusic', (leg) => world.changeLeg(leg, { music: true })),
    stopMusic: ofLeg('stopMusic', (leg) => world.changeLeg(leg, { music: false })),
    startSilence: ofLeg('startSilence', (leg) => world.changeLeg(leg, { silence: true })),
    stopSilence: ofLeg('stopSilence', (leg) => world.changeLeg(leg, { silence: false })),
    coach: (leg, listeners) =>
      take({ name: 'coach', leg, listeners }, () => {
        need('coach', leg);
        world.changeLeg(leg, { coaches: listeners });
      }),
    detectTalking: (leg, on) =>
      take({ name: 'detectTalking', leg, on }, () => {
        need('detectTalking', leg);
        world.changeLeg(leg, { detectsTalking: on });
      }),

    createBridge({ dtmf, id }) {
      if (!id) bridges += 1;
      const bridge = id ?? (`bridge-${bridges}` as EngineBridgeId);
      return take({ name: 'createBridge', bridge, dtmf }, () => {
        if (!world.bridges.has(bridge)) world.bridges.set(bridge, new Set());
        return bridge;
      });
    },
    destroyBridge: (bridge) =>
      take({ name: 'destroyBridge', bridge }, () => {
        if (world.bridges.delete(bridge))
          follow('destroyBridge', () => tell({ type: 'bridge.gone', bridge, at: now() }));
      }),
    join: (bridge, legs) =>
      take({ name: 'join', bridge, legs }, () => {
        for (const leg of legs) need('join', leg);
        const inside = world.bridges.get(bridge);
        if (!inside) throw engineRefused('join', 404);
        for (const others of world.bridges.values()) for (const leg of legs) others.delete(leg);
        for (const leg of legs) inside.add(leg);
      }),
    leave: (bridge, leg) =>
      take({ name: 'leave', bridge, leg }, () => {
        world.bridges.get(bridge)?.delete(leg);
      }),

    play: (playback, target, media) =>
      take({ name: 'play', playback, target, media }, () => {
        if ('leg' in target) need('play', target.leg);
        else if (!world.bridges.has(target.bridge)) throw engineRefused('play', 404);
        world.playbacks.set(playback, { id: playback, target, media });
      }),
    stopPlayback: (playback) =>
      take({ name: 'stopPlayback', playback }, () => {
        if (world.playbacks.has(playback)) follow('stopPlayback', () => phones.playsOut(playback));
      }),
    record: (recording, leg, { direction }) =>
      take({ name: 'record', recording, leg, direction }, () => {
        need('record', leg);
        if (world.recordings.has(recording)) return;
        record(recording, { leg });
      }),
    recordBridge: (recording, bridge) =>
      take({ name: 'recordBridge', recording, bridge }, () => {
        if (!world.bridges.has(bridge)) throw engineRefused('recordBridge', 404);
        record(recording, { bridge });
      }),
    pauseRecording: (recording) => changeRecording('pauseRecording', recording),
    resumeRecording: (recording) => changeRecording('resumeRecording', recording),
    stopRecording: (recording) =>
      take({ name: 'stopRecording', recording }, () => {
        follow('stopRecording', () => {
          const running = world.recordings.get(recording);
          if (running && !running.ended) phones.endsRecording(recording);
        });
      }),
    openAudio: (audio, leg, options) =>
      take({ name: 'openAudio', audio, leg, options }, () => {
        need('openAudio', leg);
        const made = createFakeAudio(audio, leg, options);
        audios.set(audio, made);
        return made.end;
      }),
    closeAudio: (audio) => take({ name: 'closeAudio', audio }, () => audios.get(audio)?.breaks()),
    refer: (leg, to) => take({ name: 'refer', leg, to }, () => need('refer', leg)),
    stopReferring: (leg) =>
      take({ name: 'stopReferring', leg }, () =>
        follow('stopReferring', () =>
          tell({ type: 'leg.referred', leg, at: now(), ok: false, sipStatus: undefined }),
        ),
      ),
    sendRequest: (leg, request) =>
      take({ name: 'sendRequest', leg, request }, () => need('sendRequest', leg)),
    sendMessage: (message) => take({ name: 'sendMessage', ...message }, () => undefined),
    reportTransfer: (leg, outcome) =>
      take({ name: 'reportTransfer', leg, outcome }, () => need('reportTransfer', leg)),

    snapshot: () => ask('snapshot', () => world.snapshot()),
    playbackState: (id: PlaybackId) =>
      ask('playbackState', () => {
        if (world.playbacks.has(id)) return { state: 'running' };
        return world.playedBefore.has(id) ? { state: 'finished' } : { state: 'gone' };
      }),
    recordingState: (id) =>
      ask('recordingState', () => {
        const recording = world.recordings.get(id);
        if (!recording) return { state: 'gone' };
        if (!recording.ended) return { state: 'running' };
        const { path, durationSeconds } = recording.ended;
        return { state: 'finished', path, durationSeconds };
      }),

    replaceEndpoints: (endpoints, trunks) =>
      take({ name: 'replaceEndpoints', endpoints, trunks }, () => undefined),
    putEndpoint: (endpoint) => take({ name: 'putEndpoint', endpoint }, () => undefined),
    removeEndpoint: (endpoint) => take({ name: 'removeEndpoint', endpoint }, () => undefined),
    putTrunk: (trunk) => take({ name: 'putTrunk', trunk }, () => undefined),
    removeTrunk: (trunk) => take({ name: 'removeTrunk', trunk }, () => undefined),
    contacts: () => ask('contacts', () => [...world.contacts.values()].flat()),
    trunkStatuses: () => ask('trunkStatuses', () => [...world.trunks.values()]),

    status: () => ({ connected, version, startedAt }),
    onFact(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
