import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ensurePortFree } from './ports.ts';
import type { WantedPort } from './process-errors.ts';

const sip = (change: Partial<WantedPort>): WantedPort => ({
  purpose: 'SIP',
  protocol: 'tcp',
  host: '127.0.0.1',
  port: 0,
  hostVariable: 'POLYVOX_SIP_HOST',
  portVariable: 'POLYVOX_SIP_PORT',
  ...change,
});

describe('a port that is wanted', () => {
  test('is fine when nobody has it', async () => {
    await ensurePortFree(sip({ protocol: 'tcp' }));
    await ensurePortFree(sip({ protocol: 'udp' }));
  });

  test('is refused while another program listens on it over TCP', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(ensurePortFree(sip({ port }))).rejects.toMatchObject({
      code: 'port.in_use',
      message: `SIP cannot use TCP port ${port} of 127.0.0.1: another program has it. End that program, or set POLYVOX_SIP_PORT to another port.`,
    });
    other.close();
  });

  test('is refused while another program has it over UDP, though TCP is free', async () => {
    const tcp = createServer().listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    const other = createSocket('udp4').bind(port, '127.0.0.1');
    await once(other, 'listening');
    tcp.close();
    await once(tcp, 'close');
    await ensurePortFree(sip({ port }));
    await expect(ensurePortFree(sip({ port, protocol: 'udp' }))).rejects.toMatchObject({
      code: 'port.in_use',
    });
    other.close();
  });

  test('is refused on an address that this machine does not have, naming the variable of the host', async () => {
    await expect(ensurePortFree(sip({ host: '192.0.2.1', port: 5060 }))).rejects.toMatchObject({
      code: 'port.host_not_here',
      message: expect.stringContaining('POLYVOX_SIP_HOST') as string,
    });
  });
});
