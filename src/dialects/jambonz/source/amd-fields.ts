import type { AnswerSign } from '../../../core/answers/index.ts';
import type { JsonObject } from '../../../kernel/json.ts';

/** How somebody answers, in the words of jambonz. @see contracts/jambonz.json, components: amd */
export function amdFields(sign: AnswerSign): JsonObject {
  switch (sign.sign) {
    case 'human':
      return { type: 'amd_human_detected' };
    case 'machine':
      return { type: 'amd_machine_detected', reason: 'word count', greeting: '' };
    case 'no_speech':
      return { type: 'amd_no_speech_detected' };
    case 'undecided':
      return { type: 'amd_decision_timeout' };
    case 'machine_silent':
      return { type: 'amd_machine_stopped_speaking' };
    case 'tone':
      return {
        type: 'amd_tone_detected',
        frequency: Math.round(sign.frequencyHz * 10) / 10,
        variance: Math.round(sign.varianceHz * 100) / 100,
      };
    case 'no_tone':
      return { type: 'amd_tone_timeout' };
    case 'over':
      return { type: 'amd_stopped' };
  }
}
