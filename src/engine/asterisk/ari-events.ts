/** The parts of the engine's messages that Polyvox reads. @see Asterisk 22 ARI, events */
export interface AriChannel {
  readonly id: string;
  /** Such as `PJSIP/201@acme.example-0000001a`. */
  readonly name: string;
  readonly state: string;
  readonly caller: { readonly name: string; readonly number: string };
  readonly creationtime: string;
  readonly dialplan?: { readonly app_name?: string; readonly app_data?: string };
}

interface At {
  readonly timestamp: string;
}

export type AriEvent = At &
  (
    | {
        readonly type: 'StasisStart';
        readonly args: readonly string[];
        readonly channel: AriChannel;
      }
    | { readonly type: 'StasisEnd'; readonly channel: AriChannel }
    | { readonly type: 'ChannelStateChange'; readonly channel: AriChannel }
    | {
        readonly type: 'ChannelDestroyed';
        readonly channel: AriChannel;
        readonly cause: number;
        readonly tech_cause?: number;
      }
    | {
        readonly type: 'ChannelDtmfReceived';
        readonly channel: AriChannel;
        readonly digit: string;
        readonly duration_ms: number;
      }
    | { readonly type: 'ChannelHold' | 'ChannelUnhold'; readonly channel: AriChannel }
    | { readonly type: 'Dial'; readonly dialstatus: string; readonly peer: AriChannel }
    | {
        readonly type: 'ChannelTransfer';
        readonly state: string | null;
        readonly refer_to: {
          readonly requested_destination: {
            readonly destination?: string;
            readonly additional_protocol_params?: readonly unknown[];
          };
          readonly destination_channel?: AriChannel;
        };
        readonly referred_by: { readonly source_channel: AriChannel };
      }
    | {
        readonly type: 'PlaybackFinished';
        readonly playback: { readonly id: string; readonly state: string };
      }
    | {
        readonly type: 'RecordingFinished' | 'RecordingFailed';
        readonly recording: {
          readonly name: string;
          readonly duration?: number;
          readonly target_uri: string;
        };
      }
    | { readonly type: 'BridgeDestroyed'; readonly bridge: { readonly id: string } }
    | { readonly type: 'ApplicationReplaced' }
  );

/** What the application asks the engine to send; `RESTResponse` keeps commands over the socket possible. */
export const wantedEvents = [
  'StasisStart',
  'StasisEnd',
  'ChannelStateChange',
  'ChannelDestroyed',
  'ChannelDtmfReceived',
  'ChannelHold',
  'ChannelUnhold',
  'Dial',
  'ChannelTransfer',
  'PlaybackFinished',
  'RecordingFinished',
  'RecordingFailed',
  'BridgeDestroyed',
  'RESTResponse',
] as const;
