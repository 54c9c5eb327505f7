import type { EngineAudioId, EngineLegId, LegAudio, LegAudioOptions } from '../port/index.ts';

/** The live sound of a leg in the engine of the tests. */
export interface FakeAudio {
  readonly id: EngineAudioId;
  readonly leg: EngineLegId;
  readonly options: LegAudioOptions;
  /** What was spoken to the leg and not dropped, in order. */
  readonly spoken: readonly Buffer[];
  isOpen(): boolean;
  /** The leg says, or hears, something. */
  sounds(pcm: Buffer): void;
  /** Everything that waits to be spoken has been. */
  speaksOut(): void;
  /** It breaks. */
  breaks(): void;
  /** What the exchange has of it. */
  readonly end: LegAudio;
}

export function createFakeAudio(
  id: EngineAudioId,
  leg: EngineLegId,
  options: LegAudioOptions,
): FakeAudio {
  const spoken: Buffer[] = [];
  const waiting: ((spoken: boolean) => void)[] = [];
  let hears: ((pcm: Buffer) => void) | undefined;
  let tellEnd: (() => void) | undefined;
  let open = true;
  const settle = (wasSpoken: boolean) => {
    for (const tell of waiting.splice(0)) tell(wasSpoken);
  };
  const breaks = () => {
    if (!open) return;
    open = false;
    settle(false);
    tellEnd?.();
  };
  return {
    id,
    leg,
    options,
    spoken,
    isOpen: () => open,
    sounds: (pcm) => hears?.(pcm),
    speaksOut: () => settle(true),
    breaks,
    end: {
      onSound(listener) {
        hears = listener;
      },
      speak: (pcm) => void spoken.push(pcm),
      hush() {
        spoken.length = 0;
        settle(false);
      },
      spoken: () => new Promise((resolve) => waiting.push(resolve)),
      onEnd(listener) {
        tellEnd = listener;
        if (!open) listener();
      },
      close: async () => breaks(),
    },
  };
}
