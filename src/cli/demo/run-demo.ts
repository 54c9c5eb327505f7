import { join } from 'node:path';
import { explainFailure } from '../explain-failure.ts';
import { judge } from './checks.ts';
import { connect, hangUp, lookBack, lookEverywhere, recordAndHold, talk } from './scenes.ts';
import { type Stage, type StageOptions, setStage } from './stage.ts';

export interface DemoOptions extends StageOptions {
  /** Where the recording is kept; absolute. */
  readonly folder: string;
}

/** The call, scene by scene. */
async function play(stage: Stage, folder: string): Promise<void> {
  const { transcript } = stage;
  transcript.heading('One request through sipgate connects them');
  const callId = await connect(stage);
  await talk(stage);
  transcript.heading('The same call, seen through each API');
  await lookEverywhere(stage, callId);
  transcript.heading('Recorded through sipgate; held and resumed through the native API');
  await recordAndHold(stage, callId);
  transcript.heading('Hung up through sipgate; then the log of calls');
  await hangUp(stage, callId);
  await lookBack(stage, callId, join(folder, 'recording.wav'));
}

/**
 * Plays the whole call and judges what was found.
 * @returns whether everything was as it should be
 */
export async function runDemo({ folder, ...options }: DemoOptions): Promise<boolean> {
  const { transcript } = options;
  transcript.heading('Two phones register');
  const stage = await setStage(options);
  let failure: unknown;
  try {
    await play(stage, folder);
  } catch (error) {
    failure = error;
  }
  const results = judge(stage.findings, stage.phones);
  transcript.heading('Checks');
  for (const result of results) transcript.check(result);
  if (failure !== undefined) transcript.note(`\nIt stopped early: ${explainFailure(failure)}`);
  const passed = results.filter((result) => result.passed === true).length;
  const all = passed === results.length;
  transcript.note(`\n${all ? `All ${passed}` : `${passed} of ${results.length}`} checks passed.`);
  return all && failure === undefined;
}
