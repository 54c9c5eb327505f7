import type { Dialect } from '../../http/dialect.ts';
import type { Services } from '../../http/services.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { createAuthenticate } from './authenticate.ts';
import { jambonzErrors } from './errors.ts';
import { accountRoutes } from './routes/accounts.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { applicationRoutes } from './routes/applications.ts';
import { callRoutes } from './routes/calls.ts';
import { carrierRoutes } from './routes/carriers.ts';
import { clientRoutes } from './routes/clients.ts';
import { conferenceRoutes } from './routes/conferences.ts';
import { gatewayRoutes } from './routes/gateways.ts';
import { healthRoutes } from './routes/health.ts';
import { limitRoutes } from './routes/limits.ts';
import { lookingBackRoutes } from './routes/looking-back.ts';
import { phoneNumberRoutes } from './routes/phone-numbers.ts';
import { predefinedCarrierRoutes } from './routes/predefined-carriers.ts';
import { queueRoutes } from './routes/queues.ts';
import { registeredUserRoutes } from './routes/registered-users.ts';
import { sbcRoutes } from './routes/sbcs.ts';
import { serviceProviderRoutes } from './routes/service-providers.ts';
import type { ApplicationCallPorts } from './source/create-application-calls.ts';

export {
  type ApplicationCallPorts,
  createApplicationCalls,
} from './source/create-application-calls.ts';

/** The REST API of jambonz 0.9. @see docs/contracts/jambonz.md */
export const createJambonzDialect = (services: Services, calls: ApplicationCallPorts): Dialect => ({
  name: 'jambonz',
  title: 'jambonz REST API',
  version: '0.9',
  paths: ['/v1/', '/health'],
  errors: jambonzErrors,
  origins: 'any',
  securitySchemes: {
    bearer: {
      type: 'http',
      scheme: 'bearer',
      description: 'A key of an account or service provider, or the operator’s token',
    },
  },
  authenticate: createAuthenticate(services),
  routes(app, given) {
    const typed = app as unknown as TypedApp;
    app.addHook('onSend', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
    });
    healthRoutes(typed);
    serviceProviderRoutes(typed, given);
    accountRoutes(typed, given);
    limitRoutes(typed, given);
    apiKeyRoutes(typed, given);
    const rooms = { ...given, ...calls, legs: given.legs, queues: given.queues };
    callRoutes(typed, rooms);
    applicationRoutes(typed, given);
    lookingBackRoutes(typed, given);
    phoneNumberRoutes(typed, given);
    clientRoutes(typed, given);
    registeredUserRoutes(typed, given);
    conferenceRoutes(typed, rooms);
    queueRoutes(typed, rooms);
    carrierRoutes(typed, given);
    gatewayRoutes(typed, given);
    predefinedCarrierRoutes(typed, given);
    sbcRoutes(typed, given);
  },
});
