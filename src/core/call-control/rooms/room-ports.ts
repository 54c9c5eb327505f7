import type { RoomPorts } from '../../interpreter/index.ts';
import type { Exchange } from '../ports.ts';

/** What is needed to change conferences and queues from outside. Commands pass the mailboxes of what they are for. */
export const roomPortsOf = ({
  live,
  engine,
  clock,
  speech,
  sounds,
  directory,
  interpreter,
  logger,
}: Exchange): RoomPorts => ({
  live,
  engine,
  clock,
  speech,
  sounds,
  directory,
  inform: interpreter.input,
  send(what, run, mailbox = what) {
    interpreter.mailboxes
      .of(mailbox)
      .post(run)
      .catch((error: unknown) => logger.info({ what, err: error }, 'a command failed'));
  },
});

/** A name is shown in addresses of APIs. */
export const namePattern = /^[^\p{C}:/]{1,128}$/u;
