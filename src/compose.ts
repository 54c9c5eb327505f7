import { hostname } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Config, type Credentials, databaseUnusable } from './config/index.ts';
import {
  createAccounts,
  createAuthentication,
  createDemo,
  createFirstAccount,
  createLogins,
  isUnfinishedDemo,
  refuseKnownPasswords,
} from './core/accounts/index.ts';
import { createAlerts } from './core/alerts/index.ts';
import { createApiKeys, ensureDemoKey } from './core/api-keys/index.ts';
import { createApplications } from './core/applications/index.ts';
import { type CallControl, createCallControl } from './core/call-control/index.ts';
import { createLiveCalls } from './core/calls/index.ts';
import { createDeliveries } from './core/deliveries/index.ts';
import { createEndpoints, createRegistrations } from './core/endpoints/index.ts';
import { createEstate } from './core/estate/index.ts';
import { createInstallation } from './core/installation/index.ts';
import { createLimits } from './core/limits/index.ts';
import { createNumbers } from './core/numbers/index.ts';
import { createOperators } from './core/operators/index.ts';
import { createProfiles } from './core/profiles/index.ts';
import type { ProgramSource } from './core/programs/index.ts';
import { createRecordings } from './core/recordings/index.ts';
import { createRecords } from './core/records/index.ts';
import { createDirectory } from './core/routing/index.ts';
import { createTrunkStates, createTrunks } from './core/trunks/index.ts';
import { createUsers } from './core/users/index.ts';
import {
  createHookClient,
  createSipTargets,
  createSocketClient,
  createTargetGuard,
  createWebhooks,
  guardedFetch,
} from './delivery/index.ts';
import {
  type ApplicationCallPorts,
  createApplicationCalls,
  createJambonzDialect,
} from './dialects/jambonz/index.ts';
import { createMikopbxDialect } from './dialects/mikopbx/index.ts';
import { createNativeDialect } from './dialects/native/index.ts';
import { createSipgateDialect } from './dialects/sipgate/index.ts';
import {
  type AsteriskEngine,
  createAsteriskEngine,
  type ProcessLauncher,
} from './engine/asterisk/index.ts';
import { createHttpServer } from './http/create-http-server.ts';
import { createMetrics } from './http/metrics.ts';
import type { Readiness } from './http/readiness.ts';
import type { Services } from './http/services.ts';
import { createThrottle } from './http/throttle.ts';
import { systemClock } from './kernel/clock.ts';
import type { AccountId } from './kernel/ids.ts';
import type { Logger } from './kernel/logger.ts';
import type { Progress } from './kernel/progress.ts';
import {
  createSoundConverter,
  createSoundDecoder,
  createSoundFetcher,
  createSpeech,
  ensureHoldMusic,
} from './media/index.ts';
import {
  ensurePortFree,
  findDetached,
  startDetached,
  startKeeper,
  translateListenError,
  type WantedPort,
  warnAboutDisk,
} from './processes/index.ts';
import { ensurePrograms, type Program } from './provisioning/index.ts';
import { startEmbeddedPostgres } from './store/embedded-postgres/index.ts';
import { argon2Hasher, createLocalFiles, createStore, type Store } from './store/index.ts';

/** A running exchange. */
export interface Polyvox {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly control: CallControl;
  /** Where clients reach it. */
  readonly publicUrl: string;
  /** Whether the account with known passwords is there. */
  readonly hasDemo: boolean;
  /** The demo account's jambonz key, if it is still the one that was made for it. */
  readonly demoKey: { readonly token: string; readonly accountSid: string } | undefined;
  readonly engineVersion: string;
  /** Lets no new call begin. */
  closeDoors(): void;
  /** Ends what is still there, writes everything down, ends engine and database. */
  stop(): Promise<void>;
}

export interface ComposeOptions {
  readonly root: string;
  readonly config: Config;
  readonly credentials: Credentials;
  readonly progress: Progress;
  readonly logger: Logger;
}

/** Milliseconds between two times at which old events are forgotten. */
const pruneEveryMs = 3_600_000;

/** Folders below the one of data. */
const foldersOf = (data: string) => ({
  run: join(data, 'run'),
  engine: join(data, 'engine'),
  log: join(data, 'log'),
  files: join(data, 'files'),
  music: join(data, 'engine', 'music'),
  speech: join(data, 'engine', 'speech'),
  sounds: join(data, 'engine', 'sounds'),
  converted: join(data, 'converted'),
});

/** What the engine is started with; one that was started with something else is not taken over. */
const engineSettings = ({ sipHost, sipPort, rtpPorts, codecs }: Config): string =>
  JSON.stringify({ sipHost, sipPort, rtpPorts, codecs });

function launcherOf({ config, logger }: ComposeOptions): ProcessLauncher {
  const { run, log } = foldersOf(config.data);
  const settings = engineSettings(config);
  return {
    async find(name) {
      const running = findDetached(run, name);
      if (!running || running.notes.settings === settings) return running;
      logger.warn({ pid: running.pid }, 'the engine ran with other settings; it is started anew');
      await running.stop();
      return undefined;
    },
    start: (name, program) =>
      startDetached(run, name, {
        ...program,
        logFile: join(log, `${name}.log`),
        notes: { settings },
      }),
  };
}

const httpPort = ({ host, port }: Config): WantedPort => ({
  purpose: 'HTTP',
  protocol: 'tcp',
  host,
  port,
  hostVariable: 'POLYVOX_HOST',
  portVariable: 'POLYVOX_PORT',
});

const sipPort = ({ sipHost, sipPort }: Config, protocol: 'udp' | 'tcp'): WantedPort => ({
  purpose: 'SIP',
  protocol,
  host: sipHost,
  port: sipPort,
  hostVariable: 'POLYVOX_SIP_HOST',
  portVariable: 'POLYVOX_SIP_PORT',
});

/** Refuses before anything is started. The SIP port may be in use by the engine that is taken over. */
async function ensurePortsFree(config: Config, launcher: ProcessLauncher): Promise<void> {
  await ensurePortFree(httpPort(config));
  if (await launcher.find('engine')) return;
  await ensurePortFree(sipPort(config, 'udp'));
  await ensurePortFree(sipPort(config, 'tcp'));
}

/** Where a program came from, for whoever reports a fault. */
const originOf = ({ source, package: from, prefix }: Program) => ({
  source,
  ...(from && { package: from }),
  ...(prefix && { prefix }),
});

/** The database: the operator's own, or one under the data folder. */
async function openDatabase({ config, credentials, progress, logger }: ComposeOptions) {
  const folders = foldersOf(config.data);
  const embedded = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({
        dataFolder: config.data,
        runFolder: folders.run,
        progress,
        logger,
      });
  const url = config.databaseUrl ?? embedded?.url ?? '';
  const { secretKey } = credentials;
  const node = `${hostname()}:${config.data}`;
  const store = await createStore({ url, secretKey, logger, node }).catch((error: unknown) => {
    throw config.databaseUrl ? databaseUnusable(config.databaseUrl, error) : error;
  });
  return { store, embedded, url };
}

/** The account that everything leads to where nothing else is said. Made on an empty database. */
async function ensureFirstAccount(store: Store, config: Config) {
  const stores = { ...store, hasher: argon2Hasher };
  const known = await store.accounts.findDefault();
  if (known?.isDemo && !config.loopbackOnly && config.demo !== true)
    await refuseKnownPasswords(stores);
  const isEmpty = !known || isUnfinishedDemo(known);
  const mayBeDemo = !known || known.isDemo;
  const wanted = mayBeDemo && (config.demo ?? (config.loopbackOnly && isEmpty));
  const account = await (wanted
    ? createDemo(stores, config)
    : createFirstAccount(store.accounts, config));
  return { account, hasDemo: account.isDemo };
}

/** Ports that nobody outside may reach through us. */
const ownPorts = (options: {
  readonly app: () => FastifyInstance | undefined;
  readonly config: Config;
  readonly engine: AsteriskEngine;
  readonly databaseUrl: string;
}): readonly number[] => {
  const address = options.app()?.server.address();
  return [
    options.config.sipPort,
    typeof address === 'object' && address ? address.port : options.config.port,
    Number(new URL(options.databaseUrl).port || 5432),
    ...options.engine.ports(),
  ];
};

const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Where phones reach the exchange: one that listens everywhere is at the address of its HTTP. */
function sipAddressOf({ sipHost, sipPort }: Config, publicUrl: string): string {
  const host = sipHost === '0.0.0.0' || sipHost === '::' ? new URL(publicUrl).hostname : sipHost;
  return `${hostInUrl(host.replace(/^\[|\]$/g, ''))}:${sipPort}`;
}

/** Where clients reach a server that listens. */
const addressOf = (app: FastifyInstance | undefined, { host, port }: Config): string => {
  const address = app?.server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${hostInUrl(shown)}:${bound}`;
};

/**
 * Builds and starts everything, in reading order: database, accounts, engine, core, dialects, HTTP. The
 * only file that knows every room.
 */
export async function compose(options: ComposeOptions): Promise<Polyvox> {
  const { config, credentials, progress, logger } = options;
  const folders = foldersOf(config.data);
  const clock = systemClock;
  const launcher = launcherOf(options);
  await ensurePortsFree(config, launcher);
  const keeper = await startKeeper({ dataFolder: config.data, logger });
  const [{ store, embedded, url }, programs] = await Promise.all([
    openDatabase(options),
    ensurePrograms(['asterisk', 'ffmpeg', 'espeak-ng'], {
      folder: join(options.root, '.engine'),
      progress,
      env: {
        PATH: process.env.PATH,
        POLYVOX_ASTERISK: config.asterisk,
        POLYVOX_FFMPEG: config.ffmpeg,
        POLYVOX_ESPEAK: config.espeak,
      },
    }),
    ensureHoldMusic(folders.music),
  ]);
  const { account: firstAccount, hasDemo } = await ensureFirstAccount(store, config);
  const demoKey = hasDemo
    ? await ensureDemoKey(store.apiKeys, firstAccount, credentials.demoApiKey)
    : undefined;
  const directory = createDirectory({ store: store.directory, bus: store.bus, logger });
  await directory.start();
  const refresh = directory.refresh;

  const engine = createAsteriskEngine({
    program: programs.asterisk,
    folder: folders.engine,
    launcher,
    sip: { host: config.sipHost, port: config.sipPort },
    rtp: config.rtpPorts,
    codecs: config.codecs,
    musicFolder: folders.music,
    logger,
  });
  const engineDirectory = async () => ({
    endpoints: await store.directory.engineEndpoints(),
    trunks: await store.directory.engineTrunks(),
  });
  const replaceAll = async () => {
    const { endpoints, trunks } = await engineDirectory();
    await engine.replaceEndpoints(endpoints, trunks);
  };
  const live = createLiveCalls(store.journal);
  const files = createLocalFiles(folders.files);
  const watching = { engine, directory, events: store.eventWriter, clock, logger };
  const registrations = createRegistrations(watching);
  const states = createTrunkStates(watching);

  let app: FastifyInstance | undefined;
  const publicUrl = () => config.publicUrl ?? addressOf(app, config);
  const guard = createTargetGuard({
    allow: config.allowTargets ?? (hasDemo ? ['127.0.0.0/8', '::1'] : []),
    ownPorts: () => ownPorts({ app: () => app, config, engine, databaseUrl: url }),
  });
  const hooks = createHookClient({ guard, clock, logger });
  const sockets = createSocketClient({ guard, clock, logger });
  const sources: Record<string, ProgramSource> = {};
  const programHooks = 'hook of a program';
  const box = {
    seal: (secret: string) => store.secrets.seal(secret, programHooks),
    open: (sealed: string) => store.secrets.open(sealed, programHooks),
  };
  const webhooks = createWebhooks({
    store: store.deliveries,
    lanes: store.deliveryLanes,
    bus: store.bus,
    hooks,
    clock,
    logger,
  });
  const control = createCallControl({
    engine,
    live,
    clock,
    directory,
    registrations,
    trunkStates: states,
    files,
    sources,
    logger,
    journal: store.journal,
    history: store.history,
    sipTargets: createSipTargets({ guard, open: box.open }),
    speech: createSpeech({
      folder: folders.speech,
      espeak: programs['espeak-ng'],
      ffmpeg: programs.ffmpeg,
    }),
    sounds: createSoundFetcher({
      folder: folders.sounds,
      fetch: (address, limits) => guardedFetch(guard, address, limits),
      ffmpeg: programs.ffmpeg,
    }),
  });
  const localAccount = () =>
    config.localAccount === undefined
      ? directory.defaultAccount()?.account
      : directory.accounts().find(({ account }) => account.sipDomain === config.localAccount)
          ?.account;
  const applications = createApplications({ store: store.applications, directory, refresh });
  const profiles = createProfiles({ store: store.profiles, applications: store.applications });
  const accounts = createAccounts({
    store: store.accounts,
    credentials: store.credentials,
    refresh,
    replaceAll,
  });
  const alerts = createAlerts({ store: store.alerts, clock, logger });
  const services: Services = {
    authentication: createAuthentication({
      credentials: store.credentials,
      users: store.users,
      hasher: argon2Hasher,
      throttle: createThrottle(),
      bus: store.bus,
      clock,
      operator: { token: credentials.adminToken, password: credentials.adminPassword },
      localAccount,
    }),
    apiKeys: createApiKeys({ store: store.apiKeys, accounts: store.accounts, clock }),
    logins: createLogins({
      accounts: store.accounts,
      credentials: store.credentials,
      hasher: argon2Hasher,
    }),
    accounts,
    operators: createOperators({ store: store.operators, refresh }),
    installation: createInstallation({
      store: store.installation,
      clock,
      sip: { host: config.sipHost, port: config.sipPort },
      startedAt: clock.now(),
    }),
    profiles,
    limits: createLimits({ store: store.limits, accounts }),
    alerts,
    records: createRecords(store.records),
    estate: createEstate(store.estate),
    applications,
    users: createUsers({ store: store.users, hasher: argon2Hasher, refresh }),
    endpoints: createEndpoints({
      store: store.endpoints,
      directory,
      registrations,
      engine,
      refresh,
      events: store.eventWriter,
      clock,
      logger,
    }),
    numbers: createNumbers({ store: store.numbers, directory, refresh }),
    trunks: createTrunks({ store: store.trunks, directory, states, engine, refresh, logger }),
    calls: control.calls,
    legs: control.legs,
    conferences: control.conferences,
    queues: control.queues,
    recordings: createRecordings({
      store: store.recordings,
      files,
      converter: createSoundConverter({ folder: folders.converted, ffmpeg: programs.ffmpeg }),
    }),
    events: { log: store.events, bus: store.bus },
    deliveries: createDeliveries({ store: store.deliveries, follow: webhooks.follow }),
    hooks,
    sockets,
    idempotency: store.idempotency,
    clock,
  };

  const accountOfCall = async (id: AccountId) => {
    const account = directory.account(id)?.account;
    return {
      sid: account?.sid ?? '',
      realm: account?.sipDomain ?? '',
      secret: (await profiles.of(id)).webhookSecret,
    };
  };
  const programsOfApplications: ApplicationCallPorts = {
    hooks,
    sockets,
    decoder: createSoundDecoder({ ffmpeg: programs.ffmpeg }),
    clock,
    logger,
    bus: store.bus,
    history: store.history,
    legs: control.legs,
    conferences: control.conferences,
    queues: control.queues,
    queueHook: async (id) => (await profiles.of(id)).queueHook,
    applications,
    account: accountOfCall,
    trunkName: (_accountId, id) => directory.byTrunkName(directory.trunkName({ id }))?.trunk.name,
    deliveries: services.deliveries,
    alerts,
    box,
  };
  const applicationCalls = createApplicationCalls(programsOfApplications);
  sources.jambonz = applicationCalls.source;

  await registrations.start();
  await states.start();
  await control.start();
  const step = progress.step('Starting Asterisk');
  await engine.start(await engineDirectory());
  step.done();

  let draining = false;
  const engineOrigin = originOf(programs.asterisk);
  const readiness = async (): Promise<Readiness> => {
    const database = await store.ping().catch(() => undefined);
    const { connected, version } = engine.status();
    return {
      ready: database !== undefined && connected && !draining,
      draining,
      parts: {
        database: { state: database ? 'ready' : 'unreachable', version: database ?? '' },
        engine: { state: connected ? 'ready' : 'unreachable', version, ...engineOrigin },
      },
      warnings: warnAboutDisk(await files.freeBytes()),
    };
  };
  app = await createHttpServer({
    dialects: [
      createSipgateDialect({
        services,
        publicUrl,
        sipAddress: () => sipAddressOf(config, publicUrl()),
        signingKey: credentials.secretKey,
        origins: config.webOrigins,
      }),
      createMikopbxDialect({
        services,
        sessionStore: store.sessions,
        trustLocal: config.trustLocal,
        sessionKey: credentials.adminPassword,
      }),
      createJambonzDialect(services, programsOfApplications),
      createNativeDialect(services),
    ],
    services,
    readiness,
    publicUrl,
    trustedProxies: config.trustedProxies,
    logger,
    ...createMetrics([
      { name: 'calls', help: 'Running calls.', read: () => live.calls().length },
      { name: 'legs', help: 'Legs that have not ended.', read: () => live.legs().length },
      { name: 'contacts', help: 'Registered devices.', read: () => registrations.count() },
      {
        name: 'deliveries_waiting',
        help: 'Hooks that only tell and have not arrived.',
        read: async () => (await store.deliveries.count()).waiting,
      },
      {
        name: 'deliveries_failed',
        help: 'Hooks that only tell and were given up.',
        read: async () => (await store.deliveries.count()).failed,
      },
    ]),
  });
  await applicationCalls.start();
  await webhooks.start();
  await store.jobs.start({ deliver: (payload) => webhooks.wake(payload) });
  await app.listen({ host: config.host, port: config.port }).catch((error: unknown) => {
    throw translateListenError(error, httpPort(config));
  });
  const prune = () =>
    store.prune().catch((error: unknown) => logger.warn({ err: error }, 'nothing was pruned'));
  const pruning = setInterval(() => void prune(), pruneEveryMs);
  const http = app;
  return {
    app,
    services,
    control,
    publicUrl: publicUrl(),
    hasDemo,
    demoKey: demoKey && { token: demoKey.token, accountSid: firstAccount.sid },
    engineVersion: engine.status().version,
    closeDoors() {
      draining = true;
      control.closeDoors();
    },
    async stop() {
      clearInterval(pruning);
      await control.hangUpAll();
      await http.close();
      await control.settled();
      control.stop();
      applicationCalls.stop();
      await alerts.settled();
      await webhooks.stop();
      await store.jobs.stop();
      await hooks.close();
      sockets.close();
      registrations.stop();
      states.stop();
      await engine.stop(true);
      directory.stop();
      await store.close();
      await embedded?.stop();
      await keeper.stop();
    },
  };
}
