import { PassThrough, type Readable, Writable } from 'node:stream';

import { main } from '../../src/cli/index.ts';
import type { Terminal } from '../../src/cli/output.ts';

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON lines. */
  readonly json: () => readonly unknown[];
}

function collector(): { stream: Writable; text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

/** Runs the real command line in this process, with its own streams and environment. */
export async function runCli(
  arguments_: readonly string[],
  environment: Terminal['environment'] = {},
  input: Readable = new PassThrough().end(),
): Promise<CliResult> {
  const stdout = collector();
  const stderr = collector();
  const code = await main(arguments_, {
    stdout: stdout.stream,
    stderr: stderr.stream,
    stdin: input,
    environment,
  });
  return {
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
    json: () =>
      stdout
        .text()
        .split('\n')
        .filter((line) => line !== '')
        .map((line): unknown => JSON.parse(line)),
  };
}
