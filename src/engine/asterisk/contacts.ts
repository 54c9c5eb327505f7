import { cleanText } from '../../kernel/hostile-text.ts';
import type { Contact, ContactState, EndpointName } from '../port/index.ts';
import type { AmiClient, AmiMessage } from './ami-client.ts';
import { qualifyFrequencySeconds } from './config/pjsip.ts';

const states: Readonly<Record<string, ContactState>> = {
  Reachable: 'reachable',
  Unreachable: 'unreachable',
  NonQualified: 'unqualified',
};

const longestText = 256;
const short = (text: string | undefined): string => (text ?? '').slice(0, longestText);

/** One registered device as the manager interface describes it. @see Asterisk 22 AMI, ContactStatusDetail */
export function toContact(message: AmiMessage): Contact {
  const expires = Number(message.RegExpire ?? 0);
  const roundTrip = Number(message.RoundtripUsec ?? 0);
  return {
    endpoint: short(message.EndpointName ?? message.AOR) as EndpointName,
    uri: short(message.URI),
    state: states[message.Status ?? ''] ?? 'unknown',
    userAgent: cleanText(message.UserAgent ?? '', longestText),
    expiresAt: expires > 0 ? new Date(expires * 1000) : undefined,
    viaAddress: short(message.ViaAddress),
    registrationCallId: short(message.CallID),
    roundTripMicroseconds: roundTrip > 0 ? roundTrip : undefined,
    engineId: short(message.ID),
    qualifyFrequencySeconds: Number(message.QualifyFrequency ?? qualifyFrequencySeconds),
    qualifyTimeoutSeconds: Number(message.QualifyTimeout ?? 3),
  };
}

const isDetail = (message: AmiMessage) => message.Event === 'ContactStatusDetail';

/** Everything that is registered now. */
export async function listContacts(ami: AmiClient): Promise<readonly Contact[]> {
  const found = await ami
    .list('PJSIPShowRegistrationInboundContactStatuses')
    .catch((error: { readonly code?: string }) => {
      if (error.code === 'engine.refused') return [];
      throw error;
    });
  return found.filter(isDetail).map(toContact);
}

/** What is registered on one endpoint now. */
export async function contactsOf(
  ami: AmiClient,
  endpoint: EndpointName,
): Promise<readonly Contact[]> {
  const found = await ami
    .list('PJSIPShowEndpoint', { Endpoint: endpoint })
    .catch((error: { readonly code?: string }) => {
      if (error.code === 'engine.refused') return [];
      throw error;
    });
  return found
    .filter(isDetail)
    .map(toContact)
    .map((contact) => ({ ...contact, endpoint }));
}
