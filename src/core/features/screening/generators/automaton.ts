import { type Generator, type Stratum, endsTwice, isRun, unitClass } from '../stratum.ts';
import { buildAutomaton, cell } from './double-array.ts';

/**
 * A generator that steps an Aho–Corasick automaton over the skeleton: the reference for the faster ones, and what they
 * fall back to on text made to hurt them, because its time never depends on what the text says.
 */
export function createAutomaton(stratum: Stratum): Generator {
  if (!stratum.collapse) return createPlain(stratum, false);
  const rest = createPlain(ofKind(stratum, 'once'), false);
  const others: Generator[] = [];
  const runs = ofKind(stratum, 'run');
  if (runs.patterns.classes.length > 0)
    others.push(createPlain({ ...runs, finer: null, collapse: false }, false));
  const twice = ofKind(stratum, 'twice');
  if (twice.patterns.classes.length > 0) others.push(createPlain(twice, true));
  if (others.length === 0) return rest;
  return {
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      rest.scanUnits(units, from, to, onOccurrence, onTrigger);
      for (const other of others) other.scanUnits(units, from, to, onOccurrence);
    },
  };
}

type Kind = 'once' | 'twice' | 'run';

function kindOf(classes: Uint16Array, start: number, end: number): Kind {
  if (isRun(classes, start, end)) return 'run';
  return endsTwice(classes, start, end) ? 'twice' : 'once';
}

/** The stratum with patterns of other kinds made empty, and those that end twice without their last class. */
function ofKind(stratum: Stratum, kind: Kind): Stratum {
  const { classes, offsets, labels, classCount } = stratum.patterns;
  const kept: number[] = [];
  const asked: number[] = [];
  const own = new Int32Array(offsets.length);
  for (let pattern = 0; pattern + 1 < offsets.length; pattern += 1) {
    const [start, end] = [offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0];
    const last = kind === 'twice' ? end - 1 : end;
    if (kindOf(classes, start, end) === kind)
      for (let at = start; at < last; at += 1) {
        kept.push(classes[at] ?? 0);
        // Of what has to stand twice it isn't known which of the two is meant.
        asked.push(last < end && at === last - 1 ? 0 : (stratum.finer?.asked[at] ?? 0));
      }
    own[pattern + 1] = kept.length;
  }
  const patterns = { classes: Uint16Array.from(kept), offsets: own, labels, classCount };
  const finer =
    stratum.finer == null ? null : { classOf: stratum.finer.classOf, asked: Uint16Array.from(asked) };
  return { ...stratum, patterns, finer };
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

/** @param twice whether the last class of a pattern has to stand twice */
function createPlain(stratum: Stratum, twice: boolean): Generator {
  const { classOf, collapse } = stratum;
  const { cells, lengths, shorter, patterns: terminals } = buildAutomaton(stratum.patterns);
  const { labels } = stratum.patterns;
  const finerOf = stratum.finer?.classOf ?? null;
  const { back, wanted } = listAsked(stratum, terminals);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  // Where the latest skeleton positions lie in the text, so that a start is looked up however much was skipped.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(longest + 1)));
  const mask = places.length - 1;

  /** Whether the first class from `at` on that is not skipped is `own`. */
  function isAgain(units: Uint16Array, from: number, to: number, own: number): boolean {
    let at = from;
    while (at < to && ((classOf[units[at] ?? 0] ?? 0) & unitClass.skipped) === unitClass.skipped) at += 1;
    return at < to && ((classOf[units[at] ?? 0] ?? 0) & unitClass.skipped) === own;
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
          continue;
        }
        previous = own;
        position += 1;
        places[position & mask] = at;

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
        if (twice && terminal >= 0 && !isAgain(units, at + 1, to, own)) continue;
        while (terminal >= 0) {
          const asked = wanted[terminal] ?? 0;
          const place = places[(position - (back[terminal] ?? 0)) & mask] ?? at;
          if (asked === 0 || finerOf === null || finerOf[units[place] ?? 0] === asked) {
            const start = places[(position - (lengths[terminal] ?? 1) + 1) & mask] ?? at;
            onOccurrence(labels[terminals[terminal] ?? 0] ?? 0, start, at + 1);
          }
          terminal = shorter[terminal] ?? -1;
        }
      }
    },
  };
}
