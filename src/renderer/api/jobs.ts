import { useSyncExternalStore } from 'react';

import type { JobId } from '../../core/contract/ids.ts';
import type { JobView } from '../../core/features/jobs/contract.ts';

type Jobs = ReadonlyMap<JobId, JobView>;

let jobs: Jobs = new Map();
let active: readonly JobView[] = [];
let unfinished: readonly JobView[] = [];
/** Ended jobs that are remembered, the newest ones. */
const mostEnded = 50;
const listeners = new Set<() => void>();

/** A job that still does something or waits for its turn. */
export function isActive(job: JobView): boolean {
  return job.state === 'queued' || job.state === 'running';
}

/** Puts the newest state of these jobs where the hooks below see it. */
export function rememberJobs(news: readonly JobView[]): void {
  const next = new Map(jobs);
  for (const job of news) next.set(job.id, job);
  setJobs(next);
}

/** Forgets every job: another workspace or user comes. */
export function forgetJobs(): void {
  setJobs(new Map());
}

function setJobs(next: Jobs): void {
  const byAge = [...next.values()].toSorted((a, b) => a.createdAt - b.createdAt);
  active = byAge.filter(isActive);
  const ended = byAge.filter((job) => !isActive(job)).slice(-mostEnded);
  unfinished = ended.filter((job) => job.state !== 'succeeded').toReversed();
  jobs = new Map([...ended, ...active].map((job) => [job.id, job]));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The job as the last event told it; undefined before its first event. */
export function useJob(id: JobId | null): JobView | undefined {
  return useSyncExternalStore(subscribe, () => (id === null ? undefined : jobs.get(id)));
}

/** Jobs that failed, were stopped or broke off since the user signed in, newest first. */
export function useUnfinishedJobs(): readonly JobView[] {
  return useSyncExternalStore(subscribe, () => unfinished);
}

/** Queued and running jobs, oldest first. */
export function useActiveJobs(): readonly JobView[] {
  return useSyncExternalStore(subscribe, () => active);
}
