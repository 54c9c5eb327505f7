/// <reference path="./verb-specifications.d.ts" />
import { normalizeJambones, validate } from '@jambonz/verb-specifications';
import { invalidPayload } from '../hook-errors.ts';

/** One verb with its properties, as the specification allows them. */
export interface Verb {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Verbs of one program, so that nobody makes us compile without end. */
const mostVerbs = 500;

const silent = { info: () => undefined };

/**
 * Reads a program strictly: one wrong verb, or one that is not served, refuses all of it.
 * @throws {DomainError} `jambonz.invalid_payload` in the words of the contract
 * @see contracts/jambonz.json, verb_rules
 */
export function readVerbs(body: unknown, isServed: (verb: string) => boolean): readonly Verb[] {
  try {
    if (Array.isArray(body) && body.some((one) => one === null || Array.isArray(one)))
      throw new Error('malformed jambonz payload: must be array of objects');
    validate(silent, body);
    const verbs = normalizeJambones(silent, body).flatMap((one) =>
      Object.entries(one).map(([name, properties]): Verb => ({ name, properties })),
    );
    const unknown = verbs.find(({ name }) => !isServed(name));
    if (unknown) throw new Error(`invalid instruction: ${unknown.name}`);
    if (verbs.length > mostVerbs) throw new Error(`more than ${mostVerbs} verbs`);
    return verbs;
  } catch (error) {
    throw invalidPayload((error as Error).message.slice(0, 500));
  }
}
