import type { Dialect } from '../../http/dialect.ts';
import type { Services } from '../../http/services.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { createAuthenticate } from './authenticate.ts';
import { nativeErrors } from './errors.ts';
import { alertRoutes } from './routes/alerts.ts';
import { callRoutes } from './routes/calls.ts';
import { conferenceRoutes } from './routes/conferences.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { eventRoutes } from './routes/events.ts';
import { loginRoutes } from './routes/logins.ts';
import { peopleRoutes } from './routes/people.ts';
import { queueRoutes } from './routes/queues.ts';
import { thingRoutes } from './routes/things.ts';

/** Polyvox's own API: everything there is, in plain words. @see docs/contracts/native.md */
export const createNativeDialect = (services: Services): Dialect => ({
  name: 'native',
  title: 'Polyvox native API',
  version: '1',
  paths: ['/native/'],
  errors: nativeErrors,
  securitySchemes: {
    bearer: { type: 'http', scheme: 'bearer', description: 'The operator’s or a personal token' },
    basic: { type: 'http', scheme: 'basic', description: 'E-mail or login with password' },
  },
  authenticate: createAuthenticate(services),
  routes(app, given) {
    const typed = app as unknown as TypedApp;
    peopleRoutes(typed, given);
    loginRoutes(typed, given);
    thingRoutes(typed, given);
    callRoutes(typed, given);
    alertRoutes(typed, given);
    deliveryRoutes(typed, given);
    conferenceRoutes(typed, given);
    queueRoutes(typed, given);
    eventRoutes(typed, given);
  },
});
