import { DomainError } from '../../kernel/domain-error.ts';

/** Nobody may be called there. @param reason - in words, without the address */
export const sipTargetRefused = (reason: string) =>
  new DomainError('invalid', 'sip_target.refused', `The address may not be called: ${reason}`, {
    details: { reason },
  });

/** A host that has no address. */
export const sipTargetUnreachable = (cause?: unknown) =>
  new DomainError('unavailable', 'sip_target.unreachable', 'The host of the address is not known', {
    cause,
  });
