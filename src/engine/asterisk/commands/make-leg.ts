import { isDomainError } from '../../../kernel/domain-error.ts';
import { cleanText } from '../../../kernel/hostile-text.ts';
import {
  type EngineLegId,
  type GatewayAddress,
  type LegTarget,
  legUnreachable,
  type NewEngineLeg,
} from '../../port/index.ts';
import type { AriHttp } from '../ari-http.ts';
import { uriHost } from '../config/pjsip.ts';
import { appName } from '../options.ts';
import type { StasisWaits } from '../stasis-waits.ts';
import { closeOutside, openOutside, outsideOf } from './outside.ts';

const trunkUri = (number: string, { host, port, transport }: GatewayAddress): string =>
  `sip:${number.replaceAll('#', '%23')}@${uriHost(host)}:${port}${transport === 'tcp' ? ';transport=tcp' : ''}`;

/** Where the engine is to call. @see Asterisk 22, dial strings of PJSIP and Local */
export function dialString(target: LegTarget, leg: EngineLegId): string {
  switch (target.kind) {
    case 'contact':
      return `PJSIP/${target.endpoint}/${target.uri}`;
    case 'trunk':
      return `PJSIP/${target.trunk}/${trunkUri(target.number, target.gateway)}`;
    case 'sip':
      return `PJSIP/${outsideOf(leg)}/${target.uri}`;
    case 'internal':
      return `Local/${target.token}@polyvox-internal/n`;
    case 'service':
      return `Local/${target.service}@polyvox-service/n`;
  }
}

/** What the called side is told of the caller. Names lose what could end a header. */
const callerVariables = ({
  number,
  name,
  hidden,
}: NewEngineLeg['caller']): Record<string, string> => {
  const presentation = hidden ? 'prohib' : 'allowed';
  return {
    'CONNECTEDLINE(num,i)': (number ?? '').replace(/[^0-9A-Za-z+*#._-]/g, ''),
    'CONNECTEDLINE(num-pres,i)': presentation,
    'CONNECTEDLINE(name,i)': cleanText(name ?? '', 80).replace(/["\\<>]/g, ''),
    'CONNECTEDLINE(name-pres,i)': presentation,
  };
};

const headerVariables = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [`PJSIP_HEADER(add,${name})`, value]),
  );

export interface MakeLegOptions {
  /** Those of the installation, best first. */
  readonly codecs: readonly string[];
  /** The far side is not called before this resolves. */
  readonly notBefore: Promise<void> | undefined;
}

/**
 * Makes a leg and rings its far side. `create` and `dial` instead of one command, so that a leg which
 * rings survives a server that goes away. @see Asterisk 22 ARI, POST /channels/create
 */
export async function makeLeg(
  ari: AriHttp,
  waits: StasisWaits,
  leg: NewEngineLeg,
  { codecs, notBefore }: MakeLegOptions,
): Promise<void> {
  const endpoint = dialString(leg.target, leg.id);
  if (leg.target.kind === 'sip') await openOutside(ari, leg.id, leg.target, codecs);
  const entered = waits.entered(leg.id, endpoint);
  entered.catch(() => undefined);
  try {
    await ari.send('POST /channels/create', {
      command: 'create leg',
      query: {
        endpoint,
        app: appName,
        appArgs: 'out',
        channelId: leg.id,
        originator: leg.partner,
      },
      body: {
        variables: {
          'PJSIP_TRANSFER_HANDLING()': 'ari-only',
          ...callerVariables(leg.caller),
          ...headerVariables(leg.headers ?? {}),
        },
      },
    });
    await entered;
  } catch (error) {
    waits.fail(leg.id);
    if (leg.target.kind === 'sip') await closeOutside(ari, leg.id);
    if (isDomainError(error) && error.code === 'engine.refused')
      throw legUnreachable(endpoint, error);
    throw error;
  }
  await notBefore;
  await ari.send('POST /channels/{channelId}/dial', {
    command: 'dial leg',
    path: { channelId: leg.id },
    query: { timeout: leg.ringTimeoutSeconds },
  });
}
