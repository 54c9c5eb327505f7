import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AsteriskOptions, appName, type EngineAccess } from '../options.ts';
import { dialplanConf } from './dialplan.ts';
import { modulesConf } from './modules.ts';
import { pjsipConf } from './pjsip.ts';
import { indicationsConf } from './tones.ts';
import { section } from './value.ts';

/** Kinds of internal messages that nobody reads: not made at all. */
const declined = [
  'ast_rtp_rtcp_sent_type',
  'ast_rtp_rtcp_received_type',
  'ast_test_suite_event_type',
  'cel_generic_type',
  'cdr_sync_message_type',
];

/** Files that must exist although there is nothing to say in them. */
const emptyFiles = [
  'features.conf',
  'acl.conf',
  'udptl.conf',
  'pjproject.conf',
  'websocket_client.conf',
  'chan_websocket.conf',
  'pjsip_notify.conf',
  'ccss.conf',
  'confbridge.conf',
  'amd.conf',
  'res_fax.conf',
  'codecs.conf',
  'rtp_extra.conf',
];

/** The folders of a running engine. */
export const engineFolders = (folder: string) => ({
  etc: join(folder, 'etc'),
  run: join(folder, 'run'),
  log: join(folder, 'log'),
  db: join(folder, 'db'),
  spool: join(folder, 'spool'),
  recordings: join(folder, 'spool', 'recording'),
});

const asteriskConf = ({ folder, program }: AsteriskOptions): string => {
  const folders = engineFolders(folder);
  const root = program.root ?? '';
  return (
    section('directories', [
      ['astetcdir', folders.etc],
      ['astmoddir', join(root, '/usr/lib/x86_64-linux-gnu/asterisk/modules')],
      ['astvarlibdir', join(root, '/usr/share/asterisk')],
      ['astdbdir', folders.db],
      ['astkeydir', folders.db],
      ['astdatadir', join(root, '/usr/share/asterisk')],
      ['astagidir', folders.run],
      ['astspooldir', folders.spool],
      ['astrundir', folders.run],
      ['astlogdir', folders.log],
      ['astsbindir', join(root, '/usr/sbin')],
    ]) +
    section('options', [
      ['documentation_language', 'en_US'],
      ['nocolor', 'yes'],
      ['dontwarn', 'yes'],
      ['hideconnect', 'yes'],
      ['maxfiles', 20_000],
      ['live_dangerously', 'no'],
      ['cache_record_files', 'no'],
    ])
  );
};

const files = (options: AsteriskOptions, access: EngineAccess): Record<string, string> => ({
  'modules.conf': modulesConf(),
  'extensions.conf': dialplanConf(),
  'pjsip.conf': pjsipConf(options.sip),
  'indications.conf': indicationsConf(),
  'sorcery.conf': section('res_pjsip', [
    ['endpoint', 'config,pjsip.conf,criteria=type=endpoint'],
    ['endpoint', 'memory'],
    ['auth', 'config,pjsip.conf,criteria=type=auth'],
    ['auth', 'memory'],
    ['aor', 'config,pjsip.conf,criteria=type=aor'],
    ['aor', 'memory'],
  ]).replace(/^(\w+)=memory$/gm, '$1/memory=memory'),
  'http.conf': section('general', [
    ['enabled', 'yes'],
    ['bindaddr', '127.0.0.1'],
    ['bindport', access.httpPort],
    ['sessionlimit', 1000],
    ['session_inactivity', 30_000],
    ['session_keep_alive', 30_000],
  ]),
  'ari.conf':
    section('general', [
      ['enabled', 'yes'],
      ['pretty', 'no'],
      ['websocket_write_timeout', 5000],
    ]) +
    section(appName, [
      ['type', 'user'],
      ['read_only', 'no'],
      ['password', access.secret],
      ['password_format', 'plain'],
    ]),
  'manager.conf':
    section('general', [
      ['enabled', 'yes'],
      ['webenabled', 'no'],
      ['bindaddr', '127.0.0.1'],
      ['port', access.amiPort],
      ['displayconnects', 'no'],
    ]) +
    section(appName, [
      ['secret', access.secret],
      ['deny', '0.0.0.0/0.0.0.0'],
      ['permit', '127.0.0.1/255.255.255.255'],
      ['read', 'system,security'],
      ['write', 'system,command,reporting,call'],
    ]),
  'rtp.conf': section('general', [
    ['rtpstart', options.rtp.from],
    ['rtpend', options.rtp.to],
    ['strictrtp', 'yes'],
    ['icesupport', 'yes'],
  ]),
  'musiconhold.conf': section('default', [
    ['mode', 'files'],
    ['directory', options.musicFolder],
  ]),
  'logger.conf':
    section('general', [
      ['dateformat', '%FT%T.%3q'],
      ['rotatestrategy', 'rotate'],
    ]) + section('logfiles', [['messages', 'notice,warning,error']]),
  'stasis.conf': section(
    'declined_message_types',
    declined.map((type) => ['decline', type] as const),
  ),
  'cdr.conf': section('general', [['enable', 'no']]),
  'cel.conf': section('general', [['enable', 'no']]),
});

/** Writes a file that may hold secrets: complete or not at all. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, path);
}

export async function makeEngineFolders(folder: string): Promise<void> {
  for (const path of Object.values(engineFolders(folder))) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  }
}

/** Writes every file the engine reads at start, except endpoints and trunks. Returns the main one's path. */
export async function writeConfig(options: AsteriskOptions, access: EngineAccess): Promise<string> {
  const folders = engineFolders(options.folder);
  await makeEngineFolders(options.folder);
  for (const name of emptyFiles) await writePrivate(join(folders.etc, name), '');
  for (const [name, text] of Object.entries(files(options, access))) {
    await writePrivate(join(folders.etc, name), text);
  }
  const main = join(folders.etc, 'asterisk.conf');
  await writePrivate(main, asteriskConf(options));
  return main;
}
