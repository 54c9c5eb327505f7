import { DomainError } from '../../kernel/domain-error.ts';

/** What an application answered is no program. @param reason - in the words of the contract */
export const invalidPayload = (reason: string) =>
  new DomainError(
    'invalid',
    'jambonz.invalid_payload',
    `What the application answered cannot be run: ${reason}`,
    { details: { reason } },
  );

/** The application, or the call, that a hook is asked for is not there any more. */
export const applicationGone = (sid: string) =>
  new DomainError(
    'not_found',
    'jambonz.application_gone',
    'The application is not there any more',
    {
      details: { sid },
    },
  );

export const hookUrlInvalid = (url: string) =>
  new DomainError(
    'invalid',
    'jambonz.hook_url_invalid',
    `${JSON.stringify(url.slice(0, 100))} is no address of a hook`,
  );
