import type { FastifyRequest } from 'fastify';
import type { Scope } from './authenticate.ts';
import { badBody } from './request-errors.ts';

type Fields = Readonly<Record<string, unknown>>;
type Check = (body: Fields, request: FastifyRequest) => void;

/** Checks that come before the schema, because the contract has sentences of its own for them. */
export const before = (...checks: readonly Check[]) => ({
  preValidation: async (request: FastifyRequest) => {
    const { body } = request;
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
    for (const check of checks) check(body as Fields, request);
  },
});

const isAbsent = (value: unknown): boolean => value === undefined || value === null || value === '';

/** @throws {DomainError} `jambonz.bad_body` with the sentence if the field is not there */
export const needs =
  (name: string, sentence = `missing field ${name}`): Check =>
  (body) => {
    if (isAbsent(body[name])) throw badBody(sentence);
  };

/** Hooks of stored things are objects; calls alone take texts. @param thing - such as `an application` */
export const hookObjects =
  (thing: string, ...names: readonly string[]): Check =>
  (body) => {
    for (const name of names)
      if (typeof body[name] === 'string')
        throw badBody(`'${name}' must be an object when adding ${thing}`);
  };

/** The same only for callers of some scopes. */
export const unlessScope =
  (scope: Scope, check: Check): Check =>
  (body, request) => {
    if (!request.actor.scopes.includes(scope)) check(body, request);
  };

/** @throws {DomainError} `jambonz.bad_body` if the field is there, whatever it holds */
export const keeps =
  (name: string): Check =>
  (body) => {
    if (body[name] !== undefined) throw badBody(`${name} may not be modified`);
  };
