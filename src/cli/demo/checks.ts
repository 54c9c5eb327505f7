import type { Heard, RecordedSound } from './listening.ts';
import type { CheckResult } from './transcript.ts';

/** What the run found out; what is absent was not reached. */
export interface Findings {
  readonly calleeHears?: Heard;
  readonly callerHears?: Heard;
  /** On hold: caller, callee. */
  readonly music?: readonly [Heard, Heard];
  readonly again?: readonly [Heard, Heard];
  /** The id of the call as each API names it; `undefined` where it is not seen. */
  readonly callIds?: Readonly<Record<string, string | undefined>>;
  readonly recording?: {
    readonly sound: RecordedSound | string;
    readonly path: string;
    readonly url: string;
  };
  readonly history?: HistoryItem;
}

/** An entry of the log of calls, as sipgate shows it. */
export interface HistoryItem {
  readonly callId: string;
  readonly source: string;
  readonly target: string;
  readonly status: string;
  readonly duration: number;
  readonly recordingUrl: string | null;
}

/** What everybody says, and who they are. */
export interface Voices {
  readonly caller: { readonly username: string; readonly toneHz: number };
  readonly callee: { readonly username: string; readonly toneHz: number };
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const voice = (
  listener: string,
  { username, toneHz }: Voices['caller'],
  heard: Heard | undefined,
): CheckResult => ({
  passed: heard?.good,
  name: `${listener} hears ${username}`,
  found: heard ? [`its tone of ${toneHz} Hz is ${percent(heard.share)} of the sound`] : [],
});

const onHold = (music: Findings['music'], again: Findings['again']): CheckResult => ({
  passed: music && again && [...music, ...again].every(({ good }) => good),
  name: 'hold and resume',
  found:
    music && again
      ? [
          `on hold both hear music (${music.map(({ share }) => percent(share)).join(' and ')} of the other's tone)`,
          `afterwards each other again (${again.map(({ share }) => percent(share)).join(' and ')})`,
        ]
      : [],
});

const oneCall = (callIds: Findings['callIds']): CheckResult => ({
  passed: callIds && Object.values(callIds).every((id) => id !== undefined),
  name: 'one call in all APIs',
  found: Object.entries(callIds ?? {}).map(
    ([api, id]) => `${api.padEnd(8)} ${id ?? 'does not show it'}`,
  ),
});

function recorded(found: Findings['recording'], { caller, callee }: Voices): CheckResult {
  const name = 'recording';
  if (!found) return { passed: undefined, name, found: [] };
  const { sound, path, url } = found;
  if (typeof sound === 'string') return { passed: false, name, found: [sound, path, url] };
  const tones = [caller, callee].map(
    ({ toneHz }, at) => `${toneHz} Hz ${percent(sound.shares[at] ?? 0)}`,
  );
  return {
    passed: sound.good,
    name,
    found: [`WAV of ${sound.seconds.toFixed(1)} s with both tones: ${tones.join(', ')}`, path, url],
  };
}

const remembered = (entry: HistoryItem | undefined): CheckResult => ({
  passed: entry && entry.status === 'PICKUP',
  name: 'history',
  found: entry ? [`${entry.source} to ${entry.target}, ${entry.status}, ${entry.duration} s`] : [],
});

/** What the run has shown, one by one. */
export function judge(findings: Findings, voices: Voices): readonly CheckResult[] {
  const { caller, callee } = voices;
  return [
    voice(callee.username, caller, findings.calleeHears),
    voice(caller.username, callee, findings.callerHears),
    oneCall(findings.callIds),
    onHold(findings.music, findings.again),
    recorded(findings.recording, voices),
    remembered(findings.history),
  ];
}
