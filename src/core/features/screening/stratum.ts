/** Skeletons written one after another, no two alike unless they ask for something (`Finer`): pattern `p` is `classes[offsets[p]]` up to `classes[offsets[p + 1]]`. */
export interface Patterns {
  readonly classes: Uint16Array;
  readonly offsets: Int32Array;
  /** By pattern: the number that its occurrences are reported with, not negative. */
  readonly labels: Int32Array;
  /** Classes are 1 to this number. */
  readonly classCount: number;
}

/** Values of `Stratum.classOf` that are no class. */
export const unitClass = {
  /** In no pattern: nothing matches over it. */
  none: 0,
  /** Passed over, as if it were not there. */
  skipped: 0x7fff,
  /** Most classes a stratum has, numbered from 1. */
  most: 0x7ffe,
  /** Added to a unit's value: the unit may have to be rewritten, and is reported as a trigger. */
  trigger: 0x8000,
} as const;

/** Units that may have to be rewritten, and those among them of which the first of a row answers for all. */
export interface Triggers {
  readonly triggers: Uint16Array;
  readonly joined: Uint16Array;
}

/**
 * A finer way to tell units apart than by their classes, and what patterns ask by it. With it several patterns may have the
 * same classes, provided that they differ in what they ask for; it is quicker where those stand side by side.
 *
 * What is asked counts for nothing where a pattern is a single class, of which no two may be equal; nor, with `collapse`, where
 * it is a run of more than two, or of a class that has to stand twice at one of a pattern's ends.
 */
export interface Finer {
  /** By unit: its finer class, any number of 16 bits. */
  readonly classOf: Uint16Array;
  /** For each of `Patterns.classes`: the finer class that its unit has to have; 0 where nothing is asked. */
  readonly asked: Uint16Array;
}

/**
 * A way to read text as a sequence of classes, its skeleton, and the skeletons that are looked for.
 *
 * The skeleton of a text: the class of each unit in turn, those that are skipped left out; where `collapse` is on, equal
 * classes that then follow each other count once. A unit of class 0 stands in the skeleton and is in no pattern.
 */
export interface Stratum {
  /** By UTF-16 unit: 0, a class from 1 on, or `skipped`; plus `trigger` where that applies. */
  readonly classOf: Uint16Array;
  /** As in `Triggers`. */
  readonly joined: Uint16Array;
  /**
   * In classes, none of them 0 or skipped; empty patterns never match. With `collapse` no two equal ones are in a row, but
   * for a pattern that is one class over and over, a run: it is found in the text as if nothing were collapsed; and but for
   * the first two and the last two: then the first class, or the last one, has to stand at least twice.
   */
  readonly patterns: Patterns;
  readonly collapse: boolean;
  /** What patterns ask for beyond their classes: a hint, which spares the caller occurrences that it would throw away. */
  readonly finer?: Finer | null;
}

/**
 * An occurrence of a pattern in a skeleton: the pattern's label, and its shortest extent in units. With `collapse`, `start` is
 * the last unit of the first class's run, `end` is behind the first unit of the last class's run; a pattern of a single class
 * is reported once a run, at the run's first unit, and a run wherever as many units stand in a row.
 *
 * Of a pattern that asks for finer classes (`Finer`), those are sure to be reported where the units that stand for the classes in
 * question have them, and others may be. With `collapse`, of a run that is the unit nearest to the two neighbours by which the
 * pattern is looked for: the last one of the first class's run, the first one of the last class's run, and either of the two of
 * a run between those.
 */
export type OnOccurrence = (label: number, start: number, end: number) => void;

/** Finds the occurrences of a stratum's patterns. From one thread at a time, and not from inside its own callbacks. */
export interface Generator {
  /** Where there is one: room for a short text. What was written there is scanned where it lies, from 0, without a copy. */
  readonly scratch?: Uint16Array;
  /**
   * All occurrences in `units[from…to)`, also overlapping and nested ones, in no promised order, each once, but for some that
   * nobody asks for (`Stratum.finer`); `onTrigger` gets the offset of each trigger unit, ascending; of `joined` ones side by
   * side the first for certain, and maybe more.
   * Linear in the text and the occurrences, asked for or not, whatever the text.
   */
  scanUnits(
    units: Uint16Array,
    from: number,
    to: number,
    onOccurrence: OnOccurrence,
    onTrigger?: (at: number) => void,
  ): void;
}

/** A pattern as it is compared with a text that is collapsed: what has to stand twice at its ends is in it once. */
export interface Skeleton {
  /** The place among the classes of its first one, and behind its last one. */
  readonly from: number;
  readonly behind: number;
  /** Whether its first class, or its last one, has to stand twice. */
  readonly begins: boolean;
  readonly ends: boolean;
}

/** The skeleton of a pattern, `classes[start…end)`: all of it where nothing is collapsed, and of a run. */
export function skeletonAt(
  { patterns: { classes }, collapse }: Stratum,
  start: number,
  end: number,
): Skeleton {
  const mayRepeat = collapse && end - start > 2 && !isRun(classes, start, end);
  const begins = mayRepeat && classes[start] === classes[start + 1];
  const ends = mayRepeat && classes[end - 1] === classes[end - 2];
  return { from: begins ? start + 1 : start, behind: ends ? end - 1 : end, begins, ends };
}

/** The part of a pattern, `classes[start…end)`, of which what is asked for counts (`Finer`): of what has to stand twice it isn't known which is meant. */
export function askedWithin(
  stratum: Stratum,
  start: number,
  end: number,
): { readonly from: number; readonly behind: number } {
  if (stratum.collapse && end - start > 2 && isRun(stratum.patterns.classes, start, end))
    return { from: end, behind: end };
  const { from, behind, begins, ends } = skeletonAt(stratum, start, end);
  return { from: begins ? from + 1 : from, behind: ends ? behind - 1 : behind };
}

/** Whether a pattern, `classes[start…end)`, is a run: one class, more than once. */
export function isRun(classes: Uint16Array, start: number, end: number): boolean {
  if (end - start < 2) return false;
  for (let at = start + 1; at < end; at += 1) if (classes[at] !== classes[start]) return false;
  return true;
}
