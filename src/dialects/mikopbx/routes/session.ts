import type { FastifyInstance } from 'fastify';
import type { Authentication } from '../../../core/accounts/index.ts';
import { type DomainError, isDomainError } from '../../../kernel/domain-error.ts';
import { SignInForm, signInAnswers, signOutAnswers } from '../schemas.ts';
import { rememberCookie, rememberSeconds, type Sessions, sessionCookie } from '../sessions.ts';

const open = { access: { kind: 'public', because: 'this is where one signs in' } } as const;

/** A field of a form or of JSON; anything else is absent, and so is what no name or password can hold. */
const field = (body: unknown, name: string): string => {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' && !value.includes('\0') ? value.slice(0, 512) : '';
};

const failure = (text: string) => ({ success: false, reload: false, message: { error: [text] } });

const textOf = (error: DomainError): string =>
  error.kind === 'limited'
    ? 'Too many failed attempts. Please try again later.'
    : 'Wrong user name or password.';

const page = (title: string, text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><p>${text}</p></html>`;

/** Signing in and out. @see contracts/mikopbx.json, section B.2 */
export function sessionRoutes(
  app: FastifyInstance,
  authentication: Authentication,
  sessions: Sessions,
): void {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax' } as const;
  app.post(
    '/admin-cabinet/session/start',
    {
      config: open,
      validatorCompiler: () => () => true,
      schema: {
        summary: 'Signs in and sets the cookie',
        consumes: ['application/x-www-form-urlencoded'],
        body: SignInForm,
        response: signInAnswers,
      },
    },
    async (request, reply) => {
      const wantsJson =
        request.headers['x-requested-with']?.toString().toLowerCase() === 'xmlhttprequest';
      const answer = (json: object, text: string) =>
        wantsJson
          ? reply.type('application/json; charset=UTF-8').send(json)
          : reply.type('text/html; charset=UTF-8').send(page('MikoPBX', text));
      const source = { dialect: 'mikopbx', address: request.ip } as const;
      try {
        const actor = await authentication.login(
          field(request.body, 'login'),
          field(request.body, 'password'),
          source,
        );
        reply.setCookie(sessionCookie, await sessions.begin(actor), cookie);
        if (field(request.body, 'rememberMeCheckBox') === 'on') {
          const token = await sessions.begin(actor, rememberSeconds);
          reply.setCookie(rememberCookie, token, { ...cookie, maxAge: rememberSeconds });
        }
        const backUri = field(request.body, 'backUri');
        const reload = /^\/(?!\/)[\w/.-]*$/.test(backUri) ? backUri : 'index/index';
        return await answer({ success: true, reload, message: [] }, 'You are signed in.');
      } catch (error) {
        if (!isDomainError(error) || error.kind === 'unavailable') throw error;
        return answer(failure(textOf(error)), textOf(error));
      }
    },
  );
  app.get(
    '/admin-cabinet/session/end',
    { config: open, schema: { summary: 'Signs out', response: signOutAnswers } },
    async (request, reply) => {
      for (const name of [sessionCookie, rememberCookie]) {
        const token = request.cookies[name];
        if (token) await sessions.end(token);
        reply.clearCookie(name, cookie);
      }
      return reply.type('text/html; charset=UTF-8').send(page('MikoPBX', 'You are signed out.'));
    },
  );
}
