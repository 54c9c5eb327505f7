import type { AriChannelTransfer, AriEventTypes } from './ari-types.generated.ts';

export type { AriChannel } from './ari-types.generated.ts';

/** What the application asks the engine to send; `RESTResponse` keeps commands over the socket possible. */
export const wantedEvents = [
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'ChannelDestroyed',
  'ChannelDtmfReceived',
  'ChannelTalkingStarted',
  'ChannelTalkingFinished',
  'ChannelHold',
  'ChannelUnhold',
  'Dial',
  'ChannelTransfer',
  'PlaybackFinished',
  'RecordingFinished',
  'RecordingFailed',
  'BridgeDestroyed',
  'RESTResponse',
] as const satisfies readonly (keyof AriEventTypes)[];

/** A transfer that is asked for has the state `null`, which the description does not say. */
type ChannelTransfer = Omit<AriChannelTransfer, 'state'> & { readonly state?: string | null };

/** That another server has taken over comes unasked. */
type Heard =
  | Exclude<(typeof wantedEvents)[number], 'ChannelTransfer' | 'RESTResponse'>
  | 'ApplicationReplaced';

/** The engine's messages that Polyvox reads. */
export type AriEvent = AriEventTypes[Heard] | ChannelTransfer;
