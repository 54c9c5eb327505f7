import { isOnline, type LiveEndpoint } from '../../../core/endpoints/index.ts';

/** What the twin of a phone that lives in a browser is called after it. */
const twinEnding = '-WS';

const numberOf = ({ endpoint }: LiveEndpoint): string =>
  endpoint.username.endsWith(twinEnding)
    ? endpoint.username.slice(0, -twinEnding.length)
    : endpoint.username;

/** A row for each phone: `OK` when it or its twin in the browser can be rung, else `UNKNOWN`. */
export function presentPeerStatuses(phones: readonly LiveEndpoint[]) {
  const byNumber = Map.groupBy(phones, numberOf);
  return [...byNumber].map(([id, twins]) => ({
    id,
    state: twins.some(isOnline) ? 'OK' : 'UNKNOWN',
  }));
}

/** The phone of a name; its twin in the browser where that alone can be rung. */
export function peerOf(phones: readonly LiveEndpoint[], peer: string): LiveEndpoint | undefined {
  const named = (name: string) => phones.find(({ endpoint }) => endpoint.username === name);
  const [own, twin] = [named(peer), named(`${peer}${twinEnding}`)];
  return twin && isOnline(twin) && !(own && isOnline(own)) ? twin : (own ?? twin);
}

/**
 * The contact of a phone as the engine's manager describes it: every value is a text. One that does not answer is
 * none, as in the states of all phones.
 */
export function presentPeer(live: LiveEndpoint | undefined): Readonly<Record<string, string>> {
  const contact = live?.contacts.find(({ state }) => state !== 'unreachable');
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
