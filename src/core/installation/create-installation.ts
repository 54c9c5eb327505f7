import { createHash } from 'node:crypto';
import { forbidden } from '../../kernel/access-errors.ts';
import type { Actor } from '../../kernel/actor.ts';
import type { Clock } from '../../kernel/clock.ts';
import { newSid, type Sid } from '../../kernel/ids.ts';
import { ipVersion } from '../../kernel/ip-address.ts';
import type { Json } from '../../kernel/json.ts';
import type { NewSipAddress, SipAddress } from './installation.ts';
import { installationInvalid, sipAddressNotFound } from './installation-errors.ts';
import type { InstallationStore } from './installation-store.ts';
import type { Installation } from './service.ts';

export interface InstallationPorts {
  readonly store: InstallationStore;
  readonly clock: Clock;
  /** Where the engine listens. */
  readonly sip: { readonly host: string; readonly port: number };
  readonly startedAt: Date;
}

/** An id of version 4 that is the same for the same text. @see RFC 9562 section 5.4 */
function sidOf(text: string): Sid {
  const hex = createHash('sha256').update(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-') as Sid;
}

type StoredAddress = Omit<SipAddress, 'changedAt'> & { readonly changedAt: string };

const revived = (stored: Json | undefined): readonly SipAddress[] =>
  ((stored ?? []) as unknown as readonly StoredAddress[]).map((address) => ({
    ...address,
    changedAt: new Date(address.changedAt),
  }));

const isPort = (port: number | undefined): boolean =>
  port === undefined || (Number.isInteger(port) && port >= 1 && port <= 65_535);

/** @throws {DomainError} `installation.invalid` */
function check({ host, port, tlsPort, wssPort }: NewSipAddress): void {
  if (ipVersion(host) === 0) throw installationInvalid('host', 'must be an address');
  if (![port, tlsPort, wssPort].every(isPort))
    throw installationInvalid('port', 'must be 1 to 65535');
}

/** What holds for the whole installation, for the dialects. */
export function createInstallation(ports: InstallationPorts): Installation {
  const { store, clock, sip, startedAt } = ports;
  const mustManage = (actor: Actor) => {
    if (!actor.operator) throw forbidden('manage the installation');
  };
  const own: SipAddress = {
    sid: sidOf(`sip ${sip.host} ${sip.port}`),
    ...sip,
    tlsPort: undefined,
    wssPort: undefined,
    operator: undefined,
    changedAt: startedAt,
  };
  return {
    async sipAddresses(operatorId) {
      const all = revived(await store.read('sip_addresses'));
      const ofOperator = all.filter((one) => operatorId && one.operator?.id === operatorId);
      if (ofOperator.length > 0) return ofOperator;
      const forAll = all.filter((one) => one.operator === undefined);
      return forAll.length > 0 ? forAll : [own];
    },
    async addSipAddress(actor, given) {
      mustManage(actor);
      check(given);
      const made: SipAddress = { ...given, sid: newSid(), changedAt: clock.now() };
      await store.change(
        'sip_addresses',
        (before) => [...revived(before), made] as unknown as Json,
      );
      return made;
    },
    async removeSipAddress(actor, sid) {
      mustManage(actor);
      let found = false;
      await store.change('sip_addresses', (before) => {
        const all = revived(before);
        found = all.some((one) => one.sid === sid);
        return all.filter((one) => one.sid !== sid) as unknown as Json;
      });
      if (!found) throw sipAddressNotFound(sid);
    },
  };
}
