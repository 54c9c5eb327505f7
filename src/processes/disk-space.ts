/** Bytes below which an operator is warned; recordings stop there, calls do not. */
const leastFreeBytes = 1_000_000_000;

/** What an operator is told about the space that is left where the data lies. */
export const warnAboutDisk = (freeBytes: number): readonly string[] =>
  freeBytes < leastFreeBytes
    ? [`less than 1 GB is free (${Math.floor(freeBytes / 1_000_000)} MB): recordings are refused`]
    : [];
