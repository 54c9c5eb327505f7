import { hears } from '../../support/hearing.ts';
import type { Client } from '../driver.ts';
import { ifAble, type Scene } from '../scene.ts';
import { type CallIds, everybodySees, type Facts } from '../watching.ts';

/** The call of a story before anybody steers it. */
export const talking = ({ caller, callee }: Scene): Facts => ({
  from: caller.username,
  to: callee.username,
  state: 'talking',
  held: false,
  muted: false,
  recording: false,
});

export const hearEachOther = async ({ caller, callee }: Scene): Promise<void> => {
  await Promise.all([hears(caller, callee.toneHz), hears(callee, caller.toneHz)]);
};

/** One API rings the caller, then the callee; they answer and talk. @returns the ids of the call */
export async function connect(scene: Scene, starter: Client): Promise<CallIds> {
  const { caller, callee } = scene;
  await ifAble(scene, starter, 'start', async (start) => {
    await start(caller.username, callee.username);
    await caller.next('CALL_INCOMING');
    await caller.answer();
    await callee.next('CALL_INCOMING');
    await everybodySees(scene, { ...talking(scene), state: 'ringing' });
    await callee.answer();
    await Promise.all([caller.next('CALL_ESTABLISHED'), callee.next('CALL_ESTABLISHED')]);
    await hearEachOther(scene);
  });
  return everybodySees(scene, talking(scene));
}
