import type { EngineAudioId, LegAudio } from '../../engine/port/index.ts';
import type { LegId } from '../../kernel/ids.ts';
import { type AnswerSign, createAnswerDetector, detectRate } from '../answers/index.ts';
import { hasEnded } from '../calls/index.ts';
import type { DetectWish, Instruction, ProgramSourceRef } from '../programs/index.ts';
import type { InterpreterPorts } from './ports.ts';

/** What is to be found out. */
export interface WantedDetection {
  /** Who answered. */
  readonly legId: LegId;
  /** Whose program is asked, and may be replaced by what is answered. */
  readonly askedLegId: LegId;
  readonly source: ProgramSourceRef;
  readonly wish: DetectWish;
}

/** Finding out how legs answer, in this process. It ends with the server: what has been heard is not stored. */
export interface Detections {
  begin(wanted: WantedDetection): void;
}

export function createDetections(
  {
    engine,
    live,
    sources,
    logger,
  }: Pick<InterpreterPorts, 'engine' | 'live' | 'sources' | 'logger'>,
  run: (legId: LegId, source: ProgramSourceRef, instructions: readonly Instruction[]) => void,
): Detections {
  let begun = 0;

  /** Asks what is to be done now; the other signs wait meanwhile. */
  const ask = async (
    { askedLegId, legId, source, wish }: WantedDetection,
    sign: AnswerSign,
  ): Promise<void> => {
    const asked = sources[source.dialect];
    const leg = live.leg(askedLegId);
    if (!asked || !leg || hasEnded(leg)) return;
    const next = await asked.ask({
      source,
      legId: askedLegId,
      question: wish.question,
      result: undefined,
      key: `${legId}.${sign.sign}`,
      sign,
    });
    const now = live.leg(askedLegId);
    if (!next || !now || hasEnded(now)) return;
    run(askedLegId, source, next);
    const answered = live.leg(legId);
    const isAlone = legId !== askedLegId && answered && !hasEnded(answered) && !answered.program;
    if (isAlone) await engine.hangUp(answered.engineId, 'normal');
  };
  const listen = (wanted: WantedDetection, audio: LegAudio): void => {
    let line: Promise<unknown> = Promise.resolve();
    const detector = createAnswerDetector(wanted.wish.settings, (sign) => {
      line = line
        .then(() => ask(wanted, sign))
        .catch((error: unknown) =>
          logger.debug({ legId: wanted.legId, err: error }, 'nobody heard how a leg answers'),
        );
      if (sign.sign === 'over') void audio.close();
    });
    audio.onSound(detector.hear);
  };
  return {
    begin(wanted) {
      const leg = live.leg(wanted.legId);
      if (!leg || hasEnded(leg)) return;
      begun += 1;
      const audioId = `${leg.id}.answer.${begun}` as EngineAudioId;
      engine
        .openAudio(audioId, leg.engineId, { ear: 'in', earRate: detectRate })
        .then((audio) => {
          audio.onEnd(() => void audio.close());
          listen(wanted, audio);
        })
        .catch((error: unknown) =>
          logger.warn({ legId: wanted.legId, err: error }, 'nobody hears how a leg answers'),
        );
    },
  };
}
