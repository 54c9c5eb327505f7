import type { FastifyInstance } from 'fastify';
import { recordingNotFound } from '../../../core/recordings/index.ts';
import { sendRecording, soundAnswers } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import { type RecordingId, toId } from '../../../kernel/ids.ts';
import { actionAnswers, Nothing, PeerQuestion, PlaybackQuery, refusals } from '../schemas.ts';
import { groups, runAction } from './actions.ts';

const signedIn = { access: { kind: 'admin' } } as const;

/** What a recording is sent as. @see contracts/mikopbx.json, cdr/playback */
const types = { wav: 'audio/x-wav', mp3: 'audio/mpeg' } as const;

/** Schemas are documentation here: what clients send is read as it comes. */
const asItComes = () => () => true;

const lastPart = (url: string): string =>
  url.replace(/\?.*$/, '').replace(/\/$/, '').split('/').at(-1) ?? '';

/** What a method may carry for an action that asks about a phone. */
const question = (method: 'GET' | 'POST') =>
  method === 'GET'
    ? { querystring: PeerQuestion }
    : { body: PeerQuestion, consumes: ['application/json', 'application/x-www-form-urlencoded'] };

/** State of phones, trunks and calls. @see contracts/mikopbx.json, section B.5 */
export function pbxcoreRoutes(app: FastifyInstance, services: Services): void {
  for (const [group, { methods, actions }] of Object.entries(groups)) {
    for (const method of methods) {
      for (const [name, { summary, data, asksForPeer }] of Object.entries(actions)) {
        app.route({
          method,
          url: `/pbxcore/api/${group}/${name}`,
          config: signedIn,
          validatorCompiler: asItComes,
          schema: {
            summary,
            ...(asksForPeer && question(method)),
            response: actionAnswers(data),
          },
          handler: (request, reply) => runAction(group, name, request, reply, services),
        });
      }
      app.route({
        method,
        url: `/pbxcore/api/${group}/:action`,
        config: signedIn,
        schema: {
          summary: 'An action that is not known: `result` is false',
          response: actionAnswers(Nothing),
        },
        handler: (request, reply) =>
          runAction(group, lastPart(request.url), request, reply, services),
      });
    }
  }
  app.get(
    '/pbxcore/api/cdr/playback',
    {
      config: signedIn,
      validatorCompiler: asItComes,
      schema: {
        summary: 'Streams or downloads a recording; ranges are served',
        querystring: PlaybackQuery,
        response: { ...soundAnswers(types.wav, types.mp3), ...refusals },
      },
    },
    async (request, reply) => {
      const query = request.query as Readonly<Record<string, unknown>>;
      const view = typeof query.view === 'string' ? query.view : '';
      const [, name, ending] =
        /^(?:[\w.-]+\/)*([0-9a-f-]{36})\.(wav|mp3)$/i.exec(view.replace(/^\//, '')) ?? [];
      const id = name && !view.includes('..') ? toId<RecordingId>(name) : undefined;
      if (!id) throw recordingNotFound(view.slice(0, 64));
      const format = ending?.toLowerCase() === 'mp3' ? 'mp3' : 'wav';
      if (query.download === '1') {
        const filename =
          typeof query.filename === 'string' ? query.filename.slice(0, 128) : `${id}.${format}`;
        const encoded = encodeURIComponent(filename.replace(/[/\\\p{Cc}]/gu, '_'));
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encoded}`);
      }
      const { recordings } = services;
      return sendRecording(recordings, request.actor, id, request, reply, types[format], format);
    },
  );
}
