import type { EngineFact } from '../../engine/port/index.ts';
import type { RecordingId } from '../../kernel/ids.ts';
import { about, forgetRecording } from '../interpreter/index.ts';
import type { Recording } from '../recordings/index.ts';
import type { Exchange } from './ports.ts';

type Finished = Extract<EngineFact, { type: 'recording.finished' }>;

/** Where the bytes of a recording lie: a folder a day and account. */
const fileKey = ({ id, accountId, startedAt }: Recording): string =>
  `recordings/${accountId}/${startedAt.toISOString().slice(0, 10)}/${id}.wav`;

function tellOutcome(exchange: Exchange, recording: Recording): void {
  const leg = exchange.live.leg(recording.legId);
  const base = leg
    ? about(leg, exchange.clock.now())
    : {
        accountId: recording.accountId,
        callId: recording.callId,
        legId: recording.legId,
        userId: recording.ownerUserId,
        number: '',
        name: '',
        source: undefined,
        at: exchange.clock.now(),
      };
  exchange.live.tell(
    recording.state === 'stored'
      ? {
          ...base,
          type: 'recording.stored',
          recordingId: recording.id,
          durationSeconds: recording.durationSeconds ?? 0,
        }
      : { ...base, type: 'recording.failed', recordingId: recording.id },
  );
}

async function store(exchange: Exchange, recording: Recording, fact: Finished): Promise<void> {
  const file = fileKey(recording);
  const { sizeBytes } = await exchange.files.take(file, fact.path);
  const stored: Recording = {
    ...recording,
    state: 'stored',
    endedAt: fact.at,
    durationSeconds: fact.durationSeconds,
    sizeBytes,
    file,
  };
  exchange.live.putRecording(stored);
  tellOutcome(exchange, stored);
}

/** A recording is over: its file is taken over, then the recording is stored and told of. */
export function applyRecordingFinished(exchange: Exchange, fact: Finished): void {
  const { live, logger } = exchange;
  const recording = live.recording(fact.recording as string as RecordingId);
  if (recording?.state !== 'running') return;
  forgetRecording(live, recording.legId, recording.id);
  const fail = (error: unknown) => {
    logger.error({ recordingId: recording.id, err: error }, 'a recording was lost');
    const failed: Recording = { ...recording, state: 'failed', endedAt: fact.at };
    live.putRecording(failed);
    tellOutcome(exchange, failed);
  };
  if (!fact.ok) return fail(new Error('the engine reports that the recording failed'));
  store(exchange, recording, fact).catch(fail);
}
