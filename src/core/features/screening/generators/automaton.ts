import {
  type Finer,
  type Generator,
  type Stratum,
  askedWithin,
  isRun,
  skeletonAt,
  unitClass,
} from '../stratum.ts';
import { buildAutomaton, cell } from './double-array.ts';

/**
 * A generator that steps an Aho–Corasick automaton over the skeleton: the reference for the faster ones, and what they
 * fall back to on text made to hurt them, because its time never depends on what the text says.
 */
export function createAutomaton(stratum: Stratum): Generator {
  if (!stratum.collapse) return createPlain(stratum, null);
  const { skeletons, twice } = withoutRuns(stratum);
  const rest = createPlain(skeletons, twice);
  const runs = runsOf(stratum);
  if (runs.patterns.classes.length === 0) return rest;
  const others = createPlain(runs, null);
  return {
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      rest.scanUnits(units, from, to, onOccurrence, onTrigger);
      others.scanUnits(units, from, to, onOccurrence);
    },
  };
}

/** At which ends of a pattern its class has to stand twice, as bits. */
const twiceAt = { begin: 1, end: 2 } as const;

/** The stratum with its runs made empty, and every other pattern as its skeleton is; and by pattern what has to stand twice in it. */
function withoutRuns(stratum: Stratum): { readonly skeletons: Stratum; readonly twice: Uint8Array } {
  const { classes, offsets, labels, classCount } = stratum.patterns;
  const kept: number[] = [];
  const asked: number[] = [];
  const own = new Int32Array(offsets.length);
  const twice = new Uint8Array(labels.length);
  for (let pattern = 0; pattern < labels.length; pattern += 1) {
    const [start, end] = [offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0];
    const { from, behind, begins, ends } = skeletonAt(stratum, start, end);
    twice[pattern] = (begins ? twiceAt.begin : 0) | (ends ? twiceAt.end : 0);
    const within = askedWithin(stratum, start, end);
    const length = isRun(classes, start, end) ? 0 : behind - from;
    for (let at = from; at < from + length; at += 1) {
      kept.push(classes[at] ?? 0);
      asked.push(at >= within.from && at < within.behind ? (stratum.finer?.asked[at] ?? 0) : 0);
    }
    own[pattern + 1] = kept.length;
  }
  const patterns = { classes: Uint16Array.from(kept), offsets: own, labels, classCount };
  return { skeletons: { ...stratum, patterns, finer: finerWith(stratum, asked) }, twice };
}

function finerWith({ finer }: Stratum, asked: readonly number[]): Finer | null {
  return finer == null ? null : { classOf: finer.classOf, asked: Uint16Array.from(asked) };
}

/** The stratum's runs, which nothing is collapsed for; the other patterns are empty. */
function runsOf(stratum: Stratum): Stratum {
  const { classes, offsets, labels, classCount } = stratum.patterns;
  const kept: number[] = [];
  const asked: number[] = [];
  const own = new Int32Array(offsets.length);
  for (let pattern = 0; pattern < labels.length; pattern += 1) {
    const [start, end] = [offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0];
    const { from, behind } = askedWithin(stratum, start, end);
    const length = isRun(classes, start, end) ? end - start : 0;
    for (let at = start; at < start + length; at += 1) {
      kept.push(classes[at] ?? 0);
      asked.push(at >= from && at < behind ? (stratum.finer?.asked[at] ?? 0) : 0);
    }
    own[pattern + 1] = kept.length;
  }
  const patterns = { classes: Uint16Array.from(kept), offsets: own, labels, classCount };
  return { ...stratum, patterns, finer: finerWith(stratum, asked), collapse: false };
}

/**
 * By terminal: how many classes before its last one it asks for a finer class, and for which one, 0 for none. One of several does: it
 * spares the caller most of what it would throw away.
 */
function listAsked({ patterns, finer }: Stratum, terminals: Int32Array) {
  const back = new Uint16Array(terminals.length);
  const wanted = new Uint16Array(terminals.length);
  terminals.forEach((pattern, terminal) => {
    const start = patterns.offsets[pattern] ?? 0;
    const end = patterns.offsets[pattern + 1] ?? 0;
    for (let at = end - 1; at >= start && end - start > 1 && wanted[terminal] === 0; at -= 1) {
      back[terminal] = end - 1 - at;
      wanted[terminal] = finer?.asked[at] ?? 0;
    }
  });
  return { back, wanted };
}

/** @param twice by pattern: what has to stand twice in it; null where nothing has to */
function createPlain(stratum: Stratum, twice: Uint8Array | null): Generator {
  const { classOf, collapse } = stratum;
  const { cells, lengths, shorter, patterns: terminals } = buildAutomaton(stratum.patterns);
  const { labels } = stratum.patterns;
  const finerOf = stratum.finer?.classOf ?? null;
  const { back, wanted } = listAsked(stratum, terminals);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  // Where the latest skeleton positions lie in the text, so that a start is looked up however much was skipped.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(longest + 1)));
  /** Of the same positions: 1 where the class stands more than once. */
  const repeated = new Uint8Array(places.length);
  const mask = places.length - 1;

  /** Whether the next class behind a place that is not skipped is the one at the place. */
  function standsAgain(units: Uint16Array, place: number, to: number): boolean {
    const classAt = (at: number) => (classOf[units[at] ?? 0] ?? 0) & unitClass.skipped;
    let at = place + 1;
    while (at < to && classAt(at) === unitClass.skipped) at += 1;
    return at < to && classAt(at) === classAt(place);
  }

  return {
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      let state = 0;
      let position = 0;
      let previous = 0;
      for (let at = from; at < to; at += 1) {
        const value = classOf[units[at] ?? 0] ?? 0;
        if (value >= unitClass.trigger) onTrigger?.(at);
        const own = value & unitClass.skipped;
        if (own === unitClass.skipped) continue;
        if (own === unitClass.none) {
          state = 0;
          previous = 0;
          continue;
        }
        if (collapse && own === previous) {
          places[position & mask] = at;
          repeated[position & mask] = 1;
          continue;
        }
        previous = own;
        position += 1;
        places[position & mask] = at;
        repeated[position & mask] = 0;

        let next = (cells[state + cell.base] ?? 0) + own * cell.size;
        while (cells[next + cell.parent] !== state) {
          if (state === 0) {
            next = 0;
            break;
          }
          state = cells[state + cell.fail] ?? 0;
          next = (cells[state + cell.base] ?? 0) + own * cell.size;
        }
        state = next;

        let terminal = (cells[state + cell.output] ?? 0) - 1;
        // Looked for once a place, however many ask: what is skipped may be long.
        let isAgain: boolean | null = null;
        while (terminal >= 0) {
          const pattern = terminals[terminal] ?? 0;
          const asked = wanted[terminal] ?? 0;
          const place = places[(position - (back[terminal] ?? 0)) & mask] ?? at;
          const first = (position - (lengths[terminal] ?? 1) + 1) & mask;
          const sides = twice?.[pattern] ?? 0;
          if (
            (asked === 0 || finerOf === null || finerOf[units[place] ?? 0] === asked) &&
            ((sides & twiceAt.begin) === 0 || repeated[first] === 1) &&
            ((sides & twiceAt.end) === 0 || (isAgain ??= standsAgain(units, at, to)))
          )
            onOccurrence(labels[pattern] ?? 0, places[first] ?? at, at + 1);
          terminal = shorter[terminal] ?? -1;
        }
      }
    },
  };
}
