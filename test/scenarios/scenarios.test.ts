import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Phone } from '../../src/phones/index.ts';
import { createWorld } from '../support/world.ts';
import { type Client, has, type Operation } from './driver.ts';
import { drivers } from './drivers/index.ts';
import { createEvidence } from './evidence.ts';
import { contradictions, matrix } from './matrix.ts';
import type { Scene } from './scene.ts';
import { handedOver } from './stories/handed-over.ts';
import { steeredCall } from './stories/steered-call.ts';

const world = createWorld();
const evidence = createEvidence();
const clients = new Map<string, Client>();
let third: Phone;

beforeAll(async () => {
  const { exchange } = world;
  await exchange.operator.post('/native/v1/endpoints', {
    username: '203',
    secret: 'polyvox-demo-sip',
  });
  third = await exchange.phone('203', 1600);
  for (const driver of drivers)
    clients.set(driver.dialect, { ...driver, operations: await driver.connect(exchange) });
});
afterAll(() => console.log(`\n${matrix(drivers, evidence)}\n`));

const scene = (): Scene => ({
  caller: world.phoneA,
  callee: world.phoneB,
  third,
  clients: [...clients.values()],
  evidence,
});
const clientOf = (dialect: string): Client => {
  const client = clients.get(dialect);
  if (!client) throw new Error(`${dialect} has not signed in`);
  return client;
};

/** Dialects that have one of these operations. */
const able = (...operations: readonly Operation[]): readonly string[] =>
  drivers
    .filter((driver) => operations.some((operation) => has(driver, operation)))
    .map(({ dialect }) => dialect);
const starters = able('start');
const steerers = able('hold', 'mute', 'record', 'dtmf', 'hangUp');

describe('a call through several APIs', () => {
  for (const starter of starters)
    for (const steerer of steerers)
      test(`is started by ${starter}, steered by ${steerer}, and seen and remembered by all`, () =>
        steeredCall(scene(), clientOf(starter), clientOf(steerer)));

  for (const steerer of able('transfer')) {
    const starter = starters.find((other) => other !== steerer) ?? steerer;
    test(`is started by ${starter}, and handed to a third phone by ${steerer}`, () =>
      handedOver(scene(), clientOf(starter), clientOf(steerer)));
  }
});

describe('every dialect', () => {
  test('has shown all operations that its driver does not declare as lacking', () => {
    expect(contradictions(drivers, evidence)).toEqual([]);
  });
});
