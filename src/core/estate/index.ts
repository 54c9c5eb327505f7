export { createEstate } from './create-estate.ts';
export type {
  EstateItems,
  EstateKind,
  EstateList,
  EstateQuery,
  ListedEndpoint,
  ListedNumber,
  Owned,
  Owner,
} from './estate.ts';
export type { EstateStore } from './estate-store.ts';
export type { Estate } from './service.ts';
