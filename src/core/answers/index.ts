export type { AnswerSign, DetectSettings } from './answer-sign.ts';
export { type AnswerDetector, createAnswerDetector, detectRate } from './create-answer-detector.ts';
