import { Type } from 'typebox';
import { recordingNotFound } from '../../../core/recordings/index.ts';
import { sendRecording, soundAnswers } from '../../../http/send-recording.ts';
import type { Services } from '../../../http/services.ts';
import type { SignedLinks } from '../../../http/signed-links.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { type RecordingId, toId } from '../../../kernel/ids.ts';
import { refusals } from '../schemas.ts';

/** The sound of a recording, for whoever holds the link that the history gave. */
export function recordingRoutes(app: TypedApp, services: Services, links: SignedLinks): void {
  app.get(
    '/v2/recordings/:file',
    {
      config: {
        access: {
          kind: 'public',
          because: 'the link is signed; clients fetch it without credentials',
        },
      },
      schema: {
        summary: 'A recording as WAV; ranges are served',
        params: Type.Object({ file: Type.String({ maxLength: 64 }) }),
        querystring: Type.Object({ token: Type.Optional(Type.String({ maxLength: 512 })) }),
        response: { ...soundAnswers('audio/x-wav'), ...refusals },
      },
    },
    async (request, reply) => {
      const { file } = request.params;
      const id = toId<RecordingId>(file.replace(/\.wav$/, ''));
      const actor = id && links.open(request.query.token ?? '', id);
      if (!id || !actor) throw recordingNotFound(file);
      return sendRecording(services.recordings, actor, id, request, reply, 'audio/x-wav');
    },
  );
}
