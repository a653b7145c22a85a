import { Milliseconds } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { severities } from '../lexicons/model.ts';
import { readSettings } from '../settings/index.ts';
import { countDecidedSince } from './disposition-repository.ts';
import { countByState, countByTerm, selectBranches } from './hit-repository.ts';
import { type HitState, startOfDay } from './model.ts';
import { countMessagesAfter, selectCoverage, selectPublishedVersions } from './run-repository.ts';

/** Most terms that the filter offers; the search box finds the rest. */
const offeredTerms = 500;

/** What waits, for the Home screen. */
export async function summarise(reader: Reader, now: number) {
  const counts = await countByState(reader);
  const inState = (state: HitState) => counts.filter((entry) => entry.state === state);
  const total = (entries: readonly { readonly count: number }[]) =>
    entries.reduce((sum, entry) => sum + entry.count, 0);
  const open = inState('open');
  const { timeZone } = await readSettings(reader);
  return {
    openBySeverity: severities
      .map((severity, rank) => ({ severity, count: total(open.filter((entry) => entry.severity === rank)) }))
      .toReversed(),
    open: total(open),
    confirmed: total(inState('confirmed')),
    dismissed: total(inState('dismissed')),
    escalated: total(inState('escalated')),
    decidedToday: await countDecidedSince(reader, Milliseconds.parse(startOfDay(now, timeZone))),
    unscreened: await countUnscreened(reader),
    oldestOpenAt:
      open.length === 0 ? null : Milliseconds.parse(Math.min(...open.map((entry) => entry.oldest))),
  };
}

/** Messages that at least one published version of an active lexicon has not looked at. */
async function countUnscreened(reader: Reader): Promise<number> {
  const versions = (await selectPublishedVersions(reader, null)).map((version) => version.id);
  if (versions.length === 0) return 0;
  const coverage = await selectCoverage(reader, versions);
  return countMessagesAfter(reader, Math.min(...versions.map((version) => coverage.get(version) ?? 0)));
}

/** What the filters of the table of hits offer. */
export async function loadFacets(reader: Reader) {
  const pairs = await countByTerm(reader);
  return {
    categories: countsOf(pairs.map(({ category, count }) => ({ key: category, count }))),
    terms: countsOf(pairs.map(({ term, count }) => ({ key: term, count }))).slice(0, offeredTerms),
    branches: [...(await selectBranches(reader))],
  };
}

function countsOf(entries: readonly { readonly key: string; readonly count: number }[]) {
  const sums = new Map<string, number>();
  for (const { key, count } of entries) sums.set(key, (sums.get(key) ?? 0) + count);
  return [...sums].map(([key, count]) => ({ key, count })).toSorted((a, b) => b.count - a.count);
}
