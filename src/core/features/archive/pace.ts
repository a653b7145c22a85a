import { Milliseconds } from '../../contract/ids.ts';
import type { JobContext } from '../../platform/jobs/protocol.ts';

interface PacedFile {
  readonly id: number;
  readonly bytes: number;
  readonly kind: string;
  readonly read: number;
  readonly quarantined: number;
  readonly state: string;
}

/** The rate is that of the last seconds: long enough to be calm, short enough to notice a change. */
const rateWindow = 5_000;

/** Turns how far the files are into progress: bytes, messages, rate and time left. */
export function createPace(
  context: Pick<JobContext, 'progress'>,
  files: readonly PacedFile[],
  now: () => number,
) {
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  const done = new Map(
    files.map((file) => [file.id, file.state === 'done' || file.state === 'failed' ? file.bytes : 0]),
  );
  const messages = new Map(
    files.map((file) => [file.id, hasMessages(file.kind) ? file.read - file.quarantined : 0]),
  );
  const samples: { at: number; bytes: number; messages: number }[] = [];

  function report(phase: string, steps?: { done: number; total: number }): void {
    const bytes = sum(done);
    const count = sum(messages);
    const at = now();
    samples.push({ at, bytes, messages: count });
    while (samples.length > 2 && at - (samples[0]?.at ?? at) > rateWindow) samples.shift();
    const oldest = samples[0] ?? { at, bytes, messages: count };
    const seconds = (at - oldest.at) / 1000;
    const rate = seconds > 0 ? (count - oldest.messages) / seconds : 0;
    const speed = seconds > 0 ? (bytes - oldest.bytes) / seconds : 0;
    context.progress({
      phase,
      done: steps?.done ?? bytes,
      total: steps?.total ?? total,
      unit: steps === undefined ? 'bytes' : 'steps',
      messages: count,
      rate: Math.round(rate),
      remaining:
        steps === undefined && speed > 0
          ? Milliseconds.parse(Math.round(((total - bytes) / speed) * 1000))
          : null,
    });
  }

  return {
    /** So many bytes of the file have been read, with so many messages. */
    read(file: PacedFile, bytes: number, entries: number): void {
      done.set(file.id, Math.min(bytes, file.bytes));
      messages.set(file.id, entries);
      report('reading');
    },
    /** Nothing is left to read of the file, whatever became of it. */
    finished(file: PacedFile): void {
      done.set(file.id, file.bytes);
      report('reading');
    },
    indexing(step: number, steps: number): void {
      report('indexing', { done: step, total: steps });
    },
  };
}

/** Records of feeds and rows of a roster are no messages. */
function hasMessages(kind: string): boolean {
  return kind === 'chat' || kind === 'mixed' || kind === 'unknown';
}

function sum(values: ReadonlyMap<number, number>): number {
  let total = 0;
  for (const value of values.values()) total += value;
  return total;
}
