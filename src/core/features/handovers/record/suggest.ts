import type { Milliseconds } from '../../../contract/ids.ts';
import { type SuggestionReason, suggestionReasons } from './model.ts';

/** What points to somebody having left. */
export interface Sign {
  readonly leaver: string;
  readonly kind: SuggestionReason;
  readonly count: number;
  /** The last day that the record names, or when it showed. */
  readonly at: Milliseconds;
  /** When what it rests on was imported: a suggestion that somebody has put aside comes back with newer signs only. */
  readonly importedAt: Milliseconds;
  readonly takers: readonly string[];
  readonly supervisor: string;
  readonly reason: string;
}

export interface OwnedGroup {
  readonly item: string;
  readonly employee: string | null;
  readonly code: string | null;
  readonly at: Milliseconds;
  readonly importedAt: Milliseconds;
}

/**
 * A sign for each owner of groups whose owner has left: of a group the last record that has a status says so, and the last one that
 * names an owner says whose it was. `groups` are in order of time.
 */
export function ownerlessGroups(groups: readonly OwnedGroup[]): readonly Sign[] {
  const lefts: (OwnedGroup & { readonly owner: string })[] = [];
  for (const records of Map.groupBy(groups, ({ item }) => item).values()) {
    const state = records.findLast(({ code }) => code !== null);
    const owner = records.findLast(({ employee }) => employee !== null);
    if (state === undefined || state.code !== '1' || owner === undefined || owner.employee === null) continue;
    // An owner who was named after the group was left has taken it over.
    if (owner.at > state.at) continue;
    lefts.push({ ...state, owner: owner.employee });
  }
  return [...Map.groupBy(lefts, ({ owner }) => owner)].map(([leaver, own]) =>
    sign(leaver, 'ownerless-groups', own.length, earliest(own), latestImport(own)),
  );
}

/** A list of the people who are employed, as it stood then. */
export interface Roster {
  readonly at: Milliseconds;
  /** The newest of its imports. */
  readonly importedAt: Milliseconds;
  /** Its records: as many as the people that it names, or more. */
  readonly records: number;
}

/** The last roster that names somebody. */
export interface LastNamed {
  readonly employee: string;
  readonly at: Milliseconds;
}

/** A roster that has less than this part of the people of the one before is another one: a branch's, say. */
const sameRoster = 0.5;

/**
 * A sign for each employee whom a roster names and the next one of the same people doesn't. Rosters of branches lie beside those of the
 * whole bank: the next one of the same people has at least half of those of the one before. `rosters` are in order of time, one of
 * each; `shared` counts the people whom both of two name.
 */
export async function leftRoster(
  rosters: readonly Roster[],
  lastNamed: readonly LastNamed[],
  shared: (one: Milliseconds, other: Milliseconds) => Promise<number>,
): Promise<readonly Sign[]> {
  const signs: Sign[] = [];
  for (const [at, last] of Map.groupBy(lastNamed, (one) => one.at)) {
    const next = await nextRoster(at, rosters, shared);
    if (next === null) continue;
    // What shows it is the roster that lacks them: with a later one, they are suggested again.
    for (const { employee } of last) signs.push(sign(employee, 'left-roster', 1, next.at, next.importedAt));
  }
  return signs;
}

async function nextRoster(
  at: Milliseconds,
  rosters: readonly Roster[],
  shared: (one: Milliseconds, other: Milliseconds) => Promise<number>,
): Promise<Roster | null> {
  const later = rosters.filter((roster) => roster.at > at);
  if (later.length === 0) return null;
  const enough = (await shared(at, at)) * sameRoster;
  for (const roster of later) {
    // Too short to have them, whomever it names.
    if (roster.records < enough) continue;
    if ((await shared(at, roster.at)) >= enough) return roster;
  }
  return null;
}

function sign(
  leaver: string,
  kind: SuggestionReason,
  count: number,
  at: Milliseconds,
  importedAt: Milliseconds,
): Sign {
  return { leaver, kind, count, at, importedAt, takers: [], supervisor: '', reason: '' };
}

const earliest = (rows: readonly { readonly at: Milliseconds }[]) =>
  rows.map(({ at }) => at).reduce((one, other) => (other < one ? other : one));
const latestImport = (rows: readonly { readonly importedAt: Milliseconds }[]) =>
  rows.map(({ importedAt }) => importedAt).reduce((one, other) => (other > one ? other : one));

export interface Suggestion {
  readonly leaver: string;
  /** The strongest first. */
  readonly signs: readonly [Sign, ...Sign[]];
}

const latestOf = (signs: readonly Sign[], kind: SuggestionReason): readonly Sign[] =>
  signs
    .filter((one) => one.kind === kind)
    .toSorted((one, other) => other.at - one.at)
    .slice(0, 1);

/** How long before a sign the last day of a handover may lie that the sign is about. */
const sameDeparture = 90 * 86_400_000;

/**
 * Who seems to have left, by userid: without those whose handover is opened, and those whom somebody has put aside and of whom
 * nothing newer is known. `opened`: by leaver, the last days of their handovers, each as its midnight in UTC: near enough for 90 days.
 */
export function suggest(
  signs: readonly Sign[],
  opened: ReadonlyMap<string, readonly number[]>,
  dismissed: ReadonlyMap<string, Milliseconds>,
): readonly Suggestion[] {
  const suggestions: Suggestion[] = [];
  for (const [leaver, all] of Map.groupBy(signs, (one) => one.leaver)) {
    const own = all.filter(({ at }) => !(opened.get(leaver) ?? []).some((day) => day >= at - sameDeparture));
    const aside = dismissed.get(leaver);
    const [first, ...rest] = suggestionReasons.flatMap((kind) => latestOf(own, kind));
    if (first === undefined) continue;
    if (aside !== undefined && own.every(({ importedAt }) => importedAt <= aside)) continue;
    suggestions.push({ leaver, signs: [first, ...rest] });
  }
  return suggestions.toSorted((one, other) => (one.leaver < other.leaver ? -1 : 1));
}
