import { type CallOrigin, invalidNumber } from '../../core/calls/index.ts';
import type { Endpoints, LiveEndpoint } from '../../core/endpoints/index.ts';
import type { Users } from '../../core/users/index.ts';
import { forbidden } from '../../kernel/access-errors.ts';
import { type Actor, mayActFor } from '../../kernel/actor.ts';
import type { EndpointId } from '../../kernel/ids.ts';
import { readExtension, toDialled } from './ids.ts';

export interface Extensions {
  readonly users: Users;
  readonly endpoints: Endpoints;
}

const notYours = () => forbidden('call from this extension');

async function ownDevice(
  { endpoints }: Extensions,
  actor: Actor,
  serial: number,
): Promise<LiveEndpoint> {
  const all = await endpoints.all(actor);
  const found = all.find(({ endpoint }) => endpoint.serial === serial);
  if (!found || !mayActFor(actor, found.endpoint.userId)) throw notYours();
  return found;
}

async function ownLine({ users }: Extensions, actor: Actor, serial: number): Promise<CallOrigin> {
  const user = (await users.all(actor)).find((one) => one.serial === serial);
  if (!user || !mayActFor(actor, user.id)) throw notYours();
  return { kind: 'user', userId: user.id };
}

/**
 * The device whose number is shown, if one is named. Only devices that one may call from can be.
 * @throws {DomainError} `access.forbidden`
 */
export async function shownDevice(
  extensions: Extensions,
  actor: Actor,
  deviceId: string | undefined,
): Promise<EndpointId | undefined> {
  if (!deviceId) return undefined;
  const named = readExtension(deviceId, 'e');
  if (!named) throw notYours();
  return (await ownDevice(extensions, actor, named.serial)).endpoint.id;
}

/**
 * Whom `caller` of a new session means. Extensions of others and unknown ones are refused alike.
 * @param device - as if from which a number is called
 * @throws {DomainError} `access.forbidden`; `call.invalid_number` if it is neither extension nor number,
 *   or a number without a device
 */
export async function callOrigin(
  extensions: Extensions,
  actor: Actor,
  caller: string,
  device: EndpointId | undefined,
): Promise<CallOrigin> {
  const extension = readExtension(caller, 'epwyxg');
  if (extension?.letter === 'e') {
    const { endpoint } = await ownDevice(extensions, actor, extension.serial);
    return { kind: 'endpoint', endpointId: endpoint.id };
  }
  if (extension?.letter === 'p' || extension?.letter === 'w')
    return ownLine(extensions, actor, extension.serial);
  if (extension) throw notYours();
  if (!/^[+*]?[0-9()./ -]{2,32}$/.test(caller)) throw invalidNumber(caller);
  if (!device) throw invalidNumber(`${caller} without deviceId`);
  return { kind: 'dialled', dialled: toDialled(caller), endpointId: device };
}

/** What `callee` means, as it is dialled: extensions of devices and people become their numbers. */
export async function dialledCallee(
  { users, endpoints }: Extensions,
  actor: Actor,
  callee: string,
): Promise<string> {
  const extension = readExtension(callee, 'epw');
  if (!extension) {
    if (!/^[+*#]?[0-9*#()./ -]{1,32}$/.test(callee)) throw invalidNumber(callee);
    return toDialled(callee);
  }
  if (extension.letter === 'e') {
    const all = await endpoints.all(actor);
    const found = all.find(({ endpoint }) => endpoint.serial === extension.serial);
    if (!found) throw invalidNumber(callee);
    return found.endpoint.username;
  }
  const user = (await users.all(actor)).find(({ serial }) => serial === extension.serial);
  if (!user?.extension) throw invalidNumber(callee);
  return user.extension;
}
