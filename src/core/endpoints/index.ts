export { createEndpoints, type EndpointPorts } from './create-endpoints.ts';
export { digestOf } from './digest.ts';
export type { Endpoint, EndpointChange, LiveEndpoint, NewEndpoint } from './endpoint.ts';
export { isOnline, maskedSecret } from './endpoint.ts';
export { endpointNotFound } from './endpoint-errors.ts';
export type { EndpointStore } from './endpoint-store.ts';
export { createRegistrations, type Registrations } from './registrations.ts';
export type { Endpoints } from './service.ts';
