/**
 * `npm run bench [-- --quick] [--data=FOLDER] [--endpoints=N]`: what the exchange can do, beside the same engine
 * without it, in one run. Its data lies on the disk of FOLDER, or of the system's temporary files; at last N
 * endpoints are made.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { availableParallelism, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { silentProgress } from '../src/kernel/progress.ts';
import { ensurePrograms } from '../src/provisioning/index.ts';
import { createAccount } from '../test/support/accounts.ts';
import { eventually } from '../test/support/eventually.ts';
import { freePort, startExchange } from '../test/support/exchange.ts';
import { sippProgram } from '../test/support/provider.ts';
import { quiet } from '../test/support/sipgate.ts';
import { measureApplications } from './applications.ts';
import { measureEventDelay } from './event-delay.ts';
import { measureEndpoints } from './many-endpoints.ts';
import { memoryOf } from './memory.ts';
import { startPlainAsterisk } from './plain-asterisk.ts';
import { measureRest } from './rest.ts';
import { type Burst, isClean, placeCalls, startAnswering } from './sipp-load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const {
  quick,
  data,
  endpoints: many,
} = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    data: { type: 'string', default: tmpdir() },
    endpoints: { type: 'string', default: '500' },
  },
}).values;
const rates = quick ? [20, 40] : [40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260];
const manyCalls = 100;
const manyEndpoints = Number(many);
const burstSeconds = quick ? 2 : 5;
const restSeconds = quick ? 2 : 5;
const [callerHost, calleeHost] = ['127.0.0.2', '127.0.0.3'];
const ownNumber = '+4922188880001';
const menuNumber = '+4922188880002';
const menuRates = quick ? [5, 10] : [10, 20, 30, 40, 50];

const say = (text: string) => void process.stdout.write(`${text}\n`);
const ms = (value: number) => (Number.isFinite(value) ? `${value.toFixed(1)} ms` : '–');

const exchange = await startExchange({ env: { POLYVOX_LOG: 'warn' }, within: resolve(data) });
const answering = await startAnswering(calleeHost, 5_080);
const { asterisk } = await ensurePrograms(['asterisk'], {
  folder: join(root, '.engine'),
  progress: silentProgress,
  env: process.env,
});
const plainFolder = join(exchange.dataFolder, 'plain');
const plain = await startPlainAsterisk({
  program: asterisk,
  folder: plainFolder,
  callerHost,
  callee: { host: calleeHost, port: 5_080 },
});
let bursts = 0;
const burst = async (
  port: number,
  rate: number,
  seconds = burstSeconds,
  talkMs = 1_000,
  menu = false,
): Promise<Burst> => {
  bursts += 1;
  return placeCalls({
    folder: join(exchange.dataFolder, `burst-${bursts}`),
    from: { host: callerHost, port: await freePort() },
    target: `127.0.0.1:${port}`,
    number: menu ? menuNumber : ownNumber,
    listens: menu,
    rate,
    seconds,
    talkMs,
  });
};

try {
  const acme = await createAccount(exchange, { name: 'acme' });
  await exchange.operator.patch(`/native/v1/accounts/${acme.id}`, { maxConcurrentCalls: 10_000 });
  const trunk = (host: string, port: number, prefixes: readonly string[]) =>
    acme.api.post('/native/v1/trunks', {
      name: host,
      kind: 'ip',
      host,
      port,
      inboundAddresses: [host],
      prefixes,
    });
  await trunk(callerHost, 5_060, ['+1']);
  await trunk(calleeHost, 5_080, ['+49']);
  await acme.api.post('/native/v1/numbers', {
    e164: ownNumber,
    target: { kind: 'dial', dialled: '022177770000' },
  });
  const serverPid = (
    JSON.parse(readFileSync(join(exchange.dataFolder, 'server.lock'), 'utf8')) as { pid: number }
  ).pid;
  const memory = () => ({
    server: memoryOf(serverPid),
    engine: memoryOf(exchange.pidOf('engine')),
    database: memoryOf(exchange.pidOf('postgres')),
  });
  const running = async () =>
    (await acme.api.get<{ items: unknown[] }>('/native/v1/calls')).items.length;
  const idle = memory();

  say('Calls set up per second: INVITE to 200, two legs, each call a second');
  const results: { plain: Burst[]; ours: Burst[] } = { plain: [], ours: [] };
  const open = { plain: true, ours: true };
  for (const rate of rates) {
    for (const who of ['plain', 'ours'] as const) {
      if (!open[who]) continue;
      const port = who === 'plain' ? plain.sipPort : exchange.sipPort;
      let result = await burst(port, rate);
      if (!isClean(result)) result = await burst(port, rate);
      results[who].push(result);
      open[who] = isClean(result);
      say(
        `  ${who.padEnd(5)} ${String(rate).padStart(4)}/s  p50 ${ms(result.p50)}, p99 ${ms(result.p99)}, ${(result.within50 * 100).toFixed(1)} % within 50 ms${result.failed ? `, ${result.failed} of ${result.calls} FAILED` : ''}`,
      );
      await quiet(acme.api);
    }
  }
  const best = (list: readonly Burst[]) =>
    Math.max(0, ...list.filter(isClean).map(({ rate }) => rate));
  const [plainBest, oursBest] = [best(results.plain), best(results.ours)];

  const half = Math.max(10, Math.round(oursBest / 2));
  const [plainHalf, oursHalf] = [
    await burst(plain.sipPort, half),
    await burst(exchange.sipPort, half),
  ];
  await quiet(acme.api);
  const authorization = `Bearer ${exchange.adminToken}`;
  const headers = { authorization, 'polyvox-account': acme.id };
  const delay = await measureEventDelay(exchange.url, headers, async () => {
    await burst(exchange.sipPort, half);
    await quiet(acme.api);
  });

  const areUp = (calls: number) =>
    eventually(
      async () => {
        const { items } = await acme.api.get<{ items: { legs: { state: string }[] }[] }>(
          '/native/v1/calls',
        );
        return (
          items.filter(({ legs }) => legs.filter((leg) => leg.state === 'answered').length === 2)
            .length === calls
        );
      },
      { limitMs: 15_000, because: () => `${calls} calls are not up` },
    );
  const hundred = burst(exchange.sipPort, 20, manyCalls / 20, 15_000);
  await areUp(manyCalls);
  const withCalls = memory();
  await hundred;
  await eventually(async () => (await running()) === 0, { limitMs: 15_000 });

  const carol = `Basic ${Buffer.from(`carol@${acme.sipDomain}:${acme.secret}`).toString('base64')}`;
  const people = await Promise.all(
    Array.from({ length: 19 }, async (_, at) => {
      const login = `person${at}`;
      const person = {
        login,
        email: `${login}@${acme.sipDomain}`,
        firstName: 'P',
        lastName: login,
        password: acme.secret,
      };
      return (await acme.api.post<{ id: string }>('/native/v1/users', person)).id;
    }),
  );
  const common = { url: exchange.url, authorization: carol, seconds: restSeconds };
  const some = burst(exchange.sipPort, 10, 1, (restSeconds + 4) * 1_000);
  await areUp(10);
  const live = await measureRest({
    what: 'live state, 10 calls: GET /v2/calls',
    paths: ['/v2/calls'],
    ...common,
  });
  await some;
  await eventually(async () => (await running()) === 0, { limitMs: 15_000 });
  const rest = [
    live,
    await measureRest({
      what: 'list of the database: GET /native/v1/users',
      paths: ['/native/v1/users?limit=20'],
      ...common,
    }),
    await measureRest({
      what: 'list of the database: GET /v2/history',
      paths: ['/v2/history?limit=10'],
      ...common,
    }),
    await measureRest({
      what: 'write, 20 people: PATCH /native/v1/users/{id}',
      paths: [acme.userId, ...people].map((id) => `/native/v1/users/${id}`),
      ...common,
      method: 'PATCH',
      body: JSON.stringify({ firstName: 'Robin' }),
    }),
  ];

  say('');
  say('Calls a second for an application: its hook is asked, it speaks, waits for a key, hangs up');
  const applications = await measureApplications({
    exchange,
    accountName: 'acme',
    number: menuNumber,
    rates: menuRates,
    seconds: restSeconds,
    burst: async (rate) => {
      const result = await burst(exchange.sipPort, rate, burstSeconds, 8_000, true);
      await eventually(async () => (await running()) === 0, { limitMs: 60_000 });
      return result;
    },
    say,
  });
  const endpoints = await measureEndpoints(exchange, acme, manyEndpoints);

  const isOpen = plainBest === rates.at(-1) || oursBest === rates.at(-1);
  const ratio = plainBest > 0 ? oursBest / plainBest : Number.NaN;
  say('');
  say(
    `(a) calls a second, clean    ours ${oursBest}, plain Dial ${plainBest}, ratio ${ratio.toFixed(2)} (aim ≥ 0.6)${isOpen ? '; no ratio to rely on: the highest step was still clean' : ''}`,
  );
  const tails = ({ p50, p99 }: { p50: number; p99: number }) => `p50 ${ms(p50)}, p99 ${ms(p99)}`;
  say(
    `(b) INVITE to ringing at ${half}/s  ours ${tails(oursHalf.ring)}; plain ${tails(plainHalf.ring)} (aim p99 ≤ 50 ms)`,
  );
  say(`    INVITE to answer at ${half}/s   ours ${tails(oursHalf)}; plain ${tails(plainHalf)}`);
  for (const { what, perSecond, p50, p99, refused } of rest)
    say(
      `(c) ${what.padEnd(46)} ${String(perSecond).padStart(6)}/s, p50 ${p50} ms, p99 ${p99} ms${refused ? `, ${refused} REFUSED` : ''}`,
    );
  say('    (aims: live ≥ 5000/s, lists ≥ 2500/s, p99 ≤ 20 ms)');
  say(
    `(d) event to SSE client      p50 ${ms(delay.p50)}, p99 ${ms(delay.p99)} over ${delay.events} events (aim p99 ≤ 50 ms)`,
  );
  say(
    `(e) memory in MB             idle: server ${idle.server}, engine ${idle.engine}, database ${idle.database}; with ${manyCalls} calls: ${withCalls.server}, ${withCalls.engine}, ${withCalls.database}`,
  );
  say(
    `(g) an application's calls    ${applications.callsPerSecond} a second, INVITE to its hook p50 ${ms(applications.hook.p50)}, p99 ${ms(applications.hook.p99)} over ${applications.hook.calls} calls (aims ≥ 20/s, p99 ≤ 60 ms)`,
  );
  const { what, perSecond, p50, p99 } = applications.list;
  say(
    `    ${what.padEnd(46)} ${String(perSecond).padStart(6)}/s, p50 ${p50} ms, p99 ${p99} ms (aim ≥ 2500/s)`,
  );
  say(
    `(f) ${endpoints.count} endpoints          made ${endpoints.madePerSecond}/s, started with them in ${ms(endpoints.startMs)}, engine ${endpoints.engineMemory} MB; a change ${ms(endpoints.changeMs)}, a phone registers in ${ms(endpoints.registeredMs)}`,
  );
  const machine = {
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    asterisk: asterisk.version,
    sipp: (await sippProgram()).version,
    postgres: readFileSync(join(exchange.dataFolder, 'postgres', 'PG_VERSION'), 'utf8').trim(),
  };
  if (!quick) {
    const folder = join(root, 'bench', 'results');
    mkdirSync(folder, { recursive: true });
    const date = new Date().toISOString();
    const file = join(folder, `${date.slice(0, 10)}.json`);
    const figures = {
      isOpen,
      oursBest,
      plainBest,
      ratio,
      half,
      oursHalf,
      plainHalf,
      delay,
      rest,
      idle,
      withCalls,
      endpoints,
      applications,
    };
    writeFileSync(file, `${JSON.stringify({ date, machine, figures, results }, null, 2)}\n`);
    say(`\nWritten to bench/results/${date.slice(0, 10)}.json`);
  }
} finally {
  answering.stop();
  await plain.stop();
  await exchange.stop();
  await rm(plainFolder, { recursive: true, force: true });
}
