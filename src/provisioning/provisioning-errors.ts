import { DomainError } from '../kernel/domain-error.ts';

const remedy = (programs: readonly string[], variables: readonly string[]): string =>
  `Install ${programs.join(', ')} yourself, so that they are on PATH or named by ${variables.join(', ')}, and start again.`;

export const noArchive = (
  reason: string,
  programs: readonly string[],
  variables: readonly string[],
) =>
  new DomainError(
    'unavailable',
    'provisioning.no_archive',
    `Some programs cannot be fetched: ${reason}\n${remedy(programs, variables)}`,
  );

/** apt's own words tell most: an expired index, a wrong signature, no network. */
export const aptFailed = (
  step: string,
  output: string,
  programs: readonly string[],
  variables: readonly string[],
) => {
  const hint = /NO_PUBKEY|not signed|signature/i.test(output)
    ? 'The signature of the archive cannot be checked: is debian-archive-keyring up to date?'
    : /expired|Valid-Until/i.test(output)
      ? 'The mirror lags behind: its index has expired. Another mirror in the apt configuration helps.'
      : /resolv|connect|timed out|Network is unreachable/i.test(output)
        ? 'The mirror cannot be reached: is there a network, or is a proxy needed?'
        : 'apt said why:';
  const tail = output.trim().split('\n').slice(-6).join('\n  ');
  return new DomainError(
    'unavailable',
    'provisioning.apt_failed',
    `Fetching programs failed (${step}). ${hint}\n  ${tail}\n${remedy(programs, variables)}`,
  );
};

export const programTooOld = (name: string, found: string, least: string, variable: string) =>
  new DomainError(
    'unavailable',
    'provisioning.program_too_old',
    `${variable} names ${name} ${found}, but at least ${least} is needed. Point it to a newer one, or unset it: then ${name} is looked for on PATH, and fetched if need be.`,
  );

export const programNotRunnable = (name: string, variable: string, command: string, said: string) =>
  new DomainError(
    'unavailable',
    'provisioning.program_not_runnable',
    `${variable} names ${command}, which does not run as ${name} (it said: ${said || 'nothing'}). Correct it, or unset it: then ${name} is looked for on PATH, and fetched if need be.`,
  );

export const programBroken = (name: string, reason: string) =>
  new DomainError(
    'unavailable',
    'provisioning.program_broken',
    `${name} was fetched but does not run: ${reason}`,
  );
