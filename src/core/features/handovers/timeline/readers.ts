import { readStarterPacks } from '../../lexicons/index.ts';
import type { WorkerContext } from '../worker-context.ts';
import { type ComplaintReader, createComplaintReader } from './complaints.ts';
import { type DiversionReader, createDiversionReader } from './diversion.ts';

/** What reads texts, compiled once for all leavers. */
export interface SignReaders {
  readonly diversion: DiversionReader;
  readonly complaints: ComplaintReader;
}

export type SignReaderSource = () => Promise<SignReaders>;

/** Compiles the starter packs' words when they are first asked for. */
export function createSignReaders({ resources }: Pick<WorkerContext, 'resources'>): SignReaderSource {
  let ready: Promise<SignReaders> | null = null;
  async function compile(): Promise<SignReaders> {
    const packs = await readStarterPacks(resources);
    return { diversion: createDiversionReader(packs), complaints: createComplaintReader(packs) };
  }
  return () => (ready ??= compile());
}
