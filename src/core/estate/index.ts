export { createEstate } from './create-estate.ts';
export type {
  EstateItems,
  EstateKind,
  EstateList,
  EstateQuery,
  ListedEndpoint,
  ListedGateway,
  ListedNumber,
  ListedTrunk,
  Owned,
  Owner,
} from './estate.ts';
export type { EstateStore } from './estate-store.ts';
export type { Estate } from './service.ts';
