import { connect, type Socket } from 'node:net';
import { createNetstringReader, toNetstring } from './netstrings.ts';

/** What a phone tells: such as `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`. */
export interface PhoneEvent {
  readonly type: string;
  /** The far party, as an address. */
  readonly peeruri?: string;
  readonly peerdisplayname?: string;
  /** The call's id in SIP. */
  readonly id?: string;
  /** Who called: `outgoing`, the phone itself. */
  readonly direction?: 'incoming' | 'outgoing';
  /** A reason, a key, or the like. */
  readonly param?: string;
}

/** The control connection of a phone: commands with answers, and events. */
export interface PhoneControl {
  /** @throws {Error} with the phone's own words when it refuses */
  command(name: string, parameters?: string): Promise<string>;
  close(): void;
}

/** Milliseconds that a command may take, and between two attempts to reach a phone that starts. */
const limitMs = 5_000;
const retryMs = 20;

interface Answer {
  readonly response?: boolean;
  readonly ok?: boolean;
  readonly data?: string;
  readonly token?: string;
}

async function openSocket(
  port: number,
  isRunning: () => boolean,
  deadline: number,
): Promise<Socket> {
  for (;;) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port });
        socket.once('connect', () => resolve(socket));
        socket.once('error', reject);
      });
    } catch (error) {
      if (Date.now() > deadline || !isRunning()) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

/** Connects to a phone's control port; waits for a phone that has just been started, while it runs. */
export async function openPhoneControl(
  port: number,
  isRunning: () => boolean,
  onEvent: (event: PhoneEvent) => void,
): Promise<PhoneControl> {
  const socket = await openSocket(port, isRunning, Date.now() + limitMs);
  const waiting = new Map<string, (answer: Answer) => void>();
  let counter = 0;
  socket.on(
    'data',
    createNetstringReader((text) => {
      const message = JSON.parse(text) as Answer & PhoneEvent;
      if (message.response) waiting.get(message.token ?? '')?.(message);
      else onEvent(message);
    }),
  );
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const answer of waiting.values()) answer({ ok: false, data: 'it has ended' });
  });
  return {
    command: (name, parameters = '') =>
      new Promise((resolve, reject) => {
        counter += 1;
        const token = String(counter);
        const timer = setTimeout(() => {
          waiting.delete(token);
          reject(new Error(`the phone did not answer ${name}`));
        }, limitMs);
        waiting.set(token, ({ ok, data }) => {
          clearTimeout(timer);
          waiting.delete(token);
          if (ok) resolve(data ?? '');
          else reject(new Error(`the phone refused ${name}: ${data ?? ''}`));
        });
        socket.write(toNetstring(JSON.stringify({ command: name, params: parameters, token })));
      }),
    close: () => socket.destroy(),
  };
}
