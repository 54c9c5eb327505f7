import {
  causeOfQ850,
  type EndpointName,
  type EngineBridgeId,
  type EngineFact,
  type EngineLegId,
  type EngineRecordingId,
  type LegOrigin,
  type PlaybackId,
  type TrunkName,
} from '../port/index.ts';
import type { AriChannel, AriEvent } from './ari-events.ts';

/** Channels that are our own means, not legs: ears and mouths at a leg, and wires to this server. */
export const isMeans = (channelId: string): boolean => /^(?:ear|mouth|wire)-/.test(channelId);

/** The endpoint in a channel's name: what is between the technology and the serial. */
export const endpointOf = (channelName: string): string =>
  channelName.replace(/^[^/]*\//, '').replace(/-[0-9a-f]+(;[12])?$/, '');

const trunkPrefix = 'trunk-';

function originOf(channel: AriChannel, args: readonly string[]): LegOrigin | undefined {
  const [kind, value] = args;
  if (kind === 'internal' && value) return { kind: 'internal', token: value };
  if (kind !== 'in') return undefined;
  const endpoint = endpointOf(channel.name);
  return endpoint.startsWith(trunkPrefix)
    ? { kind: 'trunk', trunk: endpoint as TrunkName }
    : { kind: 'endpoint', endpoint: endpoint as EndpointName };
}

/** The user part of a SIP address, or the text itself. @see RFC 3261 section 19.1 */
export const userPart = (address: string): string =>
  decodeSafely(/^(?:<)?sips?:([^@;>?]+)@/i.exec(address)?.[1] ?? address);

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What was dialled: the user part of the request. A provider that calls the contact which we registered
 * names the number in `To`, if at all. @see RFC 3261 section 8.1.1.2
 */
const dialledIn = ([, user = '', to = '']: readonly string[]): string =>
  user.startsWith(trunkPrefix) ? userPart(to) : user;

const longestText = 256;
const legId = (channel: AriChannel) => channel.id as EngineLegId;

/** A leg is back whose party was asked to call somebody else. @see Asterisk 22, application Transfer */
function referred({ channel, args }: Extract<AriEvent, { type: 'StasisStart' }>, at: Date) {
  const [, status, protocol] = args;
  const sipStatus = Number(protocol) || undefined;
  return [
    { type: 'leg.referred', leg: legId(channel), at, ok: status === 'SUCCESS', sipStatus } as const,
  ];
}

function arrived(event: Extract<AriEvent, { type: 'StasisStart' }>, at: Date): EngineFact[] {
  if (event.args[0] === 'referred') return referred(event, at);
  const origin = originOf(event.channel, event.args);
  if (!origin) return [];
  return [
    {
      type: 'leg.arrived',
      leg: legId(event.channel),
      at,
      origin,
      callerNumber: event.channel.caller.number.slice(0, longestText),
      callerName: event.channel.caller.name.slice(0, longestText),
      dialled: origin.kind === 'internal' ? '' : dialledIn(event.args),
    },
  ];
}

function stateChanged(channel: AriChannel, at: Date): EngineFact[] {
  const leg = legId(channel);
  if (channel.state === 'Ringing') return [{ type: 'leg.ringing', leg, at }];
  if (channel.state === 'Up') return [{ type: 'leg.answered', leg, at }];
  return [];
}

/** SIP statuses with which the far side can refuse. */
const isRefusal = (status: number | undefined): status is number =>
  status !== undefined && status >= 300 && status <= 699;

/** What a refusal with a SIP status means where Q.850 says less. @see RFC 3398 section 8.2.6.1 */
function causeOf(q850: number, sipStatus: number | undefined) {
  if (sipStatus === 486 || sipStatus === 600) return 'busy' as const;
  if (sipStatus === 603 || sipStatus === 403) return 'rejected' as const;
  if (sipStatus === 408 || sipStatus === 480) return 'no_answer' as const;
  return causeOfQ850(q850 === 0 ? 16 : q850);
}

function destroyed(event: Extract<AriEvent, { type: 'ChannelDestroyed' }>, at: Date): EngineFact[] {
  const sipStatus = isRefusal(event.tech_cause) ? event.tech_cause : undefined;
  return [
    {
      type: 'leg.ended',
      leg: legId(event.channel),
      at,
      cause: causeOf(event.cause, sipStatus),
      q850: event.cause,
      sipStatus,
    },
  ];
}

function transferAsked(
  event: Extract<AriEvent, { type: 'ChannelTransfer' }>,
  at: Date,
): EngineFact[] {
  const leg = legId(event.referred_by.source_channel);
  const other = event.refer_to.destination_channel;
  if (other) {
    return [
      { type: 'leg.transfer_asked', leg, at, target: { kind: 'attended', otherLeg: legId(other) } },
    ];
  }
  const dialled = event.refer_to.requested_destination.destination;
  if (!dialled) return [];
  return [
    { type: 'leg.transfer_asked', leg, at, target: { kind: 'blind', dialled: userPart(dialled) } },
  ];
}

/**
 * What an event of the engine means. Ends of recordings and of legs in `StasisEnd` need more than the
 * event and are told by `asterisk-engine.ts`.
 */
export function translateEvent(event: AriEvent): readonly EngineFact[] {
  const at = new Date(event.timestamp);
  if ('channel' in event && isMeans(event.channel.id)) return [];
  switch (event.type) {
    case 'StasisStart':
      return arrived(event, at);
    case 'ChannelStateChange':
      return stateChanged(event.channel, at);
    case 'Dial':
      return event.dialstatus === 'PROGRESS'
        ? [{ type: 'leg.progress', leg: legId(event.peer), at }]
        : [];
    case 'ChannelDestroyed':
      return destroyed(event, at);
    case 'ChannelDtmfReceived':
      return [
        {
          type: 'leg.dtmf',
          leg: legId(event.channel),
          at,
          digit: event.digit,
          durationMs: event.duration_ms,
        },
      ];
    case 'ChannelTalkingStarted':
    case 'ChannelTalkingFinished': {
      const talking = event.type === 'ChannelTalkingStarted';
      return [{ type: 'leg.talking', leg: legId(event.channel), at, talking }];
    }
    case 'ChannelHold':
      return [{ type: 'leg.phone_held', leg: legId(event.channel), at }];
    case 'ChannelUnhold':
      return [{ type: 'leg.phone_resumed', leg: legId(event.channel), at }];
    case 'ChannelTransfer':
      return event.state === null || event.state === undefined ? transferAsked(event, at) : [];
    case 'PlaybackFinished':
      return [
        {
          type: 'playback.finished',
          playback: event.playback.id as PlaybackId,
          at,
          ok: event.playback.state !== 'failed',
        },
      ];
    case 'BridgeDestroyed':
      return [{ type: 'bridge.gone', bridge: event.bridge.id as EngineBridgeId, at }];
    case 'RecordingFinished':
    case 'RecordingFailed':
    case 'StasisEnd':
    case 'ApplicationReplaced':
      return [];
  }
}

/** The recording in an event, if it is about the end of one. */
export const endedRecording = (
  event: AriEvent,
):
  | { readonly id: EngineRecordingId; readonly ok: boolean; readonly durationSeconds: number }
  | undefined =>
  event.type === 'RecordingFinished' || event.type === 'RecordingFailed'
    ? {
        id: event.recording.name as EngineRecordingId,
        ok: event.type === 'RecordingFinished',
        durationSeconds: event.recording.duration ?? 0,
      }
    : undefined;
