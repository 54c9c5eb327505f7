/** Who may import whom. `scripts/check-imports.mjs` runs it; docs/architecture.md explains it. */

const test = '\\.test\\.ts$';

/** What each room of `src/` may import of `src/`, besides itself. */
const rooms = {
  kernel: [],
  core: ['kernel', 'engine/port'],
  'engine/port': ['kernel'],
  'engine/asterisk': ['kernel', 'engine/port', 'processes'],
  'engine/fake': ['kernel', 'engine/port'],
  store: ['kernel', 'core', 'processes'],
  media: ['kernel', 'core'],
  delivery: ['kernel', 'core'],
  processes: ['kernel'],
  provisioning: ['kernel', 'processes'],
  phones: ['kernel', 'media', 'processes'],
  config: ['kernel'],
  http: ['kernel', 'core'],
  dialects: ['kernel', 'core', 'http'],
  cli: [
    'kernel',
    'core',
    'store',
    'config',
    'media',
    'processes',
    'provisioning',
    'phones',
    'compose.ts',
  ],
  // Whole files: the only ones that know every room.
  'compose.ts': ['.'],
  'main.ts': ['.'],
};

const within = (room) => (room === '.' ? '^src/' : `^src/${room}${/\.ts$/.test(room) ? '$' : '/'}`);

const roomRules = Object.entries(rooms).map(([room, others]) => ({
  name: `${room.replace(/\W/g, '-')}-keeps-to-its-rooms`,
  comment: `src/${room} may import ${others.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: within(room), pathNot: test },
  to: { path: '^src/', pathNot: [room, ...others].map(within) },
}));

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  /** Judged by what is left once types are stripped, which is what runs. */
  runTime: [
    forbid(
      'no-run-time-cycles',
      'A module that waits for itself sees half of its imports. Cycles of types alone are harmless.',
      {},
      { circular: true },
    ),
  ],
  forbidden: [
    ...roomRules,
    forbid(
      'every-room-is-listed',
      'Name a new room of src/ in the table, with what it may import.',
      { path: '^src/', pathNot: Object.keys(rooms).map(within) },
      {},
    ),
    forbid(
      'enter-a-domain-by-its-door',
      'From outside a domain, import its index.ts.',
      { path: '^src/core/([^/]+)/' },
      { path: '^src/core/', pathNot: ['^src/core/$1/', '^src/core/[^/]+/index\\.ts$'] },
    ),
    forbid(
      'outsiders-enter-domains-by-their-door',
      'From outside the core, import the index.ts of a domain.',
      { path: '^src/', pathNot: '^src/core/' },
      { path: '^src/core/', pathNot: '^src/core/[^/]+/index\\.ts$' },
    ),
    forbid(
      'enter-the-engine-port-by-its-door',
      'Import src/engine/port/index.ts.',
      { path: '^src/', pathNot: '^src/engine/port/' },
      { path: '^src/engine/port/', pathNot: '^src/engine/port/index\\.ts$' },
    ),
    forbid(
      'dialects-do-not-know-each-other',
      'What two dialects need lives in src/http or in the core.',
      { path: '^src/dialects/([^/]+)/' },
      { path: '^src/dialects/', pathNot: '^src/dialects/$1/' },
    ),
    forbid(
      'core-uses-no-package',
      'The core is ours alone; phone numbers are parsed in the kernel.',
      { path: ['^src/core/', '^src/engine/port/'], pathNot: test },
      { path: 'node_modules/' },
    ),
    forbid(
      'kernel-parses-phone-numbers-and-nothing-else',
      'The kernel uses no package but libphonenumber-js.',
      { path: '^src/kernel/', pathNot: test },
      { path: 'node_modules/', pathNot: 'node_modules/libphonenumber-js/' },
    ),
    forbid(
      'core-does-no-io',
      'The core asks its ports.',
      { path: ['^src/core/', '^src/engine/port/'], pathNot: test },
      { path: '^(node:)?(fs|net|tls|https?|http2|dgram|dns|child_process|worker_threads)(/|$)' },
    ),
    forbid(
      'only-the-store-speaks-sql',
      'Ask a repository.',
      { path: '^src/', pathNot: ['^src/store/', test] },
      { path: 'node_modules/(pg|kysely|node-pg-migrate|graphile-worker)/' },
    ),
    forbid(
      'only-edges-speak-fastify',
      'HTTP ends at src/http and the dialects.',
      { path: '^src/', pathNot: ['^src/(http|dialects)/', '^src/(main|compose)\\.ts$', test] },
      { path: 'node_modules/(fastify|@fastify)/' },
    ),
    forbid(
      'nobody-imports-tests',
      'What tests share lives in test/support.',
      { path: '^src/', pathNot: test },
      { path: ['^(test|bench|scripts)/', test] },
    ),
    forbid(
      'no-dev-dependencies-in-src',
      'It would be missing where only dependencies are installed.',
      { path: '^src/', pathNot: test },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    forbid('resolves', 'The file or package is not there.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
