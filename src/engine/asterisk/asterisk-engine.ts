import { join } from 'node:path';
import {
  type EndpointName,
  type Engine,
  type EngineEndpoint,
  type EngineFact,
  type EngineLegId,
  type EngineSnapshot,
  type EngineTrunk,
  engineUnavailable,
  type MediaWorkState,
} from '../port/index.ts';
import { type AmiClient, type AmiMessage, openAmi } from './ami-client.ts';
import { type AriEvent, wantedEvents } from './ari-events.ts';
import { type AriHttp, createAriHttp } from './ari-http.ts';
import { openAriSocket } from './ari-socket.ts';
import { closeAudio, openAudio } from './audio/open-audio.ts';
import { createBridges } from './commands/bridges.ts';
import { coach } from './commands/coach.ts';
import { inviteHeaders } from './commands/invite-headers.ts';
import * as legs from './commands/legs.ts';
import { makeLeg } from './commands/make-leg.ts';
import * as media from './commands/media.ts';
import { startMusic, stopMusic } from './commands/music.ts';
import { closeOutside, legOfOutside } from './commands/outside.ts';
import { refer, sendMessage, sendRequest, stopReferring } from './commands/requests.ts';
import { referContext } from './config/dialplan.ts';
import { engineFolders } from './config/write-config.ts';
import { contactsOf, listContacts } from './contacts.ts';
import { createEndpointBook } from './endpoints.ts';
import { createFactFeed } from './fact-feed.ts';
import { type AsteriskOptions, appName } from './options.ts';
import { createStasisWaits } from './stasis-waits.ts';
import { type Supervisor, supervise } from './supervise.ts';
import { endedRecording, endpointOf, isMeans, translateEvent } from './translate-event.ts';
import { listTrunkStatuses, registerNow } from './trunk-status.ts';

/** What the engine must know before the first call. */
export interface EngineDirectory {
  readonly endpoints: readonly EngineEndpoint[];
  readonly trunks: readonly EngineTrunk[];
}

/** The engine, and its life. */
export interface AsteriskEngine extends Engine {
  /** Starts or adopts the program, with what it must know, and resolves when events flow. */
  start(known: EngineDirectory): Promise<void>;
  /** TCP ports on which the program listens for this server alone. */
  ports(): readonly number[];
  /** @param endEngine - whether the program ends too, or goes on with its calls */
  stop(endEngine: boolean): Promise<void>;
}

const states: Readonly<Record<string, 'down' | 'ringing' | 'up'>> = {
  Up: 'up',
  Ringing: 'ringing',
  Ring: 'ringing',
};

/** Milliseconds for which changes of one endpoint's devices are collected. */
const contactDelayMs = 30;

/** Milliseconds after which the end of a leg is believed although its cause has not come. */
const causeDelayMs = 300;

export function createAsteriskEngine(options: AsteriskOptions): AsteriskEngine {
  const { logger } = options;
  const { recordings } = engineFolders(options.folder);
  const waits = createStasisWaits();
  const feed = createFactFeed(logger);
  let ari: AriHttp | undefined;
  let ami: AmiClient | undefined;
  let supervisor: Supervisor | undefined;
  let socket: { close(): void } | undefined;
  let connected = false;
  let version = options.program.version;
  let startedAt: Date | undefined;
  /** How often the program had been started when events last began to flow. */
  let startsSeen: number | undefined;

  const http = (): AriHttp => ari ?? noEngine;
  const manager = (): AmiClient => ami ?? noManager;
  const book = createEndpointBook({ folder: options.folder, codecs: options.codecs, ari: http });
  const bridges = createBridges({
    send: (operation, request) => http().send(operation, request),
    close: async () => undefined,
  });
  const contactTimers = new Map<EndpointName, NodeJS.Timeout>();
  const endTimers = new Map<string, NodeJS.Timeout>();

  const tellContacts = (endpoint: EndpointName) => {
    if (contactTimers.has(endpoint)) return;
    const timer = setTimeout(() => {
      contactTimers.delete(endpoint);
      contactsOf(manager(), endpoint).then(
        (contacts) => feed.tell({ type: 'contact.changed', endpoint, at: new Date(), contacts }),
        (error: unknown) => logger.debug({ err: error }, 'contacts could not be read'),
      );
    }, contactDelayMs);
    contactTimers.set(endpoint, timer);
  };
  const onAmi = (message: AmiMessage) => {
    if (message.Event === 'ContactStatus') {
      const endpoint = (message.EndpointName ?? message.AOR ?? '') as EndpointName;
      if (endpoint.startsWith('trunk-'))
        void tellTrunks(book.trunks().filter(({ name }) => name === endpoint.toString()));
      else if (endpoint) tellContacts(endpoint);
    }
    if (message.Event === 'Registry') void tellTrunks();
    if (message.Event === 'ChallengeResponseFailed' || message.Event === 'InvalidAccountID') {
      const username = (message.AccountID ?? '').slice(0, 64);
      const address = (message.RemoteAddress ?? '').split('/')[2] ?? '';
      feed.tell({ type: 'login.refused', at: new Date(), username, address });
    }
  };
  const tellTrunks = async (trunks = book.trunks()) => {
    const statuses = await listTrunkStatuses(manager(), trunks).catch(() => []);
    for (const status of statuses) feed.tell({ type: 'trunk.changed', at: new Date(), status });
  };

  /** The cause of an end comes with `ChannelDestroyed`; sometimes that never comes. */
  const expectEnd = (channelId: string, at: Date) => {
    if (isMeans(channelId) || endTimers.has(channelId)) return;
    const leg = channelId as EngineLegId;
    const believe = () => {
      endTimers.delete(channelId);
      http()
        .send('GET /channels/{channelId}', {
          command: 'is the leg there',
          path: { channelId },
          alreadyDone: [404],
        })
        .then((channel) => {
          if (channel === undefined) {
            feed.tell({
              type: 'leg.ended',
              leg,
              at,
              cause: 'normal',
              q850: 0,
              sipStatus: undefined,
            });
          }
        })
        .catch(() => undefined);
    };
    endTimers.set(channelId, setTimeout(believe, causeDelayMs));
  };

  const onEvent = (event: AriEvent) => {
    const at = new Date(event.timestamp);
    if (event.type === 'StasisStart' && waits.tell(event.channel.id)) return;
    if (event.type === 'StasisEnd') return expectEnd(event.channel.id, at);
    if (event.type === 'ChannelDestroyed') {
      bridges.legGone(event.channel.id as EngineLegId);
      clearTimeout(endTimers.get(event.channel.id));
      endTimers.delete(event.channel.id);
      waits.fail(event.channel.id);
      const outside = legOfOutside(endpointOf(event.channel.name));
      if (outside) closeOutside(http(), outside).catch(() => undefined);
    }
    if (event.type === 'ApplicationReplaced') {
      logger.warn({}, 'another server has taken over this engine');
      connected = false;
      socket?.close();
    }
    const recording = endedRecording(event);
    if (recording) tellRecording(recording, at);
    for (const fact of translateEvent(event)) feed.tell(fact);
  };
  const tellRecording = (
    { id, ok, durationSeconds }: NonNullable<ReturnType<typeof endedRecording>>,
    at: Date,
  ) => {
    const path = join(recordings, `${id}.wav`);
    feed.tell({ type: 'recording.finished', recording: id, at, ok, path, durationSeconds });
    media.closeEar(http(), id).catch(() => undefined);
  };

  const onManagerOpen = () => {
    if (connected) feed.tell({ type: 'registrations.unsure', at: new Date() });
  };
  const onOpen = async () => {
    await http().send('PUT /applications/{applicationName}/eventFilter', {
      command: 'choose events',
      path: { applicationName: appName },
      body: { allowed: wantedEvents.map((type) => ({ type })) },
    });
    const about = await http().send('GET /asterisk/info', { command: 'ask version' });
    version = about?.system?.version?.replace(/[^0-9.].*$/, '') ?? version;
    startedAt = new Date(about?.status?.startup_time ?? Date.now());
    await manager().ready();
    connected = true;
    const starts = supervisor?.starts() ?? 0;
    const restarted = startsSeen !== undefined && starts !== startsSeen;
    startsSeen = starts;
    if (restarted) bridges.reset();
    feed.tell({ type: 'engine.connected', at: new Date(), version, restarted });
  };

  const snapshot = async (): Promise<EngineSnapshot> => {
    const [channels, all] = await Promise.all([
      http().send('GET /channels', { command: 'list legs' }),
      http().send('GET /bridges', { command: 'list bridges' }),
    ]);
    const ours = (channels ?? []).filter(
      ({ id, dialplan }) =>
        !isMeans(id) && (dialplan?.app_name === 'Stasis' || dialplan?.context === referContext),
    );
    return {
      legs: ours.map((channel) => ({
        id: channel.id as EngineLegId,
        state: states[channel.state] ?? 'down',
        createdAt: new Date(channel.creationtime),
      })),
      bridges: (all ?? [])
        .filter(({ channels: inside }) => inside.length === 0 || !inside.every(isMeans))
        .map(({ id, channels: inside }) => ({
          id: id as EngineSnapshot['bridges'][number]['id'],
          legs: inside.filter((channel) => !isMeans(channel)) as EngineLegId[],
        })),
    };
  };

  const connect = (): Promise<void> =>
    new Promise((resolve) => {
      if (!supervisor) return;
      ari = createAriHttp(supervisor.access);
      ami = openAmi(supervisor.access, onAmi, onManagerOpen, logger);
      socket = openAriSocket(
        supervisor.access,
        {
          onOpen: () =>
            void onOpen().then(resolve, (error: unknown) =>
              logger.error({ err: error }, 'the engine could not be prepared'),
            ),
          onEvent,
          onClosed() {
            connected = false;
            feed.tell({ type: 'engine.lost', at: new Date() });
          },
        },
        logger,
      );
    });

  return {
    async start({ endpoints, trunks }) {
      book.seed(endpoints, trunks);
      supervisor = await supervise(options, book.write);
      startsSeen = undefined;
      await connect();
      if (supervisor.adopted) await book.replace(endpoints, trunks);
    },
    ports: () => (supervisor ? [supervisor.access.httpPort, supervisor.access.amiPort] : []),
    async stop(endEngine) {
      connected = false;
      for (const timer of [...contactTimers.values(), ...endTimers.values()]) clearTimeout(timer);
      socket?.close();
      ami?.close();
      await ari?.close();
      await supervisor?.stop(endEngine);
    },
    dialLeg: (leg, { notBefore } = {}) =>
      makeLeg(http(), waits, leg, { codecs: options.codecs, notBefore }),
    ring: (leg) => legs.ring(http(), leg),
    progress: (leg) => legs.progress(http(), leg),
    answer: (leg) => legs.answer(http(), leg),
    inviteHeaders: (leg) => inviteHeaders(http(), leg),
    async hangUp(leg, cause, options) {
      bridges.legGoes(leg);
      await legs.hangUp(http(), leg, cause, options);
    },
    sendDtmf: (leg, digits, timing) => legs.sendDtmf(http(), leg, digits, timing),
    mute: (leg, direction) => legs.mute(http(), leg, direction),
    unmute: (leg, direction) => legs.unmute(http(), leg, direction),
    startMusic: (leg) => startMusic(http(), leg),
    stopMusic: (leg) => stopMusic(http(), leg),
    startSilence: (leg) => legs.startSilence(http(), leg),
    stopSilence: (leg) => legs.stopSilence(http(), leg),
    coach: (leg, listeners) => coach(http(), waits, leg, listeners),
    detectTalking: (leg, on) => legs.detectTalking(http(), leg, on),
    createBridge: (wanted) => bridges.create(wanted),
    destroyBridge: (bridge) => bridges.destroy(bridge),
    join: (bridge, inside) => bridges.join(bridge, inside),
    leave: (bridge, leg) => bridges.leave(bridge, leg),
    play: (id, target, sounds) => media.play(http(), id, target, sounds),
    stopPlayback: (id) => media.stopPlayback(http(), id),
    record: (id, leg, { direction }) => media.record(http(), waits, id, leg, direction),
    recordBridge: (id, bridge) => media.recordBridge(http(), id, bridge),
    pauseRecording: (id) => media.pauseRecording(http(), id),
    resumeRecording: (id) => media.resumeRecording(http(), id),
    stopRecording: (id) => media.stopRecording(http(), id),
    async openAudio(id, leg, wish) {
      if (!supervisor) throw engineUnavailable('open audio');
      await closeAudio({ ari: http() }, id);
      return openAudio({ ari: http(), access: supervisor.access, waits }, id, leg, wish);
    },
    closeAudio: (id) => closeAudio({ ari: http() }, id),
    refer: (leg, to) => refer(http(), leg, to),
    stopReferring: (leg) => stopReferring(http(), manager(), leg),
    sendRequest: (leg, request) => sendRequest(http(), manager(), leg, request),
    sendMessage: (message) => sendMessage(http(), message),
    reportTransfer: (leg, outcome) => legs.reportTransfer(http(), leg, outcome),
    snapshot,
    async playbackState(id): Promise<MediaWorkState> {
      const found = await http().send('GET /playbacks/{playbackId}', {
        command: 'playback state',
        path: { playbackId: id },
        alreadyDone: [404],
      });
      return { state: found ? 'running' : 'gone' };
    },
    async recordingState(id): Promise<MediaWorkState> {
      const ask = (kind: 'live' | 'stored') =>
        http().send(`GET /recordings/${kind}/{recordingName}`, {
          command: 'recording state',
          path: { recordingName: id },
          alreadyDone: [404],
        });
      if (await ask('live')) return { state: 'running' };
      return (await ask('stored'))
        ? { state: 'finished', path: join(recordings, `${id}.wav`) }
        : { state: 'gone' };
    },
    replaceEndpoints: (all, trunks) => book.replace(all, trunks),
    putEndpoint: (endpoint) => book.put(endpoint),
    removeEndpoint: (name) => book.remove(name),
    async putTrunk(trunk) {
      await book.putTrunk(trunk);
      if (trunk.kind === 'register') await registerNow(manager(), trunk.name);
    },
    removeTrunk: (name) => book.removeTrunk(name),
    contacts: () => listContacts(manager()),
    trunkStatuses: () => listTrunkStatuses(manager(), book.trunks()),
    status: () => ({ connected, version, startedAt }),
    onFact: (listener: (fact: EngineFact) => void) => feed.subscribe(listener),
  };
}

const notStarted = () => Promise.reject(new Error('the engine was not started'));
const noEngine: AriHttp = { send: notStarted, close: async () => undefined };
const noManager: AmiClient = {
  action: notStarted,
  list: notStarted,
  ready: () => new Promise(() => undefined),
  close: () => undefined,
};
