import type { FastifyInstance } from 'fastify';
import { recordingNotFound } from '../../../core/recordings/index.ts';
import { sendRecording } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import { type RecordingId, toId } from '../../../kernel/ids.ts';
import { groups, runAction } from './actions.ts';

const signedIn = { access: { kind: 'admin' } } as const;

/** The action names that are documented, by group. */
const documented: Readonly<Record<string, readonly string[]>> = {
  sip: ['getPeersStatuses', 'getSipPeer', 'getRegistry'],
  iax: ['getRegistry'],
  cdr: ['getActiveCalls', 'getActiveChannels'],
};

const lastPart = (url: string): string =>
  url.replace(/\?.*$/, '').replace(/\/$/, '').split('/').at(-1) ?? '';

/** State of phones, trunks and calls. @see contracts/mikopbx.json, section B.5 */
export function pbxcoreRoutes(app: FastifyInstance, services: Services): void {
  for (const group of groups) {
    const names = [...(documented[group] ?? []), ':action'];
    for (const name of names) {
      app.route({
        method: ['GET', 'POST'],
        url: `/pbxcore/api/${group}/${name}`,
        config: signedIn,
        schema: { summary: name === ':action' ? 'An action that is not known' : name },
        handler: (request, reply) =>
          runAction(
            group,
            name === ':action' ? lastPart(request.url) : name,
            request,
            reply,
            services,
          ),
      });
    }
  }
  app.get(
    '/pbxcore/api/cdr/playback',
    { config: signedIn, schema: { summary: 'Streams or downloads a recording' } },
    async (request, reply) => {
      const query = request.query as Readonly<Record<string, unknown>>;
      const view = typeof query.view === 'string' ? query.view : '';
      const [, name] =
        /^(?:[\w.-]+\/)*([0-9a-f-]{36})\.(?:wav|mp3)$/i.exec(view.replace(/^\//, '')) ?? [];
      const id = name && !view.includes('..') ? toId<RecordingId>(name) : undefined;
      if (!id) throw recordingNotFound(view.slice(0, 64));
      if (query.download === '1') {
        const filename =
          typeof query.filename === 'string' ? query.filename.slice(0, 128) : `${id}.wav`;
        const encoded = encodeURIComponent(filename.replace(/[/\\\p{Cc}]/gu, '_'));
        reply.header('content-disposition', `attachment; filename*=UTF-8''${encoded}`);
      }
      return sendRecording(services.recordings, request.actor, id, request, reply, 'audio/x-wav');
    },
  );
}
