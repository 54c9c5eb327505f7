import { expect } from 'vitest';
import { hears, hearsFor, hearsNothingOf } from '../../support/hearing.ts';
import type { Client } from '../driver.ts';
import { everybodyRemembers, rememberedSoFar } from '../remembering.ts';
import { ifAble, type Scene } from '../scene.ts';
import { everybodySees, idOf } from '../watching.ts';
import { connect, hearEachOther, talking } from './connect.ts';

/** Enough to tell two voices apart. */
const secondsRecorded = 1;

/** What a part of the story needs. */
interface Part {
  readonly scene: Scene;
  /** Who steers, and how that dialect names the call. */
  readonly steerer: Client;
  readonly id: string;
}

/** On hold neither hears the other, whether there is music or silence; then they talk again. */
const hold = ({ scene, steerer, id }: Part) =>
  ifAble(scene, steerer, 'hold', async (hold) => {
    const { caller, callee } = scene;
    await hold(id, true);
    await Promise.all([
      hearsNothingOf(callee, caller.toneHz),
      hearsNothingOf(caller, callee.toneHz),
    ]);
    await everybodySees(scene, { ...talking(scene), held: true });
    await hold(id, false);
    await hearEachOther(scene);
    await everybodySees(scene, talking(scene));
  });

/** Muted, the caller still hears and is not heard. */
const mute = ({ scene, steerer, id }: Part) =>
  ifAble(scene, steerer, 'mute', async (mute) => {
    const { caller, callee } = scene;
    await mute(id, true);
    await Promise.all([hearsNothingOf(callee, caller.toneHz), hears(caller, callee.toneHz)]);
    await everybodySees(scene, { ...talking(scene), muted: true });
    await mute(id, false);
    await hearEachOther(scene);
    await everybodySees(scene, talking(scene));
  });

/** While both talk. What the recording holds is measured when the call is over. */
const record = ({ scene, steerer, id }: Part) =>
  ifAble(scene, steerer, 'record', async (record) => {
    await record(id, true);
    await everybodySees(scene, { ...talking(scene), recording: true });
    await hearEachOther(scene);
    await hearsFor(scene.callee, secondsRecorded);
    await record(id, false);
    await everybodySees(scene, talking(scene));
  });

const sendKeys = ({ scene, steerer, id }: Part) =>
  ifAble(scene, steerer, 'dtmf', async (dtmf) => {
    const keys = '7#';
    await dtmf(id, keys);
    const pressed: (string | undefined)[] = [];
    for (const _ of keys) pressed.push((await scene.callee.next('CALL_DTMF_START')).param);
    expect(pressed.join('')).toBe(keys);
  });

/** Both phones are told; where a dialect cannot end calls, the caller does. */
async function end({ scene, steerer, id }: Part): Promise<void> {
  const { caller, callee } = scene;
  const bothEnd = async () => {
    await Promise.all([caller.next('CALL_CLOSED'), callee.next('CALL_CLOSED')]);
    await everybodySees(scene, undefined);
  };
  await ifAble(scene, steerer, 'hangUp', async (hangUp) => {
    await hangUp(id);
    await bothEnd();
  });
  if (steerer.operations.hangUp) return;
  await caller.hangUp();
  await bothEnd();
}

/** A call is started in one API, steered in another, seen in all, and remembered by all. */
export async function steeredCall(scene: Scene, starter: Client, steerer: Client): Promise<void> {
  const ids = await connect(scene, starter);
  const before = await rememberedSoFar(scene);
  const part: Part = { scene, steerer, id: idOf(ids, steerer) };
  await hold(part);
  await mute(part);
  await record(part);
  await sendKeys(part);
  await end(part);
  const recorded = steerer.operations.record !== undefined;
  const remembered = () => everybodyRemembers(scene, { ids, before, recorded });
  await (recorded ? ifAble(scene, steerer, 'record', remembered) : remembered());
}
