import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Recordings, SoundFormat } from '../core/recordings/index.ts';
import type { Actor } from '../kernel/actor.ts';
import type { RecordingId } from '../kernel/ids.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * One range of bytes out of a `Range` header; `undefined` means everything, `unsatisfiable` nothing.
 * Several ranges are answered with everything. @see RFC 9110 section 14.2
 */
export function readRange(
  header: string | undefined,
  size: number,
): Range | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size || end < start ? 'unsatisfiable' : { start, end };
}

/** What `sendRecording` answers, for the documentation. */
export const soundAnswers = (...contentTypes: readonly string[]) => {
  const schema = Type.String({ format: 'binary' });
  const content = Object.fromEntries(contentTypes.map((type) => [type, { schema }]));
  return {
    200: { description: 'The whole sound', content },
    206: { description: 'The range that was asked for', content },
    416: Type.Null({ description: 'The range is outside of the sound' }),
  };
};

/**
 * Sends the sound of a recording, whole or in part.
 * @throws {DomainError} `recording.not_found`; `recording.not_converted` (unavailable)
 */
export async function sendRecording(
  recordings: Recordings,
  actor: Actor,
  id: RecordingId,
  request: FastifyRequest,
  reply: FastifyReply,
  contentType: string,
  format: SoundFormat = 'wav',
): Promise<FastifyReply> {
  const { sizeBytes, stream: whole } = await recordings.open(actor, id, { format });
  const range = readRange(request.headers.range, sizeBytes);
  reply.header('accept-ranges', 'bytes').header('cache-control', 'private');
  if (range === undefined)
    return reply.type(contentType).header('content-length', sizeBytes).send(whole);
  whole.destroy();
  if (range === 'unsatisfiable')
    return reply.code(416).header('content-range', `bytes */${sizeBytes}`).send();
  const { stream } = await recordings.open(actor, id, { format, range });
  return reply
    .code(206)
    .type(contentType)
    .header('content-range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
    .header('content-length', range.end - range.start + 1)
    .send(stream);
}
