// Made by scripts/generate-ari-types.mjs from the API description of Asterisk 22.10.1. Not to be edited.

/** Details of a Stasis application */
export interface AriApplication {
  /** Name of this application */
  readonly name: string;
  /** Id's for channels subscribed to. */
  readonly channel_ids: readonly string[];
  /** Id's for bridges subscribed to. */
  readonly bridge_ids: readonly string[];
  /** {tech}/{resource} for endpoints subscribed to. */
  readonly endpoint_ids: readonly string[];
  /** Names of the devices subscribed to. */
  readonly device_names: readonly string[];
  /** Event types sent to the application. */
  readonly events_allowed: readonly (Readonly<Record<string, unknown>>)[];
  /** Event types not sent to the application. */
  readonly events_disallowed: readonly (Readonly<Record<string, unknown>>)[];
}

/** Info about how Asterisk was built */
export interface AriBuildInfo {
  /** OS Asterisk was built on. */
  readonly os: string;
  /** Kernel version Asterisk was built on. */
  readonly kernel: string;
  /** Compile time options, or empty string if default. */
  readonly options: string;
  /** Machine architecture (x86_64, i686, ppc, etc.) */
  readonly machine: string;
  /** Date and time when Asterisk was built. */
  readonly date: string;
  /** Username that build Asterisk */
  readonly user: string;
}

/** Info about Asterisk */
export interface AriSystemInfo {
  /** Asterisk version. */
  readonly version: string;
  readonly entity_id: string;
}

/** Effective user/group id */
export interface AriSetId {
  /** Effective user id. */
  readonly user: string;
  /** Effective group id. */
  readonly group: string;
}

/** Info about Asterisk configuration */
export interface AriConfigInfo {
  /** Asterisk system name. */
  readonly name: string;
  /** Default language for media playback. */
  readonly default_language: string;
  /** Maximum number of simultaneous channels. */
  readonly max_channels?: number;
  /** Maximum number of open file handles (files, sockets). */
  readonly max_open_files?: number;
  /** Maximum load avg on system. */
  readonly max_load?: number;
  /** Effective user/group id for running Asterisk. */
  readonly setid: AriSetId;
}

/** Info about Asterisk status */
export interface AriStatusInfo {
  /** Time when Asterisk was started. */
  readonly startup_time: string;
  /** Time when Asterisk was last reloaded. */
  readonly last_reload_time: string;
}

/** Asterisk system information */
export interface AriAsteriskInfo {
  /** Info about how Asterisk was built */
  readonly build?: AriBuildInfo;
  /** Info about the system running Asterisk */
  readonly system?: AriSystemInfo;
  /** Info about Asterisk configuration */
  readonly config?: AriConfigInfo;
  /** Info about Asterisk status */
  readonly status?: AriStatusInfo;
}

/** Asterisk ping information */
export interface AriAsteriskPing {
  /** Asterisk id info */
  readonly asterisk_id: string;
  /** Always string value is pong */
  readonly ping: string;
  /** The timestamp string of request received time */
  readonly timestamp: string;
}

/** Details of an Asterisk module */
export interface AriModule {
  /** The name of this module */
  readonly name: string;
  /** The description of this module */
  readonly description: string;
  /** The number of times this module is being used */
  readonly use_count: number;
  /** The running status of this module */
  readonly status: string;
  /** The support state of this module */
  readonly support_level: string;
}

/** Details of an Asterisk log channel */
export interface AriLogChannel {
  /** The log channel path */
  readonly channel: string;
  /** Types of logs for the log channel */
  readonly type: string;
  /** Whether or not a log type is enabled */
  readonly status: string;
  /** The various log levels */
  readonly configuration: string;
}

/** The value of a channel variable */
export interface AriVariable {
  /** The value of the variable requested */
  readonly value: string;
}

/** A dictionary of channel variables */
export interface AriVariables {
  /** A dictionary of channel variables */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A key/value pair that makes up part of a configuration object. */
export interface AriConfigTuple {
  /** A configuration object attribute. */
  readonly attribute: string;
  /** The value for the attribute. */
  readonly value: string;
}

/**
 * The merging of media from one or more channels.
 *
 * Everyone on the bridge receives the same audio.
 */
export interface AriBridge {
  /** Unique identifier for this bridge */
  readonly id: string;
  /** Name of the current bridging technology */
  readonly technology: string;
  /** Type of bridge technology */
  readonly bridge_type: 'mixing' | 'holding';
  /** Bridging class */
  readonly bridge_class: string;
  /** Entity that created the bridge */
  readonly creator: string;
  /** Name the creator gave the bridge */
  readonly name: string;
  /** Ids of channels participating in this bridge */
  readonly channels: readonly string[];
  /** The video mode the bridge is using. One of 'none', 'talker', 'sfu', or 'single'. */
  readonly video_mode?: string;
  /** The ID of the channel that is the source of video in this bridge, if one exists. */
  readonly video_source_id?: string;
  /** Timestamp when bridge was created */
  readonly creationtime: string;
  /** Bridge variables */
  readonly bridgevars?: Readonly<Record<string, unknown>>;
}

/** Dialed channel information. */
export interface AriDialed {
}

/** Dialplan location (context/extension/priority) */
export interface AriDialplanCEP {
  /** Context in the dialplan */
  readonly context: string;
  /** Extension in the dialplan */
  readonly exten: string;
  /** Priority in the dialplan */
  readonly priority: number;
  /** Name of current dialplan application */
  readonly app_name: string;
  /** Parameter of current dialplan application */
  readonly app_data: string;
}

/** Caller identification */
export interface AriCallerID {
  readonly name: string;
  readonly number: string;
}

/** A statistics of a RTP. */
export interface AriRTPstat {
  /** Number of packets transmitted. */
  readonly txcount: number;
  /** Number of packets received. */
  readonly rxcount: number;
  /** Jitter on transmitted packets. */
  readonly txjitter?: number;
  /** Jitter on received packets. */
  readonly rxjitter?: number;
  /** Maximum jitter on remote side. */
  readonly remote_maxjitter?: number;
  /** Minimum jitter on remote side. */
  readonly remote_minjitter?: number;
  /** Average jitter on remote side. */
  readonly remote_normdevjitter?: number;
  /** Standard deviation jitter on remote side. */
  readonly remote_stdevjitter?: number;
  /** Maximum jitter on local side. */
  readonly local_maxjitter?: number;
  /** Minimum jitter on local side. */
  readonly local_minjitter?: number;
  /** Average jitter on local side. */
  readonly local_normdevjitter?: number;
  /** Standard deviation jitter on local side. */
  readonly local_stdevjitter?: number;
  /** Number of transmitted packets lost. */
  readonly txploss: number;
  /** Number of received packets lost. */
  readonly rxploss: number;
  /** Maximum number of packets lost on remote side. */
  readonly remote_maxrxploss?: number;
  /** Minimum number of packets lost on remote side. */
  readonly remote_minrxploss?: number;
  /** Average number of packets lost on remote side. */
  readonly remote_normdevrxploss?: number;
  /** Standard deviation packets lost on remote side. */
  readonly remote_stdevrxploss?: number;
  /** Maximum number of packets lost on local side. */
  readonly local_maxrxploss?: number;
  /** Minimum number of packets lost on local side. */
  readonly local_minrxploss?: number;
  /** Average number of packets lost on local side. */
  readonly local_normdevrxploss?: number;
  /** Standard deviation packets lost on local side. */
  readonly local_stdevrxploss?: number;
  /** Total round trip time. */
  readonly rtt?: number;
  /** Maximum round trip time. */
  readonly maxrtt?: number;
  /** Minimum round trip time. */
  readonly minrtt?: number;
  /** Average round trip time. */
  readonly normdevrtt?: number;
  /** Standard deviation round trip time. */
  readonly stdevrtt?: number;
  /** Our SSRC. */
  readonly local_ssrc: number;
  /** Their SSRC. */
  readonly remote_ssrc: number;
  /** Number of octets transmitted. */
  readonly txoctetcount: number;
  /** Number of octets received. */
  readonly rxoctetcount: number;
  /** The Asterisk channel's unique ID that owns this instance. */
  readonly channel_uniqueid: string;
}

/** A specific communication connection between Asterisk and an Endpoint. */
export interface AriChannel {
  /**
   * Unique identifier of the channel.
   *
   * This is the same as the Uniqueid field in AMI.
   */
  readonly id: string;
  /** Protocol id from underlying channel driver (i.e. Call-ID for chan_pjsip; will be empty if not applicable or not implemented by driver). */
  readonly protocol_id: string;
  /** Name of the channel (i.e. SIP/foo-0000a7e3) */
  readonly name: string;
  readonly state: 'Down' | 'Rsrved' | 'OffHook' | 'Dialing' | 'Ring' | 'Ringing' | 'Up' | 'Busy' | 'Dialing Offhook' | 'Pre-ring' | 'Unknown';
  readonly caller: AriCallerID;
  readonly connected: AriCallerID;
  readonly accountcode: string;
  /** Current location in the dialplan */
  readonly dialplan: AriDialplanCEP;
  /** Timestamp when channel was created */
  readonly creationtime: string;
  /** The default spoken language */
  readonly language: string;
  /** Channel variables */
  readonly channelvars?: Readonly<Record<string, unknown>>;
  /** The Caller ID RDNIS */
  readonly caller_rdnis?: string;
  /** The Tenant ID for the channel */
  readonly tenantid?: string;
}

/** Represents the state of a device. */
export interface AriDeviceState {
  /** Name of the device. */
  readonly name: string;
  /** Device's state */
  readonly state: 'UNKNOWN' | 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD';
}

/**
 * An external device that may offer/accept calls to/from Asterisk.
 *
 * Unlike most resources, which have a single unique identifier, an endpoint is uniquely identified by the technology/resource pair.
 */
export interface AriEndpoint {
  /** Technology of the endpoint */
  readonly technology: string;
  /** Identifier of the endpoint, specific to the given technology. */
  readonly resource: string;
  /** Endpoint's state */
  readonly state?: 'unknown' | 'offline' | 'online';
  /** Id's of channels associated with this endpoint */
  readonly channel_ids: readonly string[];
}

/** A text message. */
export interface AriTextMessage {
  /** A technology specific URI specifying the source of the message. For pjsip technology, any SIP URI can be specified. For xmpp, the URI must correspond to the client connection being used to send the message. */
  readonly from: string;
  /** A technology specific URI specifying the destination of the message. Valid technologies include pjsip, and xmp. The destination of a message should be an endpoint. */
  readonly to: string;
  /** The text of the message. */
  readonly body: string;
  /** Technology specific key/value pairs (JSON object) associated with the message. */
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Base type for errors and events */
export interface AriMessage {
  /** Indicates the type of this message. */
  readonly type: string;
  /** The unique ID for the Asterisk instance that raised this event. */
  readonly asterisk_id?: string;
}

/** Error event sent when required params are missing. */
export interface AriMissingParams extends AriMessage {
  readonly type: 'MissingParams';
  /** A list of the missing parameters */
  readonly params: readonly string[];
}

/** Base type for asynchronous events from Asterisk. */
export interface AriEvent extends AriMessage {
  /** Name of the application receiving the event. */
  readonly application: string;
  /** Time at which this event was created. */
  readonly timestamp: string;
}

/** Detailed information about a contact on an endpoint. */
export interface AriContactInfo {
  /** The location of the contact. */
  readonly uri: string;
  /** The current status of the contact. */
  readonly contact_status: 'Unreachable' | 'Reachable' | 'Unknown' | 'NonQualified' | 'Removed';
  /** The Address of Record this contact belongs to. */
  readonly aor: string;
  /** Current round trip time, in microseconds, for the contact. */
  readonly roundtrip_usec?: string;
}

/** Detailed information about a remote peer that communicates with Asterisk. */
export interface AriPeer {
  /** The current state of the peer. Note that the values of the status are dependent on the underlying peer technology. */
  readonly peer_status: string;
  /** An optional reason associated with the change in peer_status. */
  readonly cause?: string;
  /** The IP address of the peer. */
  readonly address?: string;
  /** The port of the peer. */
  readonly port?: string;
  /** The last known time the peer was contacted. */
  readonly time?: string;
}

/** Notification that a device state has changed. */
export interface AriDeviceStateChanged extends AriEvent {
  readonly type: 'DeviceStateChanged';
  /** Device state object */
  readonly device_state: AriDeviceState;
}

/** Event showing the start of a media playback operation. */
export interface AriPlaybackStarted extends AriEvent {
  readonly type: 'PlaybackStarted';
  /** Playback control object */
  readonly playback: AriPlayback;
}

/** Event showing the continuation of a media playback operation from one media URI to the next in the list. */
export interface AriPlaybackContinuing extends AriEvent {
  readonly type: 'PlaybackContinuing';
  /** Playback control object */
  readonly playback: AriPlayback;
}

/** Event showing the completion of a media playback operation. */
export interface AriPlaybackFinished extends AriEvent {
  readonly type: 'PlaybackFinished';
  /** Playback control object */
  readonly playback: AriPlayback;
}

/** Event showing the start of a recording operation. */
export interface AriRecordingStarted extends AriEvent {
  readonly type: 'RecordingStarted';
  /** Recording control object */
  readonly recording: AriLiveRecording;
}

/** Event showing the completion of a recording operation. */
export interface AriRecordingFinished extends AriEvent {
  readonly type: 'RecordingFinished';
  /** Recording control object */
  readonly recording: AriLiveRecording;
}

/** Event showing failure of a recording operation. */
export interface AriRecordingFailed extends AriEvent {
  readonly type: 'RecordingFailed';
  /** Recording control object */
  readonly recording: AriLiveRecording;
}

/** Notification that trying to move a channel to another Stasis application failed. */
export interface AriApplicationMoveFailed extends AriEvent {
  readonly type: 'ApplicationMoveFailed';
  readonly channel: AriChannel;
  readonly destination: string;
  /** Arguments to the application */
  readonly args: readonly string[];
}

/** Notification that a Stasis app has been registered. */
export interface AriApplicationRegistered extends AriEvent {
  readonly type: 'ApplicationRegistered';
}

/** Notification that a Stasis app has been unregistered. */
export interface AriApplicationUnregistered extends AriEvent {
  readonly type: 'ApplicationUnregistered';
}

/**
 * Notification that another WebSocket has taken over for an application.
 *
 * An application may only be subscribed to by a single WebSocket at a time. If multiple WebSockets attempt to subscribe to the same application, the newer WebSocket wins, and the older one receives this event.
 */
export interface AriApplicationReplaced extends AriEvent {
  readonly type: 'ApplicationReplaced';
}

/** Notification that a bridge has been created. */
export interface AriBridgeCreated extends AriEvent {
  readonly type: 'BridgeCreated';
  readonly bridge: AriBridge;
}

/** Notification that a bridge has been destroyed. */
export interface AriBridgeDestroyed extends AriEvent {
  readonly type: 'BridgeDestroyed';
  readonly bridge: AriBridge;
}

/** Notification that one bridge has merged into another. */
export interface AriBridgeMerged extends AriEvent {
  readonly type: 'BridgeMerged';
  readonly bridge: AriBridge;
  readonly bridge_from: AriBridge;
}

/** Notification that the source of video in a bridge has changed. */
export interface AriBridgeVideoSourceChanged extends AriEvent {
  readonly type: 'BridgeVideoSourceChanged';
  readonly bridge: AriBridge;
  readonly old_video_source_id?: string;
}

/** Notification that a blind transfer has occurred. */
export interface AriBridgeBlindTransfer extends AriEvent {
  readonly type: 'BridgeBlindTransfer';
  /** The channel performing the blind transfer */
  readonly channel: AriChannel;
  /** The channel that is replacing transferer when the transferee(s) can not be transferred directly */
  readonly replace_channel?: AriChannel;
  /** The channel that is being transferred */
  readonly transferee?: AriChannel;
  /** The extension transferred to */
  readonly exten: string;
  /** The context transferred to */
  readonly context: string;
  /** The result of the transfer attempt */
  readonly result: string;
  /** Whether the transfer was externally initiated or not */
  readonly is_external: boolean;
  /** The bridge being transferred */
  readonly bridge?: AriBridge;
}

/** Notification that an attended transfer has occurred. */
export interface AriBridgeAttendedTransfer extends AriEvent {
  readonly type: 'BridgeAttendedTransfer';
  /** First leg of the transferer */
  readonly transferer_first_leg: AriChannel;
  /** Second leg of the transferer */
  readonly transferer_second_leg: AriChannel;
  /** The channel that is replacing transferer_first_leg in the swap */
  readonly replace_channel?: AriChannel;
  /** The channel that is being transferred */
  readonly transferee?: AriChannel;
  /** The channel that is being transferred to */
  readonly transfer_target?: AriChannel;
  /** The result of the transfer attempt */
  readonly result: string;
  /** Whether the transfer was externally initiated or not */
  readonly is_external: boolean;
  /** Bridge the transferer first leg is in */
  readonly transferer_first_leg_bridge?: AriBridge;
  /** Bridge the transferer second leg is in */
  readonly transferer_second_leg_bridge?: AriBridge;
  /** How the transfer was accomplished */
  readonly destination_type: string;
  /** Bridge that survived the merge result */
  readonly destination_bridge?: string;
  /** Application that has been transferred into */
  readonly destination_application?: string;
  /** First leg of a link transfer result */
  readonly destination_link_first_leg?: AriChannel;
  /** Second leg of a link transfer result */
  readonly destination_link_second_leg?: AriChannel;
  /** Transferer channel that survived the threeway result */
  readonly destination_threeway_channel?: AriChannel;
  /** Bridge that survived the threeway result */
  readonly destination_threeway_bridge?: AriBridge;
}

/** Notification that a channel has been created. */
export interface AriChannelCreated extends AriEvent {
  readonly type: 'ChannelCreated';
  readonly channel: AriChannel;
}

/** Notification that a channel has been destroyed. */
export interface AriChannelDestroyed extends AriEvent {
  readonly type: 'ChannelDestroyed';
  /** Integer representation of the cause of the hangup */
  readonly cause: number;
  /** Text representation of the cause of the hangup */
  readonly cause_txt: string;
  /** Integer representation of the technology-specific off-nominal cause of the hangup. */
  readonly tech_cause?: number;
  readonly channel: AriChannel;
}

/** Notification that a channel has entered a bridge. */
export interface AriChannelEnteredBridge extends AriEvent {
  readonly type: 'ChannelEnteredBridge';
  readonly bridge: AriBridge;
  readonly channel?: AriChannel;
}

/** Notification that a channel has left a bridge. */
export interface AriChannelLeftBridge extends AriEvent {
  readonly type: 'ChannelLeftBridge';
  readonly bridge: AriBridge;
  readonly channel: AriChannel;
}

/** Notification of a channel's state change. */
export interface AriChannelStateChange extends AriEvent {
  readonly type: 'ChannelStateChange';
  readonly channel: AriChannel;
}

/**
 * DTMF received on a channel.
 *
 * This event is sent when the DTMF ends. There is no notification about the start of DTMF
 */
export interface AriChannelDtmfReceived extends AriEvent {
  readonly type: 'ChannelDtmfReceived';
  /** DTMF digit received (0-9, A-E, # or *) */
  readonly digit: string;
  /** Number of milliseconds DTMF was received */
  readonly duration_ms: number;
  /** The channel on which DTMF was received */
  readonly channel: AriChannel;
}

/** Channel changed location in the dialplan. */
export interface AriChannelDialplan extends AriEvent {
  readonly type: 'ChannelDialplan';
  /** The channel that changed dialplan location. */
  readonly channel: AriChannel;
  /** The application about to be executed. */
  readonly dialplan_app: string;
  /** The data to be passed to the application. */
  readonly dialplan_app_data: string;
}

/** Channel changed Caller ID. */
export interface AriChannelCallerId extends AriEvent {
  readonly type: 'ChannelCallerId';
  /** The integer representation of the Caller Presentation value. */
  readonly caller_presentation: number;
  /** The text representation of the Caller Presentation value. */
  readonly caller_presentation_txt: string;
  /** The channel that changed Caller ID. */
  readonly channel: AriChannel;
}

/** User-generated event with additional user-defined fields in the object. */
export interface AriChannelUserevent extends AriEvent {
  readonly type: 'ChannelUserevent';
  /** The name of the user event. */
  readonly eventname: string;
  /** A channel that is signaled with the user event. */
  readonly channel?: AriChannel;
  /** A bridge that is signaled with the user event. */
  readonly bridge?: AriBridge;
  /** A endpoint that is signaled with the user event. */
  readonly endpoint?: AriEndpoint;
  /** Custom Userevent data */
  readonly userevent: Readonly<Record<string, unknown>>;
}

/** A hangup was requested on the channel. */
export interface AriChannelHangupRequest extends AriEvent {
  readonly type: 'ChannelHangupRequest';
  /** Integer representation of the cause of the hangup. */
  readonly cause?: number;
  /** Integer representation of the technology-specific off-nominal cause of the hangup. */
  readonly tech_cause?: number;
  /** Whether the hangup request was a soft hangup request. */
  readonly soft?: boolean;
  /** The channel on which the hangup was requested. */
  readonly channel: AriChannel;
}

/** Channel variable changed. */
export interface AriChannelVarset extends AriEvent {
  readonly type: 'ChannelVarset';
  /** The variable that changed. */
  readonly variable: string;
  /** The new value of the variable. */
  readonly value: string;
  /**
   * The channel on which the variable was set.
   *
   * If missing, the variable is a global variable.
   */
  readonly channel?: AriChannel;
}

/** A channel initiated a media hold. */
export interface AriChannelHold extends AriEvent {
  readonly type: 'ChannelHold';
  /** The channel that initiated the hold event. */
  readonly channel: AriChannel;
  /** The music on hold class that the initiator requested. */
  readonly musicclass?: string;
}

/** A channel initiated a media unhold. */
export interface AriChannelUnhold extends AriEvent {
  readonly type: 'ChannelUnhold';
  /** The channel that initiated the unhold event. */
  readonly channel: AriChannel;
}

/** Tone was detected on the channel. */
export interface AriChannelToneDetected extends AriEvent {
  readonly type: 'ChannelToneDetected';
  /** The channel the tone was detected on. */
  readonly channel: AriChannel;
}

/** Talking was detected on the channel. */
export interface AriChannelTalkingStarted extends AriEvent {
  readonly type: 'ChannelTalkingStarted';
  /** The channel on which talking started. */
  readonly channel: AriChannel;
}

/** Talking is no longer detected on the channel. */
export interface AriChannelTalkingFinished extends AriEvent {
  readonly type: 'ChannelTalkingFinished';
  /** The channel on which talking completed. */
  readonly channel: AriChannel;
  /** The length of time, in milliseconds, that talking was detected on the channel */
  readonly duration: number;
}

/** The state of a contact on an endpoint has changed. */
export interface AriContactStatusChange extends AriEvent {
  readonly type: 'ContactStatusChange';
  readonly endpoint: AriEndpoint;
  readonly contact_info: AriContactInfo;
}

/** The state of a peer associated with an endpoint has changed. */
export interface AriPeerStatusChange extends AriEvent {
  readonly type: 'PeerStatusChange';
  readonly endpoint: AriEndpoint;
  readonly peer: AriPeer;
}

/** Endpoint state changed. */
export interface AriEndpointStateChange extends AriEvent {
  readonly type: 'EndpointStateChange';
  readonly endpoint: AriEndpoint;
}

/** Dialing state has changed. */
export interface AriDial extends AriEvent {
  readonly type: 'Dial';
  /** The calling channel. */
  readonly caller?: AriChannel;
  /** The dialed channel. */
  readonly peer: AriChannel;
  /** Forwarding target requested by the original dialed channel. */
  readonly forward?: string;
  /** Channel that the caller has been forwarded to. */
  readonly forwarded?: AriChannel;
  /** The dial string for calling the peer channel. */
  readonly dialstring?: string;
  /** Current status of the dialing attempt to the peer. */
  readonly dialstatus: string;
}

/** Notification that a channel has left a Stasis application. */
export interface AriStasisEnd extends AriEvent {
  readonly type: 'StasisEnd';
  readonly channel: AriChannel;
}

/** Notification that a channel has entered a Stasis application. */
export interface AriStasisStart extends AriEvent {
  readonly type: 'StasisStart';
  /** Arguments to the application */
  readonly args: readonly string[];
  readonly channel: AriChannel;
  readonly replace_channel?: AriChannel;
}

/** A text message was received from an endpoint. */
export interface AriTextMessageReceived extends AriEvent {
  readonly type: 'TextMessageReceived';
  readonly message: AriTextMessage;
  readonly endpoint?: AriEndpoint;
}

/** Channel changed Connected Line. */
export interface AriChannelConnectedLine extends AriEvent {
  readonly type: 'ChannelConnectedLine';
  /** The channel whose connected line has changed. */
  readonly channel: AriChannel;
}

/** transfer on a channel. */
export interface AriChannelTransfer extends AriEvent {
  readonly type: 'ChannelTransfer';
  /** Transfer State */
  readonly state?: string;
  /** Refer-To information with optionally both affected channels */
  readonly refer_to: AriReferTo;
  /** Referred-By SIP Header according rfc3892 */
  readonly referred_by: AriReferredBy;
}

/** transfer destination requested by transferee */
export interface AriReferTo {
  readonly requested_destination: AriRequiredDestination;
  /** The Channel Object, that is to be replaced */
  readonly destination_channel?: AriChannel;
  /** Channel, connected to the to be replaced channel */
  readonly connected_channel?: AriChannel;
  /** Bridge connecting both destination channels */
  readonly bridge?: AriBridge;
}

/** transfer destination requested by transferee */
export interface AriReferredBy {
  /** The channel on which the refer was received */
  readonly source_channel: AriChannel;
  /** Channel, Connected to the channel, receiving the transfer request on. */
  readonly connected_channel?: AriChannel;
  /** Bridge connecting both Channels */
  readonly bridge?: AriBridge;
}

/** Information about the requested destination */
export interface AriRequiredDestination {
  /** the requested protocol-id by the referee in case of SIP channel, this is a SIP Call ID, Mutually exclusive to destination */
  readonly protocol_id?: string;
  /** Destination User Part. Only for Blind transfer. Mutually exclusive to protocol_id */
  readonly destination?: string;
  /** List of additional protocol specific information */
  readonly additional_protocol_params?: readonly AriAdditionalParam[];
}

/** Protocol specific additional parameter */
export interface AriAdditionalParam {
  /** Name of the parameter */
  readonly parameter_name: string;
  /** Value of the parameter */
  readonly parameter_value: string;
}

/** REST over Websocket header */
export interface AriRESTHeader {
  /** Header name */
  readonly name: string;
  /** Header value */
  readonly value: string;
}

/** REST over Websocket Query String Parameter */
export interface AriRESTQueryStringParameter {
  /** Parameter name */
  readonly name: string;
  /** Parameter value */
  readonly value: string;
}

/** REST over Websocket Request. */
export interface AriRESTRequest {
  /** Message type.  Must be 'RESTRequest' */
  readonly type: string;
  /** Opaque transaction id.  Can be any valid string.  Will be returned in any response to this request. */
  readonly transaction_id: string;
  /** Opaque request id.  Can be any valid string.  Will be returned in any response to this request. */
  readonly request_id: string;
  /** HTTP method (GET, PUT, POST, DELETE, etc.) */
  readonly method: string;
  /** Resource URI with optional query string parameters. */
  readonly uri: string;
  /** The Content-Type of the message body. */
  readonly content_type?: string;
  /** Request query string parameters. */
  readonly query_strings?: readonly AriRESTQueryStringParameter[];
  /** Request message body. Only content types application/json and application/x-www-form-urlencoded are supported. */
  readonly message_body?: string;
}

/** REST over Websocket Response. */
export interface AriRESTResponse extends AriEvent {
  readonly type: 'RESTResponse';
  /** Opaque transaction id.  Will be whatever was specified on the original request. */
  readonly transaction_id: string;
  /** Opaque request id.  Will be whatever was specified on the original request. */
  readonly request_id: string;
  /** HTTP status code */
  readonly status_code: number;
  /** HTTP reason phrase */
  readonly reason_phrase: string;
  /** Original request resource URI */
  readonly uri: string;
  /** The Content-Type of the message body. */
  readonly content_type?: string;
  /** Response message body */
  readonly message_body?: string;
}

/** Notification that a channel is being broadcast to ARI applications for claiming. */
export interface AriCallBroadcast extends AriEvent {
  readonly type: 'CallBroadcast';
  /** The channel being broadcast. */
  readonly channel: AriChannel;
  /** The caller ID number. */
  readonly caller?: string;
  /** The called number. */
  readonly called?: string;
}

/** Notification that a broadcast channel has been successfully claimed by an ARI application. */
export interface AriCallClaimed extends AriEvent {
  readonly type: 'CallClaimed';
  /** The channel that was claimed. */
  readonly channel: AriChannel;
  /** The name of the ARI application that claimed the channel. */
  readonly winner_app: string;
}

/** Represents the state of a mailbox. */
export interface AriMailbox {
  /** Name of the mailbox. */
  readonly name: string;
  /** Count of old messages in the mailbox. */
  readonly old_messages: number;
  /** Count of new messages in the mailbox. */
  readonly new_messages: number;
}

/** Object representing the playback of media to a channel */
export interface AriPlayback {
  /** ID for this playback operation */
  readonly id: string;
  /** The URI for the media currently being played back. */
  readonly media_uri: string;
  /** If a list of URIs is being played, the next media URI to be played back. */
  readonly next_media_uri?: string;
  /** URI for the channel or bridge to play the media on */
  readonly target_uri: string;
  /** For media types that support multiple languages, the language requested for playback. */
  readonly language?: string;
  /** Current state of the playback operation. */
  readonly state: 'queued' | 'playing' | 'continuing' | 'done' | 'failed';
}

/** A past recording that may be played back. */
export interface AriStoredRecording {
  readonly name: string;
  readonly format: string;
}

/** A recording that is in progress */
export interface AriLiveRecording {
  /** Base name for the recording */
  readonly name: string;
  /** Recording format (wav, gsm, etc.) */
  readonly format: string;
  /** URI for the channel or bridge being recorded */
  readonly target_uri: string;
  readonly state: 'queued' | 'recording' | 'paused' | 'done' | 'failed' | 'canceled';
  /** Duration in seconds of the recording */
  readonly duration?: number;
  /** Duration of talking, in seconds, detected in the recording. This is only available if the recording was initiated with a non-zero maxSilenceSeconds. */
  readonly talking_duration?: number;
  /** Duration of silence, in seconds, detected in the recording. This is only available if the recording was initiated with a non-zero maxSilenceSeconds. */
  readonly silence_duration?: number;
  /** Cause for recording failure if failed */
  readonly cause?: string;
}

/** Identifies the format and language of a sound file */
export interface AriFormatLangPair {
  readonly language: string;
  readonly format: string;
}

/** A media file that may be played back. */
export interface AriSound {
  /** Sound's identifier. */
  readonly id: string;
  /** Text description of the sound, usually the words spoken. */
  readonly text?: string;
  /** The formats and languages in which this sound is available. */
  readonly formats: readonly AriFormatLangPair[];
}

/** Variables of a channel or message, or headers, by name. */
export type AriNewVariables = Readonly<
  Record<string, string | { readonly value: string; readonly report_events?: boolean }>
>;

/** Every event by its `type`. */
export interface AriEventTypes {
  readonly ApplicationMoveFailed: AriApplicationMoveFailed;
  readonly ApplicationRegistered: AriApplicationRegistered;
  readonly ApplicationReplaced: AriApplicationReplaced;
  readonly ApplicationUnregistered: AriApplicationUnregistered;
  readonly BridgeAttendedTransfer: AriBridgeAttendedTransfer;
  readonly BridgeBlindTransfer: AriBridgeBlindTransfer;
  readonly BridgeCreated: AriBridgeCreated;
  readonly BridgeDestroyed: AriBridgeDestroyed;
  readonly BridgeMerged: AriBridgeMerged;
  readonly BridgeVideoSourceChanged: AriBridgeVideoSourceChanged;
  readonly CallBroadcast: AriCallBroadcast;
  readonly CallClaimed: AriCallClaimed;
  readonly ChannelCallerId: AriChannelCallerId;
  readonly ChannelConnectedLine: AriChannelConnectedLine;
  readonly ChannelCreated: AriChannelCreated;
  readonly ChannelDestroyed: AriChannelDestroyed;
  readonly ChannelDialplan: AriChannelDialplan;
  readonly ChannelDtmfReceived: AriChannelDtmfReceived;
  readonly ChannelEnteredBridge: AriChannelEnteredBridge;
  readonly ChannelHangupRequest: AriChannelHangupRequest;
  readonly ChannelHold: AriChannelHold;
  readonly ChannelLeftBridge: AriChannelLeftBridge;
  readonly ChannelStateChange: AriChannelStateChange;
  readonly ChannelTalkingFinished: AriChannelTalkingFinished;
  readonly ChannelTalkingStarted: AriChannelTalkingStarted;
  readonly ChannelToneDetected: AriChannelToneDetected;
  readonly ChannelTransfer: AriChannelTransfer;
  readonly ChannelUnhold: AriChannelUnhold;
  readonly ChannelUserevent: AriChannelUserevent;
  readonly ChannelVarset: AriChannelVarset;
  readonly ContactStatusChange: AriContactStatusChange;
  readonly DeviceStateChanged: AriDeviceStateChanged;
  readonly Dial: AriDial;
  readonly EndpointStateChange: AriEndpointStateChange;
  readonly PeerStatusChange: AriPeerStatusChange;
  readonly PlaybackContinuing: AriPlaybackContinuing;
  readonly PlaybackFinished: AriPlaybackFinished;
  readonly PlaybackStarted: AriPlaybackStarted;
  readonly RESTResponse: AriRESTResponse;
  readonly RecordingFailed: AriRecordingFailed;
  readonly RecordingFinished: AriRecordingFinished;
  readonly RecordingStarted: AriRecordingStarted;
  readonly StasisEnd: AriStasisEnd;
  readonly StasisStart: AriStasisStart;
  readonly TextMessageReceived: AriTextMessageReceived;
}

/**
 * Every operation: what stands in its path, query and body, what it answers, and its error statuses.
 * What belongs into the query may stand in the body instead.
 */
export interface AriOperations {
  /** List all applications. */
  'GET /applications': {
    readonly response: readonly AriApplication[];
    readonly errors: never;
  };
  /** Get details of an application. */
  'GET /applications/{applicationName}': {
    readonly path: {
      /** Application's name */
      readonly applicationName: string;
    };
    readonly response: AriApplication;
    readonly errors: 404;
  };
  /**
   * Subscribe an application to a event source.
   * Returns the state of the application after the subscriptions have changed
   */
  'POST /applications/{applicationName}/subscription': {
    readonly path: {
      /** Application's name */
      readonly applicationName: string;
    };
    readonly query: {
      /** URI for event source (channel:{channelId}, bridge:{bridgeId}, endpoint:{tech}[/{resource}], deviceState:{deviceName} */
      readonly eventSource: readonly string[];
    };
    readonly response: AriApplication;
    readonly errors: 400 | 404 | 422;
  };
  /**
   * Unsubscribe an application from an event source.
   * Returns the state of the application after the subscriptions have changed
   */
  'DELETE /applications/{applicationName}/subscription': {
    readonly path: {
      /** Application's name */
      readonly applicationName: string;
    };
    readonly query: {
      /** URI for event source (channel:{channelId}, bridge:{bridgeId}, endpoint:{tech}[/{resource}], deviceState:{deviceName} */
      readonly eventSource: readonly string[];
    };
    readonly response: AriApplication;
    readonly errors: 400 | 404 | 409 | 422;
  };
  /**
   * Filter application events types.
   * Allowed and/or disallowed event type filtering can be done. The body (parameter) should specify a JSON key/value object that describes the type of event filtering needed. One, or both of the following keys can be designated:<br /><br />"allowed" - Specifies an allowed list of event types<br />"disallowed" - Specifies a disallowed list of event types<br /><br />Further, each of those key's value should be a JSON array that holds zero, or more JSON key/value objects. Each of these objects must contain the following key with an associated value:<br /><br />"type" - The type name of the event to filter<br /><br />The value must be the string name (case sensitive) of the event type that needs filtering. For example:<br /><br />{ "allowed": [ { "type": "StasisStart" }, { "type": "StasisEnd" } ] }<br /><br />As this specifies only an allowed list, then only those two event type messages are sent to the application. No other event messages are sent.<br /><br />The following rules apply:<br /><br />* If the body is empty, both the allowed and disallowed filters are set empty.<br />* If both list types are given then both are set to their respective values (note, specifying an empty array for a given type sets that type to empty).<br />* If only one list type is given then only that type is set. The other type is not updated.<br />* An empty "allowed" list means all events are allowed.<br />* An empty "disallowed" list means no events are disallowed.<br />* Disallowed events take precedence over allowed events if the event type is specified in both lists.
   */
  'PUT /applications/{applicationName}/eventFilter': {
    readonly path: {
      /** Application's name */
      readonly applicationName: string;
    };
    /** Specify which event types to allow/disallow */
    readonly body: Readonly<Record<string, unknown>>;
    readonly response: AriApplication;
    readonly errors: 400 | 404;
  };
  /** Retrieve a dynamic configuration object. */
  'GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}': {
    readonly path: {
      /** The configuration class containing dynamic configuration objects. */
      readonly configClass: string;
      /** The type of configuration object to retrieve. */
      readonly objectType: string;
      /** The unique identifier of the object to retrieve. */
      readonly id: string;
    };
    readonly response: readonly AriConfigTuple[];
    readonly errors: 404;
  };
  /** Create or update a dynamic configuration object. */
  'PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}': {
    readonly path: {
      /** The configuration class containing dynamic configuration objects. */
      readonly configClass: string;
      /** The type of configuration object to create or update. */
      readonly objectType: string;
      /** The unique identifier of the object to create or update. */
      readonly id: string;
    };
    readonly body: {
      /** The body object should have a value that is a list of ConfigTuples, which provide the fields to update. Ex. [ { "attribute": "directmedia", "value": "false" } ] */
      readonly fields?: readonly AriConfigTuple[] | undefined;
    };
    readonly response: readonly AriConfigTuple[];
    readonly errors: 400 | 403 | 404;
  };
  /** Delete a dynamic configuration object. */
  'DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}': {
    readonly path: {
      /** The configuration class containing dynamic configuration objects. */
      readonly configClass: string;
      /** The type of configuration object to delete. */
      readonly objectType: string;
      /** The unique identifier of the object to delete. */
      readonly id: string;
    };
    readonly response: undefined;
    readonly errors: 403 | 404;
  };
  /** Gets Asterisk system information. */
  'GET /asterisk/info': {
    readonly query: {
      /** Filter information returned */
      readonly only?: readonly ('build' | 'system' | 'config' | 'status')[] | undefined;
    };
    readonly response: AriAsteriskInfo;
    readonly errors: never;
  };
  /** Response pong message. */
  'GET /asterisk/ping': {
    readonly response: AriAsteriskPing;
    readonly errors: never;
  };
  /** List Asterisk modules. */
  'GET /asterisk/modules': {
    readonly response: readonly AriModule[];
    readonly errors: never;
  };
  /** Get Asterisk module information. */
  'GET /asterisk/modules/{moduleName}': {
    readonly path: {
      /** Module's name */
      readonly moduleName: string;
    };
    readonly response: AriModule;
    readonly errors: 404 | 409;
  };
  /** Load an Asterisk module. */
  'POST /asterisk/modules/{moduleName}': {
    readonly path: {
      /** Module's name */
      readonly moduleName: string;
    };
    readonly response: undefined;
    readonly errors: 409;
  };
  /** Unload an Asterisk module. */
  'DELETE /asterisk/modules/{moduleName}': {
    readonly path: {
      /** Module's name */
      readonly moduleName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Reload an Asterisk module. */
  'PUT /asterisk/modules/{moduleName}': {
    readonly path: {
      /** Module's name */
      readonly moduleName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Gets Asterisk log channel information. */
  'GET /asterisk/logging': {
    readonly response: readonly AriLogChannel[];
    readonly errors: never;
  };
  /** Adds a log channel. */
  'POST /asterisk/logging/{logChannelName}': {
    readonly path: {
      /** The log channel to add */
      readonly logChannelName: string;
    };
    readonly query: {
      /** levels of the log channel */
      readonly configuration: string;
    };
    readonly response: undefined;
    readonly errors: 400 | 409;
  };
  /** Deletes a log channel. */
  'DELETE /asterisk/logging/{logChannelName}': {
    readonly path: {
      /** Log channels name */
      readonly logChannelName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Rotates a log channel. */
  'PUT /asterisk/logging/{logChannelName}/rotate': {
    readonly path: {
      /** Log channel's name */
      readonly logChannelName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Get the value of a global variable. */
  'GET /asterisk/variable': {
    readonly query: {
      /** The variable to get */
      readonly variable: string;
    };
    readonly response: AriVariable;
    readonly errors: 400;
  };
  /** Set the value of a global variable. */
  'POST /asterisk/variable': {
    readonly query: {
      /** The variable to set */
      readonly variable: string;
      /** The value to set the variable to */
      readonly value?: string | undefined;
    };
    readonly response: undefined;
    readonly errors: 400;
  };
  /** List all active bridges in Asterisk. */
  'GET /bridges': {
    readonly response: readonly AriBridge[];
    readonly errors: never;
  };
  /**
   * Create a new bridge.
   * This bridge persists until it has been shut down, or Asterisk has been shut down.
   */
  'POST /bridges': {
    readonly query: {
      /** Comma separated list of bridge type attributes (mixing, holding, dtmf_events, proxy_media, video_sfu, video_single, sdp_label). */
      readonly type?: string | undefined;
      /** Unique ID to give to the bridge being created. */
      readonly bridgeId?: string | undefined;
      /** Name to give to the bridge being created. */
      readonly name?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the bridge on creation. Each variable is an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in bridge events (defaults to false).   Ex. { "name": "SupportBridge", "variables": {  "Bridge_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriBridge;
    readonly errors: 409;
  };
  /**
   * Create a new bridge.
   * This bridge persists until it has been shut down, or Asterisk has been shut down.
   */
  'POST /bridges/{bridgeId}': {
    readonly path: {
      /** Unique ID to give to the bridge being created. */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Comma separated list of bridge type attributes (mixing, holding, dtmf_events, proxy_media, video_sfu, video_single, sdp_label) to set. */
      readonly type?: string | undefined;
      /** Set the name of the bridge. */
      readonly name?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the bridge on creation. Each variable is an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in bridge events (defaults to false).   Ex. { "name": "SupportBridge", "variables": {  "Bridge_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriBridge;
    readonly errors: 409;
  };
  /** Get bridge details. */
  'GET /bridges/{bridgeId}': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly response: AriBridge;
    readonly errors: 404;
  };
  /**
   * Shut down a bridge.
   * If any channels are in this bridge, they will be removed and resume whatever they were doing beforehand.
   */
  'DELETE /bridges/{bridgeId}': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Get the value of a bridge variable or function. */
  'GET /bridges/{bridgeId}/variable': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** The bridge variable or function to get */
      readonly variable: string;
    };
    readonly response: AriVariable;
    readonly errors: 400 | 404 | 409;
  };
  /** Set the value of a bridge variable or function. */
  'POST /bridges/{bridgeId}/variable': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** The bridge variable or function to set */
      readonly variable: string;
      /** The value to set the variable to */
      readonly value?: string | undefined;
      /**
       * Whether this variable should be included in bridge events. Defaults to false.
       * Default: false
       */
      readonly report_events?: boolean | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409;
  };
  /** Get the value of multiple bridge variables or functions. */
  'GET /bridges/{bridgeId}/variables': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** The bridge variables or functions to get */
      readonly variables: readonly string[];
    };
    readonly response: AriVariables;
    readonly errors: 400 | 404 | 409;
  };
  /** Set the values of multiple bridge variables or functions. */
  'POST /bridges/{bridgeId}/variables': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the bridge. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in bridge events (defaults to false). Ex. { "variables": { "Bridge_State": "WaitingForAgent", "Support_Level": { "value": "Premium", "report_events": true } } } */
      readonly variables: AriNewVariables;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409;
  };
  /** Add a channel to a bridge. */
  'POST /bridges/{bridgeId}/addChannel': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Ids of channels to add to bridge */
      readonly channel: readonly string[];
      /** Channel's role in the bridge */
      readonly role?: string | undefined;
      /**
       * Absorb DTMF coming from this channel, preventing it to pass through to the bridge
       * Default: false
       */
      readonly absorbDTMF?: boolean | undefined;
      /**
       * Mute audio from this channel, preventing it to pass through to the bridge
       * Default: false
       */
      readonly mute?: boolean | undefined;
      /**
       * Do not present the identity of the newly connected channel to other bridge members
       * Default: false
       */
      readonly inhibitConnectedLineUpdates?: boolean | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409 | 422;
  };
  /** Remove a channel from a bridge. */
  'POST /bridges/{bridgeId}/removeChannel': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Ids of channels to remove from bridge */
      readonly channel: readonly string[];
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409 | 422;
  };
  /** Set a channel as the video source in a multi-party mixing bridge. This operation has no effect on bridges with two or fewer participants. */
  'POST /bridges/{bridgeId}/videoSource/{channelId}': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 422;
  };
  /** Removes any explicit video source in a multi-party mixing bridge. This operation has no effect on bridges with two or fewer participants. When no explicit video source is set, talk detection will be used to determine the active video stream. */
  'DELETE /bridges/{bridgeId}/videoSource': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Play music on hold to a bridge or change the MOH class that is playing. */
  'POST /bridges/{bridgeId}/moh': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Channel's id */
      readonly mohClass?: string | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /**
   * Stop playing music on hold to a bridge.
   * This will only stop music on hold being played via POST bridges/{bridgeId}/moh.
   */
  'DELETE /bridges/{bridgeId}/moh': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /**
   * Start playback of media on a bridge.
   * The media URI may be any of a number of URI's. Currently sound:, recording:, number:, digits:, characters:, and tone: URI's are supported. This operation creates a playback resource that can be used to control the playback of media (pause, rewind, fast forward, etc.)
   */
  'POST /bridges/{bridgeId}/play': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Media URIs to play. */
      readonly media: readonly string[];
      /** Format of the 'Anouncer' channel attached to the bridge. Defaults to the format of the channel in the bridge with the highest sampe rate. */
      readonly announcer_format?: string | undefined;
      /** For sounds, selects language for sound. */
      readonly lang?: string | undefined;
      /**
       * Number of milliseconds to skip before playing. Only applies to the first URI if multiple media URIs are specified.
       * Default: 0
       */
      readonly offsetms?: number | undefined;
      /**
       * Number of milliseconds to skip for forward/reverse operations.
       * Default: 3000
       */
      readonly skipms?: number | undefined;
      /** Playback Id. */
      readonly playbackId?: string | undefined;
    };
    readonly response: AriPlayback;
    readonly errors: 404 | 409 | 422;
  };
  /**
   * Start playback of media on a bridge.
   * The media URI may be any of a number of URI's. Currently sound:, recording:, number:, digits:, characters:, and tone: URI's are supported. This operation creates a playback resource that can be used to control the playback of media (pause, rewind, fast forward, etc.)
   */
  'POST /bridges/{bridgeId}/play/{playbackId}': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
      /** Playback ID. */
      readonly playbackId: string;
    };
    readonly query: {
      /** Media URIs to play. */
      readonly media: readonly string[];
      /** Format of the 'Anouncer' channel attached to the bridge. Defaults to the format of the channel in the bridge with the highest sampe rate. */
      readonly announcer_format?: string | undefined;
      /** For sounds, selects language for sound. */
      readonly lang?: string | undefined;
      /**
       * Number of milliseconds to skip before playing. Only applies to the first URI if multiple media URIs are specified.
       * Default: 0
       */
      readonly offsetms?: number | undefined;
      /**
       * Number of milliseconds to skip for forward/reverse operations.
       * Default: 3000
       */
      readonly skipms?: number | undefined;
    };
    readonly response: AriPlayback;
    readonly errors: 404 | 409 | 422;
  };
  /**
   * Start a recording.
   * This records the mixed audio from all channels participating in this bridge.
   */
  'POST /bridges/{bridgeId}/record': {
    readonly path: {
      /** Bridge's id */
      readonly bridgeId: string;
    };
    readonly query: {
      /** Recording's filename */
      readonly name: string;
      /** Format to encode audio in */
      readonly format: string;
      /** Format of the 'Recorder' channel attached to the bridge. Defaults to the same format as the 'format' parameter. */
      readonly recorder_format?: string | undefined;
      /**
       * Maximum duration of the recording, in seconds. 0 for no limit.
       * Default: 0
       */
      readonly maxDurationSeconds?: number | undefined;
      /**
       * Maximum duration of silence, in seconds. 0 for no limit.
       * Default: 0
       */
      readonly maxSilenceSeconds?: number | undefined;
      /**
       * Action to take if a recording with the same name already exists.
       * Default: fail
       */
      readonly ifExists?: 'fail' | 'overwrite' | 'append' | undefined;
      /**
       * Play beep when recording begins
       * Default: false
       */
      readonly beep?: boolean | undefined;
      /**
       * DTMF input to terminate recording.
       * Default: none
       */
      readonly terminateOn?: 'none' | 'any' | '*' | '#' | undefined;
    };
    readonly response: AriLiveRecording;
    readonly errors: 400 | 404 | 409 | 422;
  };
  /** List all active channels in Asterisk. */
  'GET /channels': {
    readonly response: readonly AriChannel[];
    readonly errors: never;
  };
  /**
   * Create a new channel (originate).
   * The new channel is created immediately and a snapshot of it returned. If a Stasis application is provided it will be automatically subscribed to the originated channel for further events and updates.
   */
  'POST /channels': {
    readonly query: {
      /** Endpoint to call. */
      readonly endpoint: string;
      /** The extension to dial after the endpoint answers. Mutually exclusive with 'app'. */
      readonly extension?: string | undefined;
      /** The context to dial after the endpoint answers. If omitted, uses 'default'. Mutually exclusive with 'app'. */
      readonly context?: string | undefined;
      /** The priority to dial after the endpoint answers. If omitted, uses 1. Mutually exclusive with 'app'. */
      readonly priority?: number | undefined;
      /** The label to dial after the endpoint answers. Will supersede 'priority' if provided. Mutually exclusive with 'app'. */
      readonly label?: string | undefined;
      /** The application that is subscribed to the originated channel. When the channel is answered, it will be passed to this Stasis application. Mutually exclusive with 'context', 'extension', 'priority', and 'label'. */
      readonly app?: string | undefined;
      /** The application arguments to pass to the Stasis application provided by 'app'. Mutually exclusive with 'context', 'extension', 'priority', and 'label'. */
      readonly appArgs?: string | undefined;
      /** CallerID to use when dialing the endpoint or extension. */
      readonly callerId?: string | undefined;
      /**
       * Timeout (in seconds) before giving up dialing, or -1 for no timeout.
       * Default: 30
       */
      readonly timeout?: number | undefined;
      /** The unique id to assign the channel on creation. */
      readonly channelId?: string | undefined;
      /** The unique id to assign the second channel when using local channels. */
      readonly otherChannelId?: string | undefined;
      /** The unique id of the channel which is originating this one. */
      readonly originator?: string | undefined;
      /** The format name capability list to use if originator is not specified. Ex. "ulaw,slin16".  Format names can be found with "core show codecs". */
      readonly formats?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the channel on creation. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in channel events (defaults to false). Other keys in the body object are interpreted as query parameters. Ex. { "endpoint": "SIP/Alice", "variables": { "CALLERID(name)": "Alice", "Call_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 400 | 409;
  };
  /** Create channel. */
  'POST /channels/create': {
    readonly query: {
      /** Endpoint for channel communication */
      readonly endpoint: string;
      /** Stasis Application to place channel into */
      readonly app: string;
      /** The application arguments to pass to the Stasis application provided by 'app'. Mutually exclusive with 'context', 'extension', 'priority', and 'label'. */
      readonly appArgs?: string | undefined;
      /** The unique id to assign the channel on creation. */
      readonly channelId?: string | undefined;
      /** The unique id to assign the second channel when using local channels. */
      readonly otherChannelId?: string | undefined;
      /** Unique ID of the calling channel */
      readonly originator?: string | undefined;
      /** The format name capability list to use if originator is not specified. Ex. "ulaw,slin16".  Format names can be found with "core show codecs". */
      readonly formats?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the channel on creation. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in channel events (defaults to false). Other keys in the body object are interpreted as query parameters. Ex. { "endpoint": "SIP/Alice", "variables": { "CALLERID(name)": "Alice", "Call_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 409;
  };
  /** Channel details. */
  'GET /channels/{channelId}': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: AriChannel;
    readonly errors: 404;
  };
  /**
   * Create a new channel (originate with id).
   * The new channel is created immediately and a snapshot of it returned. If a Stasis application is provided it will be automatically subscribed to the originated channel for further events and updates.
   */
  'POST /channels/{channelId}': {
    readonly path: {
      /** The unique id to assign the channel on creation. */
      readonly channelId: string;
    };
    readonly query: {
      /** Endpoint to call. */
      readonly endpoint: string;
      /** The extension to dial after the endpoint answers. Mutually exclusive with 'app'. */
      readonly extension?: string | undefined;
      /** The context to dial after the endpoint answers. If omitted, uses 'default'. Mutually exclusive with 'app'. */
      readonly context?: string | undefined;
      /** The priority to dial after the endpoint answers. If omitted, uses 1. Mutually exclusive with 'app'. */
      readonly priority?: number | undefined;
      /** The label to dial after the endpoint answers. Will supersede 'priority' if provided. Mutually exclusive with 'app'. */
      readonly label?: string | undefined;
      /** The application that is subscribed to the originated channel. When the channel is answered, it will be passed to this Stasis application. Mutually exclusive with 'context', 'extension', 'priority', and 'label'. */
      readonly app?: string | undefined;
      /** The application arguments to pass to the Stasis application provided by 'app'. Mutually exclusive with 'context', 'extension', 'priority', and 'label'. */
      readonly appArgs?: string | undefined;
      /** CallerID to use when dialing the endpoint or extension. */
      readonly callerId?: string | undefined;
      /**
       * Timeout (in seconds) before giving up dialing, or -1 for no timeout.
       * Default: 30
       */
      readonly timeout?: number | undefined;
      /** The unique id to assign the second channel when using local channels. */
      readonly otherChannelId?: string | undefined;
      /** The unique id of the channel which is originating this one. */
      readonly originator?: string | undefined;
      /** The format name capability list to use if originator is not specified. Ex. "ulaw,slin16".  Format names can be found with "core show codecs". */
      readonly formats?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the channel on creation. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in channel events (defaults to false). Other keys in the body object are interpreted as query parameters. Ex. { "endpoint": "SIP/Alice", "variables": { "CALLERID(name)": "Alice", "Call_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 400 | 409;
  };
  /** Delete (i.e. hangup) a channel. */
  'DELETE /channels/{channelId}': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The reason code for hanging up the channel for detail use. Mutually exclusive with 'reason'. See detail hangup codes at here. https://docs.asterisk.org/Configuration/Miscellaneous/Hangup-Cause-Mappings/ */
      readonly reason_code?: string | undefined;
      /** Reason for hanging up the channel for simple use. Mutually exclusive with 'reason_code'. */
      readonly reason?: 'normal' | 'busy' | 'congestion' | 'no_answer' | 'timeout' | 'rejected' | 'unallocated' | 'normal_unspecified' | 'number_incomplete' | 'codec_mismatch' | 'interworking' | 'failure' | 'answered_elsewhere' | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404;
  };
  /** Exit application; continue execution in the dialplan. */
  'POST /channels/{channelId}/continue': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The context to continue to. */
      readonly context?: string | undefined;
      /** The extension to continue to. */
      readonly extension?: string | undefined;
      /** The priority to continue to. */
      readonly priority?: number | undefined;
      /** The label to continue to - will supersede 'priority' if both are provided. */
      readonly label?: string | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Move the channel from one Stasis application to another. */
  'POST /channels/{channelId}/move': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The channel will be passed to this Stasis application. */
      readonly app: string;
      /** The application arguments to pass to the Stasis application provided by 'app'. */
      readonly appArgs?: string | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Redirect the channel to a different location. */
  'POST /channels/{channelId}/redirect': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The endpoint to redirect the channel to */
      readonly endpoint: string;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409 | 412 | 422;
  };
  /** Answer a channel. */
  'POST /channels/{channelId}/answer': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Indicate ringing to a channel. */
  'POST /channels/{channelId}/ring': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Stop ringing indication on a channel if locally generated. */
  'DELETE /channels/{channelId}/ring': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Indicate progress on a channel. */
  'POST /channels/{channelId}/progress': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Send provided DTMF to a given channel. */
  'POST /channels/{channelId}/dtmf': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** DTMF To send. */
      readonly dtmf?: string | undefined;
      /**
       * Amount of time to wait before DTMF digits (specified in milliseconds) start.
       * Default: 0
       */
      readonly before?: number | undefined;
      /**
       * Amount of time in between DTMF digits (specified in milliseconds).
       * Default: 100
       */
      readonly between?: number | undefined;
      /**
       * Length of each DTMF digit (specified in milliseconds).
       * Default: 100
       */
      readonly duration?: number | undefined;
      /**
       * Amount of time to wait after DTMF digits (specified in milliseconds) end.
       * Default: 0
       */
      readonly after?: number | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409 | 412;
  };
  /** Mute a channel. */
  'POST /channels/{channelId}/mute': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /**
       * Direction in which to mute audio
       * Default: both
       */
      readonly direction?: 'both' | 'in' | 'out' | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Unmute a channel. */
  'DELETE /channels/{channelId}/mute': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /**
       * Direction in which to unmute audio
       * Default: both
       */
      readonly direction?: 'both' | 'in' | 'out' | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Hold a channel. */
  'POST /channels/{channelId}/hold': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Remove a channel from hold. */
  'DELETE /channels/{channelId}/hold': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /**
   * Play music on hold to a channel.
   * Using media operations such as /play on a channel playing MOH in this manner will suspend MOH without resuming automatically. If continuing music on hold is desired, the stasis application must reinitiate music on hold.
   */
  'POST /channels/{channelId}/moh': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** Music on hold class to use */
      readonly mohClass?: string | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Stop playing music on hold to a channel. */
  'DELETE /channels/{channelId}/moh': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /**
   * Play silence to a channel.
   * Using media operations such as /play on a channel playing silence in this manner will suspend silence without resuming automatically.
   */
  'POST /channels/{channelId}/silence': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /** Stop playing silence to a channel. */
  'DELETE /channels/{channelId}/silence': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409 | 412;
  };
  /**
   * Start playback of media.
   * The media URI may be any of a number of URI's. Currently sound:, recording:, number:, digits:, characters:, and tone: URI's are supported. This operation creates a playback resource that can be used to control the playback of media (pause, rewind, fast forward, etc.)
   */
  'POST /channels/{channelId}/play': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** Media URIs to play. */
      readonly media: readonly string[];
      /** For sounds, selects language for sound. */
      readonly lang?: string | undefined;
      /** Number of milliseconds to skip before playing. Only applies to the first URI if multiple media URIs are specified. */
      readonly offsetms?: number | undefined;
      /**
       * Number of milliseconds to skip for forward/reverse operations.
       * Default: 3000
       */
      readonly skipms?: number | undefined;
      /** Playback ID. */
      readonly playbackId?: string | undefined;
    };
    readonly response: AriPlayback;
    readonly errors: 404 | 409 | 412;
  };
  /**
   * Start playback of media and specify the playbackId.
   * The media URI may be any of a number of URI's. Currently sound:, recording:, number:, digits:, characters:, and tone: URI's are supported. This operation creates a playback resource that can be used to control the playback of media (pause, rewind, fast forward, etc.)
   */
  'POST /channels/{channelId}/play/{playbackId}': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
      /** Playback ID. */
      readonly playbackId: string;
    };
    readonly query: {
      /** Media URIs to play. */
      readonly media: readonly string[];
      /** For sounds, selects language for sound. */
      readonly lang?: string | undefined;
      /** Number of milliseconds to skip before playing. Only applies to the first URI if multiple media URIs are specified. */
      readonly offsetms?: number | undefined;
      /**
       * Number of milliseconds to skip for forward/reverse operations.
       * Default: 3000
       */
      readonly skipms?: number | undefined;
    };
    readonly response: AriPlayback;
    readonly errors: 404 | 409 | 412;
  };
  /**
   * Start a recording.
   * Record audio from a channel. Note that this will not capture audio sent to the channel. The bridge itself has a record feature if that's what you want.
   */
  'POST /channels/{channelId}/record': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** Recording's filename */
      readonly name: string;
      /** Format to encode audio in */
      readonly format: string;
      /**
       * Maximum duration of the recording, in seconds. 0 for no limit
       * Default: 0
       */
      readonly maxDurationSeconds?: number | undefined;
      /**
       * Maximum duration of silence, in seconds. 0 for no limit
       * Default: 0
       */
      readonly maxSilenceSeconds?: number | undefined;
      /**
       * Action to take if a recording with the same name already exists.
       * Default: fail
       */
      readonly ifExists?: 'fail' | 'overwrite' | 'append' | undefined;
      /**
       * Play beep when recording begins
       * Default: false
       */
      readonly beep?: boolean | undefined;
      /**
       * DTMF input to terminate recording
       * Default: none
       */
      readonly terminateOn?: 'none' | 'any' | '*' | '#' | undefined;
    };
    readonly response: AriLiveRecording;
    readonly errors: 400 | 404 | 409 | 422;
  };
  /** Get the value of a channel variable or function. */
  'GET /channels/{channelId}/variable': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The channel variable or function to get */
      readonly variable: string;
    };
    readonly response: AriVariable;
    readonly errors: 400 | 404 | 409;
  };
  /** Set the value of a channel variable or function. */
  'POST /channels/{channelId}/variable': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The channel variable or function to set */
      readonly variable: string;
      /** The value to set the variable to */
      readonly value?: string | undefined;
      /**
       * Whether this variable should be included in channel events. Defaults to false.
       * Default: false
       */
      readonly report_events?: boolean | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409;
  };
  /** Get the value of multiple channel variables or functions. */
  'GET /channels/{channelId}/variables': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The channel variables or functions to get */
      readonly variables: readonly string[];
    };
    readonly response: AriVariables;
    readonly errors: 400 | 404 | 409;
  };
  /** Set the values of multiple channel variables or functions. */
  'POST /channels/{channelId}/variables': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the channel. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in channel events (defaults to false). Ex. { "variables": { "CALLERID(name)": "Alice", "Call_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables: AriNewVariables;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409;
  };
  /**
   * Start snooping.
   * Snoop (spy/whisper) on a specific channel.
   */
  'POST /channels/{channelId}/snoop': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /**
       * Direction of audio to spy on
       * Default: none
       */
      readonly spy?: 'none' | 'both' | 'out' | 'in' | undefined;
      /**
       * Direction of audio to whisper into
       * Default: none
       */
      readonly whisper?: 'none' | 'both' | 'out' | 'in' | undefined;
      /** Application the snooping channel is placed into */
      readonly app: string;
      /** The application arguments to pass to the Stasis application */
      readonly appArgs?: string | undefined;
      /** Unique ID to assign to snooping channel */
      readonly snoopId?: string | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 400 | 404;
  };
  /**
   * Start snooping.
   * Snoop (spy/whisper) on a specific channel.
   */
  'POST /channels/{channelId}/snoop/{snoopId}': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
      /** Unique ID to assign to snooping channel */
      readonly snoopId: string;
    };
    readonly query: {
      /**
       * Direction of audio to spy on
       * Default: none
       */
      readonly spy?: 'none' | 'both' | 'out' | 'in' | undefined;
      /**
       * Direction of audio to whisper into
       * Default: none
       */
      readonly whisper?: 'none' | 'both' | 'out' | 'in' | undefined;
      /** Application the snooping channel is placed into */
      readonly app: string;
      /** The application arguments to pass to the Stasis application */
      readonly appArgs?: string | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 400 | 404;
  };
  /** Dial a created channel. */
  'POST /channels/{channelId}/dial': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** Channel ID of caller */
      readonly caller?: string | undefined;
      /**
       * Dial timeout
       * Default: 0
       */
      readonly timeout?: number | undefined;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** RTP stats on a channel. */
  'GET /channels/{channelId}/rtp_statistics': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly response: AriRTPstat;
    readonly errors: 404;
  };
  /**
   * Start an External Media session.
   * Create a channel to an External Media source/sink.  The combination of transport and encapsulation will select one of chan_rtp(udp/rtp), chan_audiosocket(tcp/audiosocket) or chan_websocket(websocket/none) channel drivers.
   */
  'POST /channels/externalMedia': {
    readonly query: {
      /** The unique id to assign the channel on creation. */
      readonly channelId?: string | undefined;
      /** Stasis Application to place channel into */
      readonly app: string;
      /** Hostname/ip:port or websocket_client connection ID of external host.  May be empty for a websocket server connection. */
      readonly external_host?: string | undefined;
      /**
       * Payload encapsulation protocol.  Must be 'none' for the websocket transport.
       * Default: rtp
       */
      readonly encapsulation?: 'rtp' | 'audiosocket' | 'none' | undefined;
      /**
       * Transport protocol
       * Default: udp
       */
      readonly transport?: 'udp' | 'tcp' | 'websocket' | undefined;
      /**
       * Connection type (client/server). 'server' is only valid for the websocket transport.
       * Default: client
       */
      readonly connection_type?: 'client' | 'server' | undefined;
      /** Format to encode audio in */
      readonly format: string;
      /**
       * External media direction
       * Default: both
       */
      readonly direction?: 'both' | undefined;
      /** An arbitrary data field */
      readonly data?: string | undefined;
      /** Transport-specific data. For websocket this is appended to the dialstring. */
      readonly transport_data?: string | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds variable key/value pairs to set on the channel on creation. Each variable value may be either a string or an object containing "value" (string) and optional "report_events" (boolean) to include updates for that variable in channel events (defaults to false). Other keys in the body object are interpreted as query parameters. Ex. { "endpoint": "SIP/Alice", "variables": { "CALLERID(name)": "Alice", "Call_State": { "value": "WaitingForAgent", "report_events": true } } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: AriChannel;
    readonly errors: 400 | 409;
  };
  /** Inform the channel about the progress of the attended/blind transfer. */
  'POST /channels/{channelId}/transfer_progress': {
    readonly path: {
      /** Channel's id */
      readonly channelId: string;
    };
    readonly query: {
      /** The state of the progress */
      readonly states: string;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409 | 412;
  };
  /** List all ARI controlled device states. */
  'GET /deviceStates': {
    readonly response: readonly AriDeviceState[];
    readonly errors: never;
  };
  /** Retrieve the current state of a device. */
  'GET /deviceStates/{deviceName}': {
    readonly path: {
      /** Name of the device */
      readonly deviceName: string;
    };
    readonly response: AriDeviceState;
    readonly errors: never;
  };
  /** Change the state of a device controlled by ARI. (Note - implicitly creates the device state). */
  'PUT /deviceStates/{deviceName}': {
    readonly path: {
      /** Name of the device */
      readonly deviceName: string;
    };
    readonly query: {
      /** Device state value */
      readonly deviceState: 'NOT_INUSE' | 'INUSE' | 'BUSY' | 'INVALID' | 'UNAVAILABLE' | 'RINGING' | 'RINGINUSE' | 'ONHOLD';
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Destroy a device-state controlled by ARI. */
  'DELETE /deviceStates/{deviceName}': {
    readonly path: {
      /** Name of the device */
      readonly deviceName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** List all endpoints. */
  'GET /endpoints': {
    readonly response: readonly AriEndpoint[];
    readonly errors: never;
  };
  /** Send a message to some technology URI or endpoint. */
  'PUT /endpoints/sendMessage': {
    readonly query: {
      /** The endpoint resource or technology specific URI to send the message to. Valid resources are pjsip, and xmpp. */
      readonly to: string;
      /** The endpoint resource or technology specific identity to send this message from. Valid resources are pjsip, and xmpp. */
      readonly from: string;
      /** The body of the message */
      readonly body?: string | undefined;
    };
    readonly body: {
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404;
  };
  /** Refer an endpoint or technology URI to some technology URI or endpoint. */
  'POST /endpoints/refer': {
    readonly query: {
      /** The endpoint resource or technology specific URI that should be referred to somewhere. Valid resource is pjsip. */
      readonly to: string;
      /** The endpoint resource or technology specific identity to refer from. */
      readonly from: string;
      /** The endpoint resource or technology specific URI to refer to. */
      readonly refer_to: string;
      /**
       * If true and "refer_to" refers to an Asterisk endpoint, the "refer_to" value is set to point to this Asterisk endpoint - so the referee is referred to Asterisk. Otherwise, use the contact URI associated with the endpoint.
       * Default: false
       */
      readonly to_self?: boolean | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds technology specific key/value pairs to append to the message. These can be interpreted and used by the various resource types; for example, the pjsip resource type will add the key/value pairs as SIP headers. The "display_name" key is used by the PJSIP technology. Its value will be prepended as a display name to the Refer-To URI. */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404;
  };
  /** List available endoints for a given endpoint technology. */
  'GET /endpoints/{tech}': {
    readonly path: {
      /** Technology of the endpoints (pjsip,iax2,...) */
      readonly tech: string;
    };
    readonly response: readonly AriEndpoint[];
    readonly errors: 404;
  };
  /** Details for an endpoint. */
  'GET /endpoints/{tech}/{resource}': {
    readonly path: {
      /** Technology of the endpoint */
      readonly tech: string;
      /** ID of the endpoint */
      readonly resource: string;
    };
    readonly response: AriEndpoint;
    readonly errors: 400 | 404;
  };
  /** Send a message to some endpoint in a technology. */
  'PUT /endpoints/{tech}/{resource}/sendMessage': {
    readonly path: {
      /** Technology of the endpoint */
      readonly tech: string;
      /** ID of the endpoint */
      readonly resource: string;
    };
    readonly query: {
      /** The endpoint resource or technology specific identity to send this message from. Valid resources are pjsip and xmpp. */
      readonly from: string;
      /** The body of the message */
      readonly body?: string | undefined;
    };
    readonly body: {
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404;
  };
  /** Refer an endpoint or technology URI to some technology URI or endpoint. */
  'POST /endpoints/{tech}/{resource}/refer': {
    readonly path: {
      /** Technology of the endpoint */
      readonly tech: string;
      /** ID of the endpoint */
      readonly resource: string;
    };
    readonly query: {
      /** The endpoint resource or technology specific identity to refer from. */
      readonly from: string;
      /** The endpoint resource or technology specific URI to refer to. */
      readonly refer_to: string;
      /**
       * If true and "refer_to" refers to an Asterisk endpoint, the "refer_to" value is set to point to this Asterisk endpoint - so the referee is referred to Asterisk. Otherwise, use the contact URI associated with the endpoint.
       * Default: false
       */
      readonly to_self?: boolean | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds technology specific key/value pairs to append to the message. These can be interpreted and used by the various resource types; for example, the pjsip resource type will add the key/value pairs as SIP headers, */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404;
  };
  /** Generate a user event. */
  'POST /events/user/{eventName}': {
    readonly path: {
      /** Event name */
      readonly eventName: string;
    };
    readonly query: {
      /** The name of the application that will receive this event */
      readonly application: string;
      /** URI for event source (channel:{channelId}, bridge:{bridgeId}, endpoint:{tech}/{resource}, deviceState:{deviceName} */
      readonly source?: readonly string[] | undefined;
    };
    readonly body: {
      /** The "variables" key in the body object holds custom key/value pairs to add to the user event. Ex. { "variables": { "key": "value" } } */
      readonly variables?: AriNewVariables | undefined;
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 422;
  };
  /**
   * Claim a broadcast channel for this application.
   * Atomically claims a channel that is in broadcast state. Only the first claim succeeds.
   */
  'POST /events/claim': {
    readonly query: {
      /** The ID of the channel to claim */
      readonly channelId: string;
      /** The name of the application claiming the channel */
      readonly application: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** List all mailboxes. */
  'GET /mailboxes': {
    readonly response: readonly AriMailbox[];
    readonly errors: never;
  };
  /** Retrieve the current state of a mailbox. */
  'GET /mailboxes/{mailboxName}': {
    readonly path: {
      /** Name of the mailbox */
      readonly mailboxName: string;
    };
    readonly response: AriMailbox;
    readonly errors: 404;
  };
  /** Change the state of a mailbox. (Note - implicitly creates the mailbox). */
  'PUT /mailboxes/{mailboxName}': {
    readonly path: {
      /** Name of the mailbox */
      readonly mailboxName: string;
    };
    readonly query: {
      /** Count of old messages in the mailbox */
      readonly oldMessages: number;
      /** Count of new messages in the mailbox */
      readonly newMessages: number;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Destroy a mailbox. */
  'DELETE /mailboxes/{mailboxName}': {
    readonly path: {
      /** Name of the mailbox */
      readonly mailboxName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Get a playback's details. */
  'GET /playbacks/{playbackId}': {
    readonly path: {
      /** Playback's id */
      readonly playbackId: string;
    };
    readonly response: AriPlayback;
    readonly errors: 404;
  };
  /** Stop a playback. */
  'DELETE /playbacks/{playbackId}': {
    readonly path: {
      /** Playback's id */
      readonly playbackId: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Control a playback. */
  'POST /playbacks/{playbackId}/control': {
    readonly path: {
      /** Playback's id */
      readonly playbackId: string;
    };
    readonly query: {
      /** Operation to perform on the playback. */
      readonly operation: 'restart' | 'pause' | 'unpause' | 'reverse' | 'forward';
    };
    readonly response: undefined;
    readonly errors: 400 | 404 | 409;
  };
  /** List recordings that are complete. */
  'GET /recordings/stored': {
    readonly response: readonly AriStoredRecording[];
    readonly errors: never;
  };
  /** Get a stored recording's details. */
  'GET /recordings/stored/{recordingName}': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: AriStoredRecording;
    readonly errors: 404;
  };
  /** Delete a stored recording. */
  'DELETE /recordings/stored/{recordingName}': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Get the file associated with the stored recording. */
  'GET /recordings/stored/{recordingName}/file': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: Uint8Array;
    readonly errors: 403 | 404;
  };
  /** Copy a stored recording. */
  'POST /recordings/stored/{recordingName}/copy': {
    readonly path: {
      /** The name of the recording to copy */
      readonly recordingName: string;
    };
    readonly query: {
      /** The destination name of the recording */
      readonly destinationRecordingName: string;
    };
    readonly response: AriStoredRecording;
    readonly errors: 404 | 409;
  };
  /** List live recordings. */
  'GET /recordings/live/{recordingName}': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: AriLiveRecording;
    readonly errors: 404;
  };
  /** Stop a live recording and discard it. */
  'DELETE /recordings/live/{recordingName}': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /** Stop a live recording and store it. */
  'POST /recordings/live/{recordingName}/stop': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404;
  };
  /**
   * Pause a live recording.
   * Pausing a recording suspends silence detection, which will be restarted when the recording is unpaused. Paused time is not included in the accounting for maxDurationSeconds.
   */
  'POST /recordings/live/{recordingName}/pause': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Unpause a live recording. */
  'DELETE /recordings/live/{recordingName}/pause': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /**
   * Mute a live recording.
   * Muting a recording suspends silence detection, which will be restarted when the recording is unmuted.
   */
  'POST /recordings/live/{recordingName}/mute': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** Unmute a live recording. */
  'DELETE /recordings/live/{recordingName}/mute': {
    readonly path: {
      /** The name of the recording */
      readonly recordingName: string;
    };
    readonly response: undefined;
    readonly errors: 404 | 409;
  };
  /** List all sounds. */
  'GET /sounds': {
    readonly query: {
      /** Lookup sound for a specific language. */
      readonly lang?: string | undefined;
      /** Lookup sound in a specific format. */
      readonly format?: string | undefined;
    };
    readonly response: readonly AriSound[];
    readonly errors: never;
  };
  /** Get a sound's details. */
  'GET /sounds/{soundId}': {
    readonly path: {
      /** Sound's id */
      readonly soundId: string;
    };
    readonly response: AriSound;
    readonly errors: never;
  };
}
