/** One page of a list that is read by key, newest or first in order. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Hand it back to get what follows; absent on the last page. */
  readonly next: string | undefined;
}

export interface PageRequest {
  /** 1 to 1,000. */
  readonly limit: number;
  readonly after: string | undefined;
}
