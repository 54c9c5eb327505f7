import type { Json, JsonObject } from '../../../kernel/json.ts';

/** What an audio socket is told and allowed, as it is kept with a program. */
export interface StreamWords {
  readonly url: string;
  readonly username?: string;
  readonly sealedPassword?: string;
  readonly metadata?: JsonObject;
  readonly mixType: 'mono' | 'stereo' | 'mixed';
  readonly passDtmf: boolean;
  /** Whether binary messages of the other side are sound for the leg. */
  readonly streaming: boolean;
}

export const streamWordsAsJson = (words: StreamWords): JsonObject => ({ ...words });

export const streamWordsIn = (json: Json): StreamWords => json as unknown as StreamWords;
