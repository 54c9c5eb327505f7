import { Type } from 'typebox';
import type { TypedApp } from '../../../http/typed-app.ts';
import { refusals } from '../schemas/common.ts';

/** Whether the server is alive. @see contracts/jambonz.json, section 1.1 */
export function healthRoutes(app: TypedApp): void {
  app.get(
    '/health',
    {
      config: { access: { kind: 'public', because: 'load balancers ask it' } },
      schema: {
        summary: 'Says OK',
        response: {
          200: { description: 'Alive', content: { 'text/plain': { schema: Type.String() } } },
          ...refusals,
        },
      },
    },
    async (_request, reply) =>
      reply
        .type('text/plain; charset=utf-8')
        .serializer((text: unknown) => String(text))
        .send('OK'),
  );
}
