import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { guardedFetch } from './guarded-fetch.ts';
import { createTargetGuard } from './target-guard.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server of somebody else on this machine; returns its port. */
async function serves(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const sound = Buffer.from('RIFF, as far as anybody looks');
const usual = { mostBytes: 1_000, limitMs: 3_000 };

/** Reaches this machine, but not the ports given. */
const local = (...ownPorts: readonly number[]) =>
  createTargetGuard({ allow: ['127.0.0.1'], ownPorts: () => ownPorts });

const fetches = (port: number, path = '/', limits = usual, guard = local()) =>
  guardedFetch(guard, `http://127.0.0.1:${port}${path}`, limits);

describe('a file of somebody else', () => {
  test('is fetched', async () => {
    const port = await serves((_request, answer) => answer.end(sound));
    await expect(fetches(port)).resolves.toEqual(sound);
  });

  test('is fetched from where it has moved to', async () => {
    const port = await serves((request, answer) => {
      if (request.url === '/new') answer.end(sound);
      else answer.writeHead(302, { location: '/new' }).end();
    });
    await expect(fetches(port, '/old')).resolves.toEqual(sound);
  });

  test('by name is fetched when every step may be reached', async () => {
    const port = await serves((_request, answer) => answer.end(sound));
    await expect(guardedFetch(local(), `http://localhost:${port}/`, usual)).resolves.toEqual(sound);
  });

  test('that moves about without end is given up', async () => {
    const port = await serves((_request, answer) => answer.writeHead(302, { location: '/' }).end());
    await expect(fetches(port)).rejects.toThrow('it leads elsewhere too often');
  });

  test('that is larger than allowed is given up in the middle', async () => {
    let sent = 0;
    const port = await serves((_request, answer) => {
      const send = () => {
        while (answer.writable && sent < 50_000_000 && answer.write(Buffer.alloc(65_536)))
          sent += 65_536;
      };
      answer.on('drain', send);
      send();
    });
    await expect(fetches(port)).rejects.toThrow('it is larger than 1000 bytes');
    expect(sent).toBeLessThan(50_000_000);
  });

  test('of exactly the size that is allowed is fetched', async () => {
    const port = await serves((_request, answer) => answer.end(Buffer.alloc(1_000)));
    await expect(fetches(port)).resolves.toHaveLength(1_000);
  });

  test('that does not come in time is given up', async () => {
    const port = await serves(() => undefined);
    await expect(fetches(port, '/', { ...usual, limitMs: 50 })).rejects.toThrow(
      'it took longer than 0.05 s',
    );
  });

  test('that trickles is given up when its time is over', async () => {
    const port = await serves((_request, answer) => {
      answer.write('R');
    });
    await expect(fetches(port, '/', { ...usual, limitMs: 50 })).rejects.toThrow(
      'it took longer than 0.05 s',
    );
  });

  test.each([404, 401, 500, 204, 206])('that is answered with %i is refused', async (status) => {
    const port = await serves((_request, answer) => answer.writeHead(status).end());
    await expect(fetches(port)).rejects.toThrow(`the server answered ${status}`);
  });

  test('where nobody listens', async () => {
    const port = await serves(() => undefined);
    await new Promise((resolve) => servers[0]?.close(resolve));
    await expect(fetches(port)).rejects.toThrow('nobody answers there');
  });

  test('behind a server that hangs up in the middle', async () => {
    const port = await serves((_request, answer) => {
      answer.writeHead(200, { 'content-length': '500' });
      answer.write('RIFF');
      answer.socket?.destroy();
    });
    await expect(fetches(port)).rejects.toThrow(Error);
  });
});

describe('what may not be reached is not', () => {
  test.each([
    ['ftp://sounds.example/a.wav', 'only http and https are fetched'],
    ['file:///etc/passwd', 'only http and https are fetched'],
    ['data:audio/wav;base64,UklGRg==', 'only http and https are fetched'],
    ['http://user:secret@sounds.example/', 'the address must not hold credentials'],
    ['not an address', 'the address cannot be read'],
    ['http://10.0.0.1/', 'the address is not public'],
    ['http://169.254.169.254/latest/meta-data', 'the address is not public'],
    ['http://[::1]/', 'the address is not public'],
    ['http://[::ffff:10.0.0.1]/', 'the address is not public'],
    ['http://2130706434/', 'the address is not public'],
    ['http://0x0a000001/', 'the address is not public'],
    ['http://nobody.invalid/', 'the host is not known'],
  ])('%s', async (address, reason) => {
    await expect(guardedFetch(local(), address, usual)).rejects.toThrow(reason);
  });

  test('a name that leads to this machine, when this machine is not allowed', async () => {
    let asked = 0;
    const port = await serves((_request, answer) => {
      asked += 1;
      answer.end(sound);
    });
    const closed = createTargetGuard({ allow: [], ownPorts: () => [] });
    await expect(guardedFetch(closed, `http://localhost:${port}/`, usual)).rejects.toThrow(
      'the address is not public',
    );
    expect(asked).toBe(0);
  });

  test('the exchange itself, directly or by a redirect', async () => {
    let asked = 0;
    const own = await serves((_request, answer) => {
      asked += 1;
      answer.end('secret');
    });
    const port = await serves((_request, answer) =>
      answer.writeHead(302, { location: `http://127.0.0.1:${own}/` }).end(),
    );
    const guard = local(own);
    const reason = 'the address is part of the exchange';
    await expect(fetches(own, '/', usual, guard)).rejects.toThrow(reason);
    await expect(fetches(port, '/', usual, guard)).rejects.toThrow(reason);
    await expect(guardedFetch(guard, `http://localhost:${own}/`, usual)).rejects.toThrow(reason);
    expect(asked).toBe(0);
  });

  test.each([
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'http://user@127.0.0.1/',
    '//169.254.169.254/',
  ])('a redirect to %s', async (location) => {
    const port = await serves((_request, answer) => answer.writeHead(302, { location }).end());
    await expect(fetches(port)).rejects.toThrow(/not public|only http|credentials/);
  });
});
