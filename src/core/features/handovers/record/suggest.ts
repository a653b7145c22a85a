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

export interface Employment {
  readonly employee: string;
  readonly at: Milliseconds;
  readonly importedAt: Milliseconds;
}

/** A list of the people who are employed, as it stood then. */
export interface Roster {
  readonly at: Milliseconds;
  readonly importedAt: Milliseconds;
}

/** A roster that has less than this part of the people of the one before is another one: a branch's, say. */
const sameRoster = 0.5;

/**
 * A sign for each employee whom a roster names and the next one of the same people doesn't. Rosters of branches lie beside those of the
 * whole bank: the next one of the same people has at least half of those of the one before.
 */
export function leftRoster(rosters: readonly Roster[], employed: readonly Employment[]): readonly Sign[] {
  const moments = [...new Set(rosters.map(({ at }) => at))].toSorted((one, other) => one - other);
  const importsAt = Map.groupBy(rosters, ({ at }) => at);
  const peopleAt = new Map(
    [...Map.groupBy(employed, ({ at }) => at)].map(([at, own]) => [
      at,
      new Set(own.map(({ employee }) => employee)),
    ]),
  );
  const last = new Map<string, Employment>();
  for (const one of employed) {
    const known = last.get(one.employee);
    if (known === undefined || one.at > known.at) last.set(one.employee, one);
  }
  const nextOf = new Map<Milliseconds, Milliseconds | null>();
  const signs: Sign[] = [];
  for (const { employee, at } of last.values()) {
    let next = nextOf.get(at);
    if (next === undefined) {
      next = nextRoster(at, moments, peopleAt);
      nextOf.set(at, next);
    }
    if (next === null) continue;
    // What shows it is the roster that lacks them: with a later one, they are suggested again.
    signs.push(sign(employee, 'left-roster', 1, next, latestImport(importsAt.get(next) ?? [])));
  }
  return signs;
}

function nextRoster(
  at: Milliseconds,
  moments: readonly Milliseconds[],
  peopleAt: ReadonlyMap<Milliseconds, ReadonlySet<string>>,
): Milliseconds | null {
  const before = peopleAt.get(at);
  if (before === undefined) return null;
  return (
    moments.find((moment) => {
      if (moment <= at) return false;
      const after = peopleAt.get(moment);
      if (after === undefined) return false;
      let both = 0;
      for (const person of before) if (after.has(person)) both += 1;
      return both >= before.size * sameRoster;
    }) ?? null
  );
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
