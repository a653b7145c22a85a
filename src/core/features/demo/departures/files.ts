import type { Json } from './answers.ts';
import { type Departure, dateOf } from './plan.ts';

/** A file as it would come from WeCom or the bank's console; the day in its name is that of the data. */
export interface FeedFile {
  readonly name: string;
  readonly text: string;
}

const day = 86_400_000;

export function file(stem: string, at: number, extension: string, text: string): FeedFile {
  return { name: `${stem}-${dateOf(at)}.${extension}`, text };
}

/** One answer per line. */
export function json(stem: string, at: number, answers: readonly Json[]): FeedFile {
  return file(stem, at, 'json', `${answers.map((answer) => JSON.stringify(answer)).join('\n')}\n`);
}

/** So many days after the midnight of the last day. */
export function after(departure: Departure, days: number): number {
  return departure.lastDay + days * day;
}
