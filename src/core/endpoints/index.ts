export type { Endpoint, EndpointChange, LiveEndpoint, NewEndpoint } from './endpoint.ts';
export { isOnline } from './endpoint.ts';
export type { EndpointStore } from './endpoint-store.ts';
export type { Endpoints } from './service.ts';
