import type { UserId } from '../../kernel/ids.ts';
import type { Leg } from '../calls/index.ts';
import { userOf } from '../calls/index.ts';
import type { DialInstruction, DialTarget, Instruction } from '../programs/index.ts';
import {
  endpointTargets,
  type RingTarget,
  type Route,
  type RoutingView,
  resolveDestination,
  userTargets,
} from '../routing/index.ts';
import type { InterpreterPorts } from './ports.ts';

/** What routing looks at for a leg's account, now. */
export function routingView(
  ports: Pick<InterpreterPorts, 'directory' | 'clock' | 'live' | 'registrations' | 'trunkStates'>,
  accountId: Leg['accountId'],
): RoutingView | undefined {
  const account = ports.directory.account(accountId);
  if (!account) return undefined;
  return {
    directory: ports.directory,
    account,
    now: ports.clock.now(),
    contactsOf: (endpointId) => ports.registrations.contactsOf(endpointId),
    isOutOfReach: (trunk, address) => ports.trunkStates?.isOutOfReach(trunk, address) ?? false,
    isBusy: (userId: UserId) =>
      ports.live.legs().some((leg) => userOf(leg) === userId && leg.state === 'answered'),
  };
}

/** A target that can be rung, and which one of the instruction's it comes from; the first if nothing is said. */
export type PlannedTarget = RingTarget & { readonly of?: number };

/** What a dial is to do: ring in attempts, or run something else instead. */
export type DialPlan =
  | { readonly kind: 'ring'; readonly attempts: readonly (readonly PlannedTarget[])[] }
  | { readonly kind: 'instead'; readonly instructions: readonly Instruction[] };

function routeOf(view: RoutingView, target: DialTarget): Route {
  switch (target.kind) {
    case 'dialled':
      return resolveDestination(view, target.dialled);
    case 'user':
      return { kind: 'ring', attempts: [userTargets(view, target.userId)], emergency: false };
    case 'endpoint': {
      const endpoint = [...view.account.endpoints.values()].find(
        (e) => e.username === target.username,
      );
      return {
        kind: 'ring',
        attempts: [endpoint ? endpointTargets(view, endpoint) : []],
        emergency: false,
      };
    }
    case 'sip': {
      const { uri, username, sealedPassword, fromHost } = target;
      const number = uri.replace(/^sips?:/i, '').replace(/;.*$/, '');
      const wanted = { uri, number, username, sealedPassword, fromHost };
      return { kind: 'ring', attempts: [[{ kind: 'sip', ...wanted }]], emergency: false };
    }
    case 'service':
      return {
        kind: 'ring',
        attempts: [[{ kind: 'service', service: target.service }]],
        emergency: false,
      };
  }
}

/** Puts the first attempts of several routes side by side, then their second ones, and so on. */
const sideBySide = (routes: readonly (readonly (readonly PlannedTarget[])[])[]) => {
  const longest = Math.max(0, ...routes.map((attempts) => attempts.length));
  return Array.from({ length: longest }, (_, turn) =>
    routes.flatMap((attempts) => attempts[turn] ?? []),
  );
};

/** What a dial instruction leads to now. A single target may lead to a program; among several those are left out. */
export function planDial(
  view: RoutingView,
  { targets, order }: Pick<DialInstruction, 'targets' | 'order'>,
): DialPlan {
  const routes = targets.map((target) => routeOf(view, target));
  const [only] = routes;
  if (routes.length === 1 && only && only.kind !== 'ring') {
    return { kind: 'instead', instructions: only.instructions };
  }
  const rings = routes.flatMap((route, of) =>
    route.kind === 'ring'
      ? [route.attempts.map((attempt) => attempt.map((target) => ({ ...target, of })))]
      : [],
  );
  return { kind: 'ring', attempts: order === 'parallel' ? sideBySide(rings) : rings.flat() };
}
