import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type DomainError, isDomainError } from '../kernel/domain-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { bodyText, contentTypeOf, type ErrorStyle, statusOf } from './error-style.ts';
import {
  bodyTooLarge,
  internalError,
  invalidRequest,
  malformedBody,
  malformedPath,
  pathTooLong,
  wrongMediaType,
} from './request-errors.ts';

/** Seconds after which something that was not possible now may be tried again. */
const retryAfterSeconds = 2;

/** How many wrong fields are named. */
const mostErrors = 10;

interface SchemaError {
  readonly instancePath?: string;
  readonly message?: string;
  readonly keyword?: string;
  readonly params?: Record<string, unknown>;
}

/** What people call the parts of a request. */
const parts: Readonly<Record<string, string>> = {
  body: 'body',
  querystring: 'query',
  params: 'path',
  headers: 'header',
};

const toSentence = ({ instancePath, message, keyword, params }: SchemaError): string => {
  const where = instancePath || '/';
  if (keyword === 'required') {
    const missing = params?.requiredProperties ?? params?.missingProperty;
    return `${where} lacks ${[missing].flat().join(', ')}`;
  }
  if (keyword === 'additionalProperties')
    return `${where} has unknown fields ${[params?.additionalProperties].flat().join(', ').slice(0, 100)}`;
  return `${where} ${message ?? 'is wrong'}`;
};

/** What went wrong, as a refusal; anything that is none is a bug, which is logged and not told. */
function toDomainError(error: FastifyError, request: FastifyRequest, logger: Logger): DomainError {
  if (isDomainError(error)) return error;
  if (error.validation) {
    const errors = (error.validation as readonly SchemaError[])
      .filter(({ keyword }) => keyword !== 'boolean')
      .slice(0, mostErrors)
      .map(toSentence);
    return invalidRequest(parts[error.validationContext ?? ''] ?? 'request', errors);
  }
  if (error.code === 'FST_ERR_BAD_URL') return malformedPath();
  if (error.code === 'FST_ERR_MAX_PARAM_LENGTH') return pathTooLong();
  if (error.statusCode === 413) return bodyTooLarge(request.routeOptions.bodyLimit ?? 0);
  if (error.statusCode === 415) return wrongMediaType();
  if (error.statusCode === 400) return malformedBody(error.message.slice(0, 200));
  logger.error(
    { requestId: request.id, route: request.routeOptions.url, method: request.method, err: error },
    'a request failed because of a bug',
  );
  return internalError();
}

/** Answers a request with a refusal in the words of a dialect. */
export function sendError(
  style: ErrorStyle,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Logger,
): FastifyReply {
  const refusal = toDomainError(error as FastifyError, request, logger);
  const status = statusOf(style, refusal);
  if (status === 429 || status === 503) {
    const seconds = refusal.details.retryAfterSeconds ?? retryAfterSeconds;
    reply.header('retry-after', String(seconds));
  }
  if (status === 405) reply.header('allow', [refusal.details.allowed].flat().join(', '));
  // A connection that is closed with half of the body unread takes the answer with it.
  if (status === 413) {
    reply.removeHeader('connection');
    reply.raw.shouldKeepAlive = true;
  }
  reply.headers(style.headers?.(refusal, status) ?? {});
  const type = contentTypeOf(style, refusal, status);
  return reply
    .code(status)
    .type(type)
    .serializer((body: unknown) => bodyText(body, type))
    .send(style.body(refusal, status, request.id));
}
