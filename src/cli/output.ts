import { once } from 'node:events';

import { AppError } from '../core/contract/errors.ts';

// Results go to stdout, everything else to stderr: scripts read the one, people the other.

/** What the commands write to and read from; tests hand in their own streams. */
export interface Terminal {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean; setRawMode?(mode: boolean): unknown };
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const processTerminal: Terminal = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  environment: process.env,
};

/** Exit codes, stable because scripts depend on them. */
export const exitCode = {
  ok: 0,
  /** A check that was asked for did not pass: `--fail-on` was reached, `verify` or `check` found a problem. */
  failed: 1,
  /** Input that can't be read, wrong usage, or a refusal; the reason is on stderr. */
  unusable: 2,
} as const;

/** Collects text and hands it on in large pieces, waiting when the reader is slow. */
export interface Printer {
  print(text: string): void;
  flush(): Promise<void>;
}

const pieceSize = 1 << 16;

export function createPrinter(stream: NodeJS.WritableStream): Printer & { readonly full: () => boolean } {
  let waiting: string[] = [];
  let size = 0;
  return {
    print(text) {
      waiting.push(text);
      size += text.length;
    },
    full: () => size >= pieceSize,
    async flush() {
      if (size === 0) return;
      const piece = waiting.join('');
      waiting = [];
      size = 0;
      if (!stream.write(piece)) await once(stream, 'drain');
    },
  };
}

/** One field of a CSV row, quoted as RFC 4180 asks. */
export function csvField(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvRow(values: readonly (string | number | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`;
}

/** The line that a person reads when a command could not do its work. */
export function describeError(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
