import { foldBit } from '../../folds.ts';
import type { Reading } from '../reading.ts';

// Numbers as people write them: in groups, in figures of any script, and with things between the figures that are meant to
// hide them. A run is what may be one number; the detectors decide which of its groups are.

/** Figures without anything between them. */
export interface Group {
  /** In ASCII; `x` for the letter that may close an identity number. */
  readonly digits: string;
  /** Offsets in the reading. */
  readonly start: number;
  readonly end: number;
  /** The folds it took to read it, as bits. */
  readonly folds: number;
}

/** Groups with a few fillers between each two; `gaps[i]` stands between groups i and i + 1, each tag or face as a `·`. */
export interface Run {
  readonly groups: readonly Group[];
  readonly gaps: readonly string[];
}

/** Most characters between two groups of a run. */
const widestGap = 3;

const hanziFigures = [
  '〇零○',
  '一壹弌幺',
  '二贰貳',
  '三叁參',
  '四肆',
  '五伍',
  '六陆陸',
  '七柒',
  '八捌',
  '九玖',
];
const figures = new Map(
  hanziFigures.flatMap((all, value) => Array.from(all, (character) => [character, String(value)] as const)),
);
const decimal = /^\p{Nd}$/u;

function figureOf(character: string, hanzi: boolean): string {
  if (character >= '0' && character <= '9') return character;
  if (character <= '\u007f') return '';
  const value = figures.get(character);
  if (value !== undefined) return hanzi ? value : '';
  if (!decimal.test(character)) return '';
  // Unicode keeps the decimal digits of a script in runs of ten.
  let above = 0;
  let code = character.charCodeAt(0);
  while (above < 9 && decimal.test(String.fromCharCode(code - 1))) {
    code -= 1;
    above += 1;
  }
  return String(above);
}

const letterOrFigure = /^[\p{L}\p{N}]$/u;

/** What may stand inside a number: no letter, no figure, no end of a sentence or field, no sign of a range or sum. */
function mayStandBetween(character: string): boolean {
  return !/[。!?%‰=<>\p{Cc}]/u.test(character) && !letterOrFigure.test(character);
}

/** A tag, an entity or a face ([微笑]) without a figure in it: one filler, as the folds take it (`triggers.ts`). */
const markup =
  /<\/?[a-z]{1,20}(?:\s[^<>\n\p{N}]{0,180})?\/?>|&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|shy|hellip|middot|bull);|\[\p{L}{1,8}\]/uy;

function markupLength(text: string, at: number): number {
  const first = text.charAt(at);
  if (first !== '<' && first !== '&' && first !== '[') return 0;
  markup.lastIndex = at;
  const written = markup.exec(text)?.[0] ?? '';
  return Array.from(written).some((character) => figures.has(character)) ? 0 : written.length;
}

// The detectors of one text ask for the same runs.
const known = new WeakMap<Reading, Map<boolean, readonly Run[]>>();

/**
 * All runs of a reading (`readPlain`), in order. With `hanzi`, 一三八 are figures and so is the letter o between or behind
 * figures; otherwise they end a run. Linear.
 */
export function numberRuns(reading: Reading, hanzi: boolean): readonly Run[] {
  let own = known.get(reading);
  if (own === undefined) {
    own = new Map();
    known.set(reading, own);
  }
  let runs = own.get(hanzi);
  if (runs === undefined) {
    runs = readRuns(reading.text, hanzi);
    own.set(hanzi, runs);
  }
  return runs;
}

function readRuns(text: string, hanzi: boolean): Run[] {
  const runs: Run[] = [];
  let groups: Group[] = [];
  let gaps: string[] = [];
  /** What stands behind the last group, as far as it may be between two. */
  let between: string[] = [];
  let at = 0;
  const close = () => {
    if (groups.length > 0) runs.push({ groups, gaps });
    groups = [];
    gaps = [];
  };
  while (at < text.length) {
    const group = readGroup(text, at, hanzi, groups.length > 0);
    if (group === null) {
      const length = groups.length > 0 ? markupLength(text, at) : 0;
      // In characters: an emoji is one.
      const character = length > 0 ? '·' : String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (between.length <= widestGap) between.push(character);
      at += length > 0 ? length : character.length;
      continue;
    }
    if (groups.length > 0) {
      if (between.length <= widestGap && between.every(mayStandBetween)) gaps.push(between.join(''));
      else close();
    }
    between = [];
    // A closing letter without a number before it is a letter.
    if (group.digits !== 'x' || groups.length > 0) groups.push(group);
    at = group.end;
  }
  close();
  return runs;
}

function readGroup(text: string, start: number, hanzi: boolean, follows: boolean): Group | null {
  let digits = '';
  let folds = 0;
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    const figure = figureOf(character, hanzi);
    if (figure === '') {
      const zeros = digits === '' || !hanzi ? 0 : lettersO(text, at);
      if (zeros === 0) break;
      digits += '0'.repeat(zeros);
      folds |= foldBit.digits;
      at += zeros;
      continue;
    }
    if (character > '\u007f') folds |= foldBit.digits;
    digits += figure;
    at += 1;
  }
  if (digits !== '') return { digits, start, end: at, folds };
  const closes = follows && /^[x×]$/.test(text.charAt(start)) && !/^[a-z0-9]$/.test(text.charAt(start + 1));
  return closes ? { digits: 'x', start, end: start + 1, folds: 0 } : null;
}

/** How many letters o stand here that can only be zeros: no other letter follows them. */
function lettersO(text: string, start: number): number {
  let at = start;
  while (text.charAt(at) === 'o') at += 1;
  return /^[a-z]$/.test(text.charAt(at)) ? 0 : at - start;
}

/** Some groups of a run, side by side, read as one number. */
export interface Candidate {
  readonly run: Run;
  readonly first: number;
  /** The last group, itself in it. */
  readonly last: number;
  readonly digits: string;
  readonly folds: number;
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of a run with `least` to `most` figures, by start and then by end; of figures that each stand alone only
 * those from the first one on: what begins between them is a piece of something longer.
 */
export function* candidates(run: Run, least: number, most: number): Generator<Candidate> {
  for (let first = 0; first < run.groups.length; first += 1) {
    if (isAlone(run, first) && isAlone(run, first - 1)) continue;
    let digits = '';
    let folds = 0;
    for (let last = first; last < run.groups.length; last += 1) {
      const group = run.groups[last];
      if (group === undefined || digits.length + group.digits.length > most) break;
      digits += group.digits;
      folds |= group.folds;
      if (digits.length >= least)
        yield { run, first, last, digits, folds, start: run.groups[first]?.start ?? 0, end: group.end };
      if (group.digits === 'x') break;
    }
  }
}

function isAlone(run: Run, index: number): boolean {
  return run.groups[index]?.digits.length === 1;
}

/** The number of figures in each group of a candidate, as in `3-4-4`. */
export function shapeOf({ run, first, last }: Candidate): string {
  return run.groups
    .slice(first, last + 1)
    .map((group) => group.digits.length)
    .join('-');
}

/** What stands between the groups of a candidate, in order. */
export function gapsOf({ run, first, last }: Candidate): readonly string[] {
  return run.gaps.slice(first, last);
}

/**
 * The folds of a grouping, as bits: none where it is one of the usual `shapes`, with blanks or hyphens; `filler` where each
 * figure stands alone, only signs that separate nothing stand between, or the shape is usual and the signs are all the same or
 * none that lists are made with; null where these are likely several numbers.
 */
export function groupingFolds(candidate: Candidate, shapes: ReadonlySet<string>): number | null {
  const gaps = gapsOf(candidate).filter((gap) => gap !== '');
  if (gaps.length === 0) return 0;
  const shape = shapeOf(candidate);
  const usual = gaps.every((gap) => /^[ \-\u2010-\u2015]$/.test(gap) || gap === ') ' || gap === ')');
  if (usual && shapes.has(shape)) return 0;
  const alone = !/[2-9]|\d\d/.test(shape) && !isAlone(candidate.run, candidate.last + 1);
  const hiding = gaps.every((gap) => !/[,.、;:/~\-\u2010-\u2015 ]/.test(gap));
  const listing = gaps.some((gap) => /[,.、;:/~]/.test(gap));
  const same = new Set(gaps).size === 1 && !gaps.includes(',');
  return alone || hiding || (shapes.has(shape) && (same || !listing)) ? foldBit.filler : null;
}

/** Whether the candidate is a piece of a decimal fraction, of a sum with thousands, or stands inside a code. */
export function isPieceOfOther({ run, first, last, start, end }: Candidate, { text }: Reading): boolean {
  const before = first > 0 ? run.gaps[first - 1] : undefined;
  const after = run.gaps[last];
  const previous = run.groups[first - 1]?.digits.length ?? 0;
  const next = run.groups[last + 1]?.digits.length ?? 0;
  if ((before === '.' && previous <= 4) || (after === '.' && next <= 4)) return true;
  if ((before === ',' && previous <= 3) || (after === ',' && next === 3)) return true;
  return /^[a-z]$/.test(text.charAt(start - 1)) && /^[a-z]$/.test(text.charAt(end));
}
