import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trunkSections } from '../src/engine/asterisk/config/pjsip.ts';
import { engineFolders, writeConfig } from '../src/engine/asterisk/config/write-config.ts';
import type { AsteriskOptions } from '../src/engine/asterisk/index.ts';
import type { TrunkName } from '../src/engine/port/index.ts';
import { silentLogger } from '../src/kernel/logger.ts';
import { eventually } from '../test/support/eventually.ts';
import { freePort } from '../test/support/exchange.ts';

const trunk = (name: string, host: string, port: number) => ({
  name: name as TrunkName,
  kind: 'ip' as const,
  gateways: [{ host, port, transport: 'udp' as const, pings: true }],
  inboundAddresses: [host],
  dtmf: 'rfc4733' as const,
});

/** Whether a SIP server answers OPTIONS there. */
const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    const done = (there: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(there);
    };
    const timer = setTimeout(() => done(false), 200);
    socket.once('message', () => done(true));
    socket.bind(0, '127.0.0.2', () => {
      const own = socket.address().port;
      socket.send(
        `OPTIONS sip:127.0.0.1:${port} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.2:${own};branch=z9hG4bK1\r\nFrom: <sip:a@127.0.0.2>;tag=1\r\nTo: <sip:127.0.0.1>\r\nCall-ID: bench\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n`,
        port,
        '127.0.0.1',
      );
    });
  });

/** The same program with the same settings, but its own dialplan: every call is dialled on at once. */
export async function startPlainAsterisk(options: {
  readonly program: AsteriskOptions['program'];
  readonly folder: string;
  readonly callerHost: string;
  readonly callee: { readonly host: string; readonly port: number };
}): Promise<{ readonly sipPort: number; stop(): Promise<void> }> {
  const { program, folder, callerHost, callee } = options;
  const sipPort = await freePort();
  await mkdir(folder, { recursive: true });
  const settings: AsteriskOptions = {
    program,
    folder,
    launcher: { find: async () => undefined, start: () => Promise.reject(new Error('unused')) },
    sip: { host: '127.0.0.1', port: sipPort },
    rtp: { from: 24_002, to: 28_000 },
    codecs: ['opus', 'g722', 'alaw', 'ulaw'],
    musicFolder: folder,
    logger: silentLogger,
  };
  const access = { httpPort: await freePort(), amiPort: await freePort(), secret: 'unused-here' };
  const main = await writeConfig(settings, access);
  const { etc } = engineFolders(folder);
  const sides = [trunk('trunk-in', callerHost, 5060), trunk('trunk-out', callee.host, callee.port)];
  await writeFile(join(etc, 'endpoints.conf'), '');
  await writeFile(
    join(etc, 'trunks.conf'),
    sides.map((side) => trunkSections(side, settings.codecs)).join(''),
  );
  await writeFile(
    join(etc, 'extensions.conf'),
    `[polyvox]\nexten => _[+0-9].,1,Dial(PJSIP/\${EXTEN}@trunk-out)\n same => n,Hangup()\n`,
  );
  const modules = await readFile(join(etc, 'modules.conf'), 'utf8');
  await writeFile(join(etc, 'modules.conf'), `${modules}load=app_dial.so\n`);
  const child = spawn(program.command, [...program.args, '-f', '-C', main], { stdio: 'ignore' });
  await eventually(() => answers(sipPort), { limitMs: 20_000 });
  return {
    sipPort,
    async stop() {
      child.kill('SIGTERM');
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}
