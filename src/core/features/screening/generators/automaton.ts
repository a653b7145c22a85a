import { type Generator, type Patterns, type Stratum, isRun, unitClass } from '../stratum.ts';
import { buildAutomaton, cell } from './double-array.ts';

/**
 * A generator that steps an Aho–Corasick automaton over the skeleton: the reference for the faster ones, and what they
 * fall back to on text made to hurt them, because its time never depends on what the text says.
 */
export function createAutomaton(stratum: Stratum): Generator {
  const runs = stratum.collapse ? onlyRuns(stratum.patterns, true) : null;
  if (runs === null) return createPlain(stratum);
  const rest = createPlain({ ...stratum, patterns: onlyRuns(stratum.patterns, false) ?? noPatterns });
  const own = createPlain({ ...stratum, patterns: runs, collapse: false });
  return {
    scanUnits(units, from, to, onOccurrence, onTrigger) {
      rest.scanUnits(units, from, to, onOccurrence, onTrigger);
      own.scanUnits(units, from, to, onOccurrence);
    },
  };
}

const noPatterns: Patterns = {
  classes: new Uint16Array(0),
  offsets: new Int32Array(1),
  labels: new Int32Array(0),
  classCount: 0,
};

/** The patterns with those that are runs, or the others, made empty; null where all of them would be. */
function onlyRuns({ classes, offsets, labels, classCount }: Patterns, runs: boolean): Patterns | null {
  const kept: number[] = [];
  const own = new Int32Array(offsets.length);
  for (let pattern = 0; pattern + 1 < offsets.length; pattern += 1) {
    const [start, end] = [offsets[pattern] ?? 0, offsets[pattern + 1] ?? 0];
    if (isRun(classes, start, end) === runs)
      for (let at = start; at < end; at += 1) kept.push(classes[at] ?? 0);
    own[pattern + 1] = kept.length;
  }
  return kept.length === 0 ? null : { classes: Uint16Array.from(kept), offsets: own, labels, classCount };
}

function createPlain(stratum: Stratum): Generator {
  const { classOf, collapse } = stratum;
  const { cells, lengths, shorter, labels } = buildAutomaton(stratum.patterns);
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  // Where the latest skeleton positions lie in the text, so that a start is looked up however much was skipped.
  const places = new Int32Array(2 ** Math.ceil(Math.log2(longest + 1)));
  const mask = places.length - 1;

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
        while (terminal >= 0) {
          const start = places[(position - (lengths[terminal] ?? 1) + 1) & mask] ?? at;
          onOccurrence(labels[terminal] ?? 0, start, at + 1);
          terminal = shorter[terminal] ?? -1;
        }
      }
    },
  };
}
