import type { DialogRequest, Engine, EngineLegId, Referral } from '../../port/index.ts';
import type { AmiClient } from '../ami-client.ts';
import type { AriHttp } from '../ari-http.ts';
import { referContext } from '../config/dialplan.ts';

/** What may stand in an address that is written into the engine's language. */
const harmless = (address: string): string =>
  address.replace(/[^A-Za-z0-9+*#._@:;=%<>?&[\]-]/g, '');

const setVariable = (ari: AriHttp, leg: EngineLegId, variable: string, value: string) =>
  ari.send('POST /channels/{channelId}/variable', {
    command: 'refer',
    path: { channelId: leg },
    query: { variable, value },
  });

/** The leg leaves the application while its party is asked, and comes back with the result. */
export async function refer(ari: AriHttp, leg: EngineLegId, { to, by }: Referral): Promise<void> {
  await setVariable(ari, leg, 'PVX_REFER_TO', harmless(to));
  await setVariable(ari, leg, 'SIPREFERREDBYHDR', harmless(by ?? ''));
  await ari.send('POST /channels/{channelId}/continue', {
    command: 'refer',
    path: { channelId: leg },
    query: { context: referContext, extension: 's', priority: 1 },
  });
}

/** The manager interface knows channels by their names. */
async function nameOf(ari: AriHttp, command: string, leg: EngineLegId): Promise<string> {
  const channel = await ari.send('GET /channels/{channelId}', {
    command,
    path: { channelId: leg },
  });
  return channel?.name ?? '';
}

export async function stopReferring(ari: AriHttp, ami: AmiClient, leg: EngineLegId): Promise<void> {
  const channel = await ari.send('GET /channels/{channelId}', {
    command: 'stop referring',
    path: { channelId: leg },
    alreadyDone: [404],
  });
  if (channel?.dialplan.context !== referContext) return;
  await ami.action('Redirect', {
    Channel: channel.name,
    Context: referContext,
    Exten: 'back',
    Priority: '1',
  });
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, ' ');

/** @see Asterisk 22, manager actions SendText and PJSIPNotify */
export async function sendRequest(
  ari: AriHttp,
  ami: AmiClient,
  leg: EngineLegId,
  request: DialogRequest,
): Promise<void> {
  const Channel = await nameOf(ari, 'send request', leg);
  if (request.method === 'MESSAGE') {
    const { contentType, content } = request;
    await ami.action('SendText', {
      Channel,
      Message: oneLine(content),
      'Content-Type': oneLine(contentType),
    });
    return;
  }
  const variables = Object.entries(request.headers).map(
    ([name, value]) => `${oneLine(name)}="${oneLine(value).replace(/["\\]/g, '')}"`,
  );
  await ami.action('PJSIPNotify', { Channel, Variable: variables.join(',') });
}

/** @see Asterisk 22 ARI, PUT /endpoints/sendMessage */
export const sendMessage = (
  ari: AriHttp,
  { endpoint, uri, from, text }: Parameters<Engine['sendMessage']>[0],
): Promise<void> =>
  ari.send('PUT /endpoints/sendMessage', {
    command: 'send message',
    query: { to: `pjsip:${endpoint}/${uri}`, from: harmless(from), body: text },
    body: {},
  });
