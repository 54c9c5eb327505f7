import { isOnline, type LiveEndpoint } from '../../../core/endpoints/index.ts';

/** `OK` when a device can be rung, else `UNKNOWN`. */
export const presentPeerStatus = (live: LiveEndpoint) => ({
  id: live.endpoint.username,
  state: isOnline(live) ? 'OK' : 'UNKNOWN',
});

/** The contact of a phone as the engine's manager describes it: every value is a text. */
export function presentPeer(live: LiveEndpoint | undefined): Readonly<Record<string, string>> {
  const contact = live?.contacts.find(({ state }) => state !== 'unreachable') ?? live?.contacts[0];
  if (!live || !contact) return { state: 'UNKNOWN' };
  const { expiresAt, roundTripMicroseconds } = contact;
  return {
    Event: 'ContactStatusDetail',
    ActionID: `PJSIPShowEndpoint_${process.pid}`,
    AOR: live.endpoint.username,
    URI: contact.uri,
    UserAgent: contact.userAgent,
    RegExpire: expiresAt ? String(Math.floor(expiresAt.getTime() / 1_000)) : '0',
    ViaAddress: contact.viaAddress,
    CallID: contact.registrationCallId,
    Status: contact.state === 'reachable' ? 'Reachable' : 'NonQualified',
    RoundtripUsec: String(roundTripMicroseconds ?? 0),
    EndpointName: live.endpoint.username,
    ID: contact.engineId,
    AuthenticateQualify: '0',
    OutboundProxy: '',
    Path: '',
    QualifyFrequency: String(contact.qualifyFrequencySeconds),
    QualifyTimeout: contact.qualifyTimeoutSeconds.toFixed(3),
    state: 'OK',
  };
}
