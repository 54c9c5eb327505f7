/** A leg as the engine names it: ours where we made the leg, the engine's where it arrived. */
export type EngineLegId = string & { readonly __brand: 'EngineLegId' };
/** A place where legs hear each other. Named by the engine, or by us where it outlives who made it. */
export type EngineBridgeId = string & { readonly __brand: 'EngineBridgeId' };
/** One playback, named by us. */
export type PlaybackId = string & { readonly __brand: 'PlaybackId' };
/** One recording that runs in the engine, named by us. */
export type EngineRecordingId = string & { readonly __brand: 'EngineRecordingId' };
/** The SIP name of an endpoint in the engine: `201` in the default account, else `201@acme.example`. */
export type EndpointName = string & { readonly __brand: 'EndpointName' };
/** The name of a trunk in the engine. */
export type TrunkName = string & { readonly __brand: 'TrunkName' };
/** Names an open connection to the sound of a leg. */
export type EngineAudioId = string & { readonly __brand: 'EngineAudioId' };
