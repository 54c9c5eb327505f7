import { readFileSync } from 'node:fs';

interface Field {
  readonly name: string;
  readonly type: string;
  readonly required?: boolean;
  readonly nullable: boolean;
  readonly enum?: readonly string[];
  /** Kinds of history entries that have it. */
  readonly only_for?: readonly string[];
  /** Another schema. */
  readonly ref?: string;
}

export interface ContractOperation {
  readonly method: string;
  readonly path: string;
  /** Any one of them is enough; none means that any credential is. */
  readonly scopes: readonly string[];
  readonly body: readonly {
    readonly name: string;
    readonly type: string;
    readonly required: boolean;
  }[];
  readonly success: number;
  /** Schema of the answer. */
  readonly answers: string | null;
}

interface Contract {
  readonly operations: readonly ContractOperation[];
  readonly schemas: Readonly<Record<string, readonly Field[]>>;
}

const contract = JSON.parse(
  readFileSync(new URL('contract.json', import.meta.url), 'utf8'),
) as Contract;

export const { operations } = contract;

const plain: Readonly<Record<string, object>> = {
  string: { type: 'string' },
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
};

function schemaOfField({ type, nullable, enum: words, ref }: Field): object {
  const one = ref
    ? schemaOf(ref)
    : { ...plain[type.replace('[]', '')], ...(words && { enum: words }) };
  const whole = type.endsWith('[]') ? { type: 'array', items: one } : one;
  return nullable ? { anyOf: [whole, { type: 'null' }] } : whole;
}

/** As JSON Schema. Every field must be there: a server emits all that it documents. */
export function schemaOf(name: string): object {
  const fields = (contract.schemas[name] ?? []).filter(
    ({ only_for }) => !only_for || only_for.includes('CALL'),
  );
  return {
    type: 'object',
    required: fields.map((field) => field.name),
    properties: Object.fromEntries(fields.map((field) => [field.name, schemaOfField(field)])),
  };
}

/** An operation with something in place of its placeholders. */
export const pathOf = ({ path }: ContractOperation, userId = 'w0'): string =>
  path
    .replace('{callId}', '7C0FA91B2D5E44387C0FA91B2D5E4438')
    .replace('{userId}', userId)
    .replace('{deviceId}', 'e0');

const examples: Readonly<Record<string, unknown>> = {
  caller: 'e0',
  callee: '202',
  value: true,
  announcement: false,
  attended: false,
  phoneNumber: '202',
  sequence: '*4711#',
  url: 'https://media.example.test/notice.wav',
};

/** A body that has what is required. */
export const bodyOf = ({ body }: ContractOperation): Record<string, unknown> | undefined =>
  body.length === 0
    ? undefined
    : Object.fromEntries(
        body.filter(({ required }) => required).map(({ name }) => [name, examples[name]]),
      );
