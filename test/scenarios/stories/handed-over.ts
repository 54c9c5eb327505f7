import { hears } from '../../support/hearing.ts';
import type { Client } from '../driver.ts';
import { ifAble, type Scene } from '../scene.ts';
import { everybodySees, idOf } from '../watching.ts';
import { connect, talking } from './connect.ts';

/** A call is started in one API; another hands the callee to a third phone, and the two talk. */
export async function handedOver(scene: Scene, starter: Client, steerer: Client): Promise<void> {
  const { caller, callee, third } = scene;
  const ids = await connect(scene, starter);
  await ifAble(scene, steerer, 'transfer', async (transfer) => {
    await transfer(idOf(ids, steerer), third.username);
    await caller.next('CALL_CLOSED');
    await third.next('CALL_INCOMING');
    await third.answer();
    await Promise.all([hears(third, callee.toneHz), hears(callee, third.toneHz)]);
    await everybodySees(scene, {
      ...talking(scene),
      from: callee.username,
      to: third.username,
    });
  });
  await callee.hangUp();
  await third.next('CALL_CLOSED');
  await everybodySees(scene, undefined);
}
