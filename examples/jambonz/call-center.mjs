#!/usr/bin/env node
// A small call centre, written as an application of jambonz: a menu, a queue with agents, a conference with a
// moderator. Plain Node without packages. Start Polyvox first (`npm start`), then this:
//
//   npm run example:jambonz
//
// and open http://127.0.0.1:3000/. Nothing in here knows Polyvox: with another base URL and key it runs elsewhere.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const api = process.env.JAMBONZ_REST_URL ?? 'http://127.0.0.1:8080/v1';
const key = process.env.JAMBONZ_API_KEY ?? keyOfDemo();
const port = Number(process.env.PORT ?? 3000);
const self = process.env.PUBLIC_URL ?? `http://127.0.0.1:${port}`;

/** The key of the demo account, as `npm start` has written it down. */
function keyOfDemo() {
  const file = new URL('../../data/credentials', import.meta.url);
  const [, found] = /^POLYVOX_DEMO_API_KEY=(.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (!found) throw new Error('there is no demo account: set JAMBONZ_API_KEY');
  return found;
}

async function request(method, path, body) {
  const answer = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

const say = (text) => ({ verb: 'say', text });

const menu = [
  {
    verb: 'gather',
    numDigits: 1,
    timeout: 10,
    actionHook: '/choice',
    say: { text: 'Welcome. Press 1 to talk to an agent, or 2 to join the meeting.' },
  },
];

const queue = [
  {
    verb: 'enqueue',
    name: 'support',
    waitHook: '/waiting',
    actionHook: '/served',
  },
];

const meeting = (more) => [
  { verb: 'conference', name: 'meeting', beep: true, ...more },
  say('You have left the meeting. Goodbye.'),
  { verb: 'hangup' },
];

const agent = [
  say('You get the next caller.'),
  { verb: 'dequeue', name: 'support', beep: true, timeout: 600, actionHook: '/agent' },
];

/** What each hook answers: verbs, or nothing to go on. */
const hooks = {
  '/customer': () => menu,
  '/choice'({ digits }) {
    if (digits === '1') return queue;
    if (digits === '2')
      return meeting({ startConferenceOnEnter: false, waitHook: '/before-the-meeting' });
    return [say('I did not understand you.'), ...menu];
  },
  '/waiting': ({ queue_position: ahead }) => [
    say(ahead === 0 ? 'You are the next one.' : `There are ${ahead} callers before you.`),
    { verb: 'pause', length: 5 },
  ],
  '/served': ({ queue_result: result }) =>
    result === 'bridged' ? [say('Thank you for calling. Goodbye.'), { verb: 'hangup' }] : [],
  '/agent': () => agent,
  '/before-the-meeting': () => [
    say('The meeting has not begun. Please wait for the moderator.'),
    { verb: 'pause', length: 5 },
  ],
  '/moderator': () => [
    say('You begin the meeting. It ends when you leave.'),
    ...meeting({ startConferenceOnEnter: true, endConferenceOnExit: true }),
  ],
  '/status': () => undefined,
};

const roles = { customer: '/customer', agent: '/agent', moderator: '/moderator' };

/** Calls a phone, which then plays a role. */
async function call(accountSid, phone, role) {
  await request('POST', `/Accounts/${accountSid}/Calls`, {
    from: 'Call centre',
    to: { type: 'user', name: phone },
    call_hook: `${self}${roles[role]}`,
    call_status_hook: `${self}/status`,
  });
}

const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Who waits, who meets, and a form to call somebody. */
async function page(accountSid) {
  const queues = await request('GET', `/Accounts/${accountSid}/Queues`);
  const meetings = await request('GET', `/Accounts/${accountSid}/Conferences`);
  const list = (items) => items.map((item) => `<li>${escaped(item)}</li>`).join('') || '<li>-</li>';
  const options = Object.keys(roles).map((role) => `<option>${role}</option>`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Call centre</title>
<h1>Call centre</h1>
<form method="post" action="/call">
  Call phone <input name="phone" value="201" aria-label="phone" required>
  as <select name="role" aria-label="role">${options.join('')}</select> <button>Call</button>
</form>
<h2>Queues</h2><ul>${list(queues.map(({ name, length }) => `${name}: ${length}`))}</ul>
<h2>Conferences</h2><ul>${list(meetings)}</ul>`;
}

async function bodyOf(incoming) {
  let text = '';
  for await (const chunk of incoming) {
    text += chunk;
    if (text.length > 1_000_000) throw new Error('that is too much');
  }
  return text;
}

async function answer(accountSid, incoming, outgoing) {
  const { pathname } = new URL(incoming.url, self);
  const text = await bodyOf(incoming);
  if (pathname === '/')
    return outgoing
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(await page(accountSid));
  if (pathname === '/call' && incoming.method === 'POST') {
    const form = new URLSearchParams(text);
    const role = form.get('role') ?? '';
    if (!Object.hasOwn(roles, role)) return outgoing.writeHead(400).end();
    await call(accountSid, form.get('phone') ?? '', role);
    return outgoing.writeHead(303, { location: '/' }).end();
  }
  if (!Object.hasOwn(hooks, pathname)) return outgoing.writeHead(404).end();
  const payload = text === '' ? {} : JSON.parse(text);
  console.log(pathname, payload.call_sid, payload.call_status, payload.queue_result ?? '');
  const verbs = hooks[pathname](payload);
  if (!verbs) return outgoing.writeHead(204).end();
  outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(verbs));
}

const [account] = await request('GET', '/Accounts');
const server = createServer((incoming, outgoing) => {
  answer(account.account_sid, incoming, outgoing).catch((error) => {
    console.error(error.message);
    outgoing.writeHead(502, { 'content-type': 'text/plain' }).end('That did not work');
  });
});
server.listen(port, '127.0.0.1', () => console.log(`The call centre is at ${self}/`));
