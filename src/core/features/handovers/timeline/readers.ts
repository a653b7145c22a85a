import { readStarterPacks } from '../../lexicons/index.ts';
import { createKeptAnswers } from '../kept-answers.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type ComplaintReader, createComplaintReader } from './complaints.ts';
import { type DiversionReader, createDiversionReader } from './diversion.ts';

/** What reads texts, compiled once for all leavers. */
export interface SignReaders {
  readonly diversion: DiversionReader;
  readonly complaints: ComplaintReader;
}

export type SignReaderSource = () => Promise<SignReaders>;

/** Compiles the starter packs' words when they are first asked for; tried again where they could not be read. */
export function createSignReaders({ resources }: Pick<WorkerContext, 'resources'>): SignReaderSource {
  const kept = createKeptAnswers<SignReaders>(1);
  async function compile(): Promise<SignReaders> {
    const packs = await readStarterPacks(resources);
    return { diversion: createDiversionReader(packs), complaints: createComplaintReader(packs) };
  }
  return () => kept.get('', compile);
}
