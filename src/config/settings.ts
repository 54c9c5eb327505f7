import { read, type Setting } from './setting.ts';

const setting = <Value>(
  name: string,
  shownDefault: string,
  meaning: string,
  reader: (text: string | undefined) => Value,
  more: { readonly reserved?: boolean } = {},
): Setting<Value> => ({ name, shownDefault, meaning, read: reader, ...more });

const reserved = (name: string, meaning: string) =>
  setting(name, 'unset', meaning, read.text(undefined), { reserved: true });

const codecs = ['opus', 'g722', 'alaw', 'ulaw', 'gsm'] as const;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** Every variable that Polyvox reads. docs/configuration.md is generated from this table. */
export const settings = {
  host: setting(
    'POLYVOX_HOST',
    '127.0.0.1',
    'Address on which HTTP is served, for all dialects. May be IPv6.',
    read.text('127.0.0.1'),
  ),
  port: setting('POLYVOX_PORT', '8080', 'Port of HTTP; 0 takes a free one.', read.port(8080, 0)),
  publicUrl: setting(
    'POLYVOX_PUBLIC_URL',
    'from host and port',
    'What clients are told where an address is part of an answer, such as `recordingUrl`.',
    read.url,
  ),
  tlsCert: reserved('POLYVOX_TLS_CERT', 'Certificate for HTTPS and SIP over TLS.'),
  tlsKey: reserved('POLYVOX_TLS_KEY', 'Key of the certificate.'),
  webOrigins: setting(
    'POLYVOX_WEB_ORIGINS',
    'unset: none',
    'Origins of web pages that may use the API of sipgate from a browser, such as `https://app.example`, separated by commas; `*` for all.',
    read.origins,
  ),
  trustedProxies: setting(
    'POLYVOX_TRUSTED_PROXIES',
    'unset',
    'Addresses and networks, separated by commas, whose forwarding headers count.',
    read.networks([] as readonly string[]),
  ),
  data: setting(
    'POLYVOX_DATA',
    './data',
    'Folder for everything that changes: database, recordings, keys, state of the engine.',
    read.text('data'),
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    'unset: an embedded Postgres under `POLYVOX_DATA`',
    'An existing Postgres (18) to use instead.',
    read.databaseUrl,
  ),
  secretKey: setting(
    'POLYVOX_SECRET_KEY',
    'generated into `secret.key` under `POLYVOX_DATA`',
    'Encrypts stored secrets. Required with `DATABASE_URL`. At least 32 characters.',
    read.secret(32),
  ),
  sipHost: setting(
    'POLYVOX_SIP_HOST',
    '127.0.0.1',
    'Address on which phones register, SIP over UDP and TCP.',
    read.text('127.0.0.1'),
  ),
  sipPort: setting('POLYVOX_SIP_PORT', '5060', 'Port of SIP.', read.port(5060, 1)),
  sipExternalHost: reserved('POLYVOX_SIP_EXTERNAL_HOST', 'Address behind NAT.'),
  localNets: reserved('POLYVOX_LOCAL_NETS', 'Networks that are inside NAT.'),
  rtpPorts: setting(
    'POLYVOX_RTP_PORTS',
    '20000-24000',
    'UDP ports for audio.',
    read.portRange(20_000, 24_000),
  ),
  codecs: setting(
    'POLYVOX_CODECS',
    'opus,g722,alaw,ulaw',
    'Audio codecs in order of preference, of `opus`, `g722`, `alaw`, `ulaw` and `gsm`.',
    read.choices(codecs, ['opus', 'g722', 'alaw', 'ulaw']),
  ),
  adminToken: setting(
    'POLYVOX_ADMIN_TOKEN',
    'generated into `credentials` under `POLYVOX_DATA`',
    'Bearer token of the operator, who manages accounts.',
    read.text(undefined),
  ),
  adminPassword: setting(
    'POLYVOX_ADMIN_PASSWORD',
    'generated into `credentials` under `POLYVOX_DATA`',
    'Password of the login `admin` (cabinet of MikoPBX).',
    read.text(undefined),
  ),
  demo: setting(
    'POLYVOX_DEMO',
    '`1` when the database is empty and everything listens on loopback, else `0`',
    'Creates the demo account, whose passwords everybody knows.',
    read.flag(undefined),
  ),
  country: setting(
    'POLYVOX_COUNTRY',
    'DE',
    'Country of the first account: what a number without country code means (ISO 3166-1 alpha-2). Read when the account is made.',
    read.country('DE'),
  ),
  timeZone: setting(
    'POLYVOX_TIMEZONE',
    'Europe/Berlin',
    'Time zone of the first account (IANA name). Read when the account is made.',
    read.timeZone('Europe/Berlin'),
  ),
  trustLocal: setting(
    'POLYVOX_TRUST_LOCAL',
    '`1` while HTTP, SIP and public URL are loopback, else `0`',
    'Programs on this machine use the dialects MikoPBX and XiVO without credentials, as with the originals.',
    read.flag(undefined),
  ),
  localAccount: setting(
    'POLYVOX_LOCAL_ACCOUNT',
    'the default account',
    'SIP domain of the account for which `admin`, the operator and trusted local programs act.',
    read.text(undefined),
  ),
  allowTargets: setting(
    'POLYVOX_ALLOW_TARGETS',
    '`127.0.0.0/8,::1` while the demo is on, else empty',
    'Networks besides public ones from which sound files may be fetched.',
    read.networks(undefined),
  ),
  engine: setting(
    'POLYVOX_ENGINE',
    'auto',
    '`auto` finds or fetches Asterisk and supervises it.',
    read.choice(['auto'] as const, 'auto'),
  ),
  xivoPorts: reserved('POLYVOX_XIVO_PORTS', 'Two more ports for XiVO.'),
  drainSeconds: setting(
    'POLYVOX_DRAIN_S',
    '30',
    'Seconds that running calls get after SIGTERM.',
    read.count(30, 86_400),
  ),
  log: setting(
    'POLYVOX_LOG',
    'info',
    'Level of the log: `debug`, `info`, `warn`, `error` or `silent`.',
    read.choice(logLevels, 'info'),
  ),
  asterisk: setting(
    'POLYVOX_ASTERISK',
    'found on PATH, else fetched',
    'Program to use as Asterisk.',
    read.text(undefined),
  ),
  ffmpeg: setting(
    'POLYVOX_FFMPEG',
    'found on PATH, else fetched',
    'Program to use as ffmpeg.',
    read.text(undefined),
  ),
  espeak: setting(
    'POLYVOX_ESPEAK',
    'found on PATH, else fetched',
    'Program to use as espeak-ng.',
    read.text(undefined),
  ),
  sipp: setting(
    'POLYVOX_SIPP',
    'found on PATH, else fetched',
    'Program to use as SIPp, in tests and benchmarks.',
    read.text(undefined),
  ),
  baresip: setting(
    'POLYVOX_BARESIP',
    'found on PATH, else fetched',
    'Program to use as baresip, in tests, benchmarks and the demonstration.',
    read.text(undefined),
  ),
} as const;

export type SettingName = keyof typeof settings;
export type SettingValues = {
  readonly [Name in SettingName]: ReturnType<(typeof settings)[Name]['read']>;
};
