import type { Recording } from '../../core/recordings/index.ts';
import type { Origins } from '../../http/allow-origins.ts';
import type { Dialect } from '../../http/dialect.ts';
import type { Services } from '../../http/services.ts';
import { createSignedLinks } from '../../http/signed-links.ts';
import type { TypedApp } from '../../http/typed-app.ts';
import { createAuthenticate } from './authenticate.ts';
import { sipgateErrors } from './errors.ts';
import { callRoutes } from './routes/calls.ts';
import { deviceRoutes } from './routes/devices.ts';
import { historyRoutes } from './routes/history.ts';
import { peopleRoutes } from './routes/people.ts';
import { recordingRoutes } from './routes/recordings.ts';

/** sipgate's REST API v2. @see docs/contracts/sipgate.md */
export function createSipgateDialect(options: {
  readonly services: Services;
  /** Where clients reach this server. */
  readonly publicUrl: () => string;
  /** Host and port at which phones register. */
  readonly sipAddress: () => string;
  readonly signingKey: string;
  /** Whose pages may use it from a browser. @see contracts/sipgate.json, generic.cors */
  readonly origins: Origins;
}): Dialect {
  const links = createSignedLinks(options.signingKey, 'sipgate');
  const recordingUrl = ({ id, accountId }: Recording) =>
    `${options.publicUrl()}/v2/recordings/${id}.wav?token=${links.sign(id, accountId)}`;
  return {
    name: 'sipgate',
    title: 'sipgate REST API v2',
    version: '2',
    paths: ['/v2/', '/v2'],
    errors: sipgateErrors,
    origins: options.origins,
    securitySchemes: {
      basic: {
        type: 'http',
        scheme: 'basic',
        description: 'E-mail or login with password, or token id with token',
      },
      bearer: { type: 'http', scheme: 'bearer', description: 'A personal access token' },
    },
    authenticate: createAuthenticate(options.services.authentication),
    routes(app, services) {
      const typed = app as unknown as TypedApp;
      callRoutes(typed, services);
      peopleRoutes(typed, services);
      deviceRoutes(typed, services, options.sipAddress);
      historyRoutes(typed, services, recordingUrl);
      recordingRoutes(typed, services, links);
    },
  };
}
