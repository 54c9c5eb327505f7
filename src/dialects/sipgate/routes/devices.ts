import { Type } from 'typebox';
import { endpointNotFound } from '../../../core/endpoints/index.ts';
import type { Services } from '../../../http/services.ts';
import type { TypedApp } from '../../../http/typed-app.ts';
import { mayActFor } from '../../../kernel/actor.ts';
import { readExtension } from '../ids.ts';
import { reachableUser } from '../own-user.ts';
import { presentDevice, presentRegisterDevice } from '../present/devices.ts';
import { DevicesResponse, RegisterDeviceResponse, refusals, UserParameters } from '../schemas.ts';

const may = (...anyOf: string[]) => ({ access: { kind: 'scope', anyOf } }) as const;

/**
 * Devices, and what a phone needs to be one. @see contracts/sipgate.json, section 1.11
 * @param sipAddress - host and port at which phones register
 */
export function deviceRoutes(app: TypedApp, services: Services, sipAddress: () => string): void {
  const { accounts, users, endpoints } = services;
  app.get(
    '/v2/:userId/devices',
    {
      config: may('all', 'devices:read'),
      schema: {
        summary: 'The devices of a user, and which can be rung now',
        params: UserParameters,
        response: { 200: DevicesResponse, ...refusals },
      },
    },
    async ({ actor, params }) => {
      const user = await reachableUser(users, actor, params.userId);
      const devices = await endpoints.ofUser(actor, user.id);
      return { items: devices.map((device) => presentDevice(device, user)) };
    },
  );
  app.get(
    '/v2/devices/:deviceId',
    {
      config: may('all', 'devices:read', 'devices:sim:read'),
      schema: {
        summary: 'One device: where it is registered, and its password, which is told to its owner',
        params: Type.Object({ deviceId: Type.String({ maxLength: 64 }) }),
        response: { 200: RegisterDeviceResponse, ...refusals },
      },
    },
    async ({ actor, params }, reply) => {
      const named = readExtension(params.deviceId, 'e');
      const found = (await endpoints.all(actor)).find(
        ({ endpoint }) => endpoint.serial === named?.serial,
      );
      if (!found || !mayActFor(actor, found.endpoint.userId))
        throw endpointNotFound(params.deviceId);
      const { id, userId } = found.endpoint;
      const [account, owner, password] = await Promise.all([
        accounts.get(actor, actor.accountId),
        userId && users.get(actor, userId),
        endpoints.showSecret(actor, id),
      ]);
      reply.header('cache-control', 'no-store');
      return presentRegisterDevice(found, owner, { account, password, sipAddress: sipAddress() });
    },
  );
}
