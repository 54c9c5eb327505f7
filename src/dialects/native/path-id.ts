import { unknownRoute } from '../../http/request-errors.ts';
import { toId } from '../../kernel/ids.ts';

/** The id in a path; what cannot be one is not there. */
export function pathId<Id extends string>(text: string): Id {
  const id = toId<Id>(text);
  if (!id) throw unknownRoute();
  return id;
}

/** Nulls of JSON become absent values. */
export type Defined<Fields> = {
  [Key in keyof Fields]:
    | Exclude<Fields[Key], null>
    | (null extends Fields[Key] ? undefined : never);
};

export const withoutNulls = <Fields extends object>(fields: Fields): Defined<Fields> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, value === null ? undefined : value]),
  ) as Defined<Fields>;
