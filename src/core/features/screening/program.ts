import { type Aligned, classAt, createAligner, longestRun } from './align.ts';
import { type Gap, areAtMost } from './fillers.ts';
import { foldBit, isTrailing, lettersFor } from './folds.ts';
import { type EngineName, createGenerator } from './generators/index.ts';
import { type Layer, type LayerKind, type Reader, written } from './layers.ts';
import { createLetterReader } from './letters.ts';
import type { MatchList } from './match-list.ts';
import {
  type Alias,
  type Component,
  type FoldName,
  type MatchStep,
  type TermSpec,
  foldSets,
} from './model.ts';
import { type Permission, permissionOf, permissionsOf } from './permissions.ts';
import {
  createPlainTest,
  createRecordWriter,
  firstUnitAt,
  isHeardAt,
  lastRunAt,
  mark,
  marksAt,
  nextRecord,
  notPlain,
  once,
  ownerAt,
  record,
  termAt,
} from './records.ts';
import { type Field, type Taken, boundsAround, fieldsWithin } from './rereading.ts';
import { createStrata } from './strata.ts';
import { builtInAliases, builtInComponents } from './tables/index.ts';
import { type Stratum, unitClass } from './stratum.ts';
import { createPlaceFinder, createTriggerTest, fieldAround, normalise, triggered } from './triggers.ts';
import { type Variant, createAliasTable, variantsOf } from './variants.ts';
import { type Replacement, Rewriting, type View } from './view.ts';

/** What holds for all terms of a matcher. */
export interface CompileOptions {
  /** Which folds apply to terms that don't say; the standard set unless said. */
  readonly folds?: readonly FoldName[];
  /** Added to the built-in tables. */
  readonly aliases?: readonly Alias[];
  readonly components?: readonly Component[];
  /** The fastest that works here, unless said. */
  readonly engine?: 'auto' | EngineName;
}

/**
 * What one scan may spend, in units looked at: some ten nanoseconds each. Ordinary text needs a tenth of one for each of
 * its own; a megabyte has at most some two seconds.
 */
const leastBudget = 2_000_000;
const stepsPerUnit = 150;
/** What an attempt costs besides: remembering and sorting its match. */
const stepsPerAttempt = 40;

/** Attempts of each term once the budget is spent: what others spent it on hides no term altogether. */
const lastAttempts = 8;

/** Told of every match with its steps, where it is asked for. */
export type OnAligned = (term: number, aligned: Aligned, steps: MatchStep[]) => void;

/**
 * The terms as a scan over one flat text: reads it in each layer, lines up what the layers find, and reads again what has
 * to be rewritten. `scan` puts the matches into a list; `cut` says whether the last one had to leave something out.
 */
export function compileProgram(terms: readonly TermSpec[], options: CompileOptions) {
  const byDefault = options.folds ?? foldSets.standard;
  const permissions = permissionsOf(terms, byDefault);
  const bitsOf = (term: number) => permissionOf(permissions, term).bits;
  const asked = permissions.list.reduce((all, own) => all | own.bits, 0);
  const bits = (asked & lettersFor) === 0 ? asked : asked | foldBit.case;
  const aliases = createAliasTable(
    (bits & foldBit['look-alikes']) === 0 ? [] : [...builtInAliases, ...(options.aliases ?? [])],
  );
  const variants: Variant[] = [];
  for (const [index, term] of terms.entries()) {
    const own = variantsOf(index, term, bitsOf(index), aliases);
    for (const variant of own) variants.push(variant);
  }
  const components = componentsFor(terms, bitsOf, options.components ?? []);
  const gap: Gap = {
    fillers: permissions.list.reduce((most, own) => Math.max(most, own.fillers), 0),
    acrossSentences: permissions.list.some((own) => own.acrossSentences),
  };
  const asVariants = components.map(({ parts }): Variant => ({
    term: -1,
    units: parts,
    read: null,
    via: null,
    bounds: 0,
    gaps: null,
  }));
  const partsAllowed: Permission = { bits, fillers: 1, acrossSentences: false };
  const reading = { bits, acrossSentences: gap.acrossSentences };
  const strata = createStrata({
    variants,
    bitsOf,
    components: components.map((component) => component.parts),
    reading,
    writer: createRecordWriter(variants, permissions),
    aliases,
    generate: (stratum) => createGenerator(stratum, { engine: options.engine ?? 'auto' }),
  });
  const { mimics } = strata;
  const aligner = createAligner(reading, permissions.list, mimics);
  const plainFolds = createPlainTest(bits, permissions.list, mimics);
  const testTrigger = createTriggerTest(bits);
  const findPlaces = createPlaceFinder(reading, testTrigger);
  const readLetters = (bits & foldBit.pinyin) === 0 ? null : createLetterReader(bits, gap);

  // Of the scan in hand: it is not entered again before it has ended.
  let original: Uint16Array = new Uint16Array(0);
  let found: MatchList | null = null;
  let onAligned: OnAligned | null = null;
  let taken: Taken[] = [];
  const [normalised, composed, spelled] = [new Rewriting(), new Rewriting(), new Rewriting()];
  /** A place in each field that has to be read again, ascending, and maybe more. */
  let fields: number[] = [];
  /** Where emoji stand that terms are written with. */
  let pictures: number[] = [];
  let budget = 0;
  let matched = 0;
  /** Owners and places that were looked at. */
  let looked = 0;
  /** By term: its attempts since the budget was spent; null until it is. */
  let attempts: Uint8Array | null = null;

  function scan(units: Uint16Array, from: number, to: number, into: MatchList, told?: OnAligned): void {
    original = units;
    found = into;
    onAligned = told ?? null;
    taken = [];
    budget = leastBudget + (to - from) * stepsPerUnit;
    matched = 0;
    looked = 0;
    attempts = null;
    aligner.reset();
    fields = [];
    pictures = [];
    const whole: View = { units, from, to, map: null };
    read(whole);
    readPictures(whole);
    if (fields.length > 0 || taken.length > 0) rescan(whole);
    into.finish();
  }

  /** Looks for everything in a view but for what has an emoji in it, which only rewritten text is read for as a whole. */
  function read(view: View): void {
    strata.readers.forEach((reader, index) => readBy(reader, view, index === 0 && view.map === null));
    if (view.map !== null && hasPair(view)) for (const reader of strata.pictured) readBy(reader, view);
  }

  /** Reads the fields for what has an emoji in it that have one of those. */
  function readPictures(whole: View): void {
    let done = whole.from;
    for (const at of pictures) {
      if (at < done) continue;
      const field: View = { ...whole, ...fieldAround(whole.units, at, whole.from, whole.to) };
      for (const reader of strata.pictured) readBy(reader, field);
      done = field.to;
    }
  }

  /**
   * Reads again what has to be rewritten, all fields at once in each step: with characters as they fold, then with
   * parts of characters put together, then with letters as syllables.
   */
  function rescan(whole: View): void {
    const parts = takenInOrder();
    const worth = fieldsWithin(whole, boundsAround(whole, fields, parts), findPlaces, parts);

    for (const rewriting of [normalised, composed, spelled]) rewriting.reset();
    const asWritten = worth.filter(({ view, places: own }) => {
      const replacements = normalise(view, own, bits);
      if (replacements.length > 0) normalised.add(view, replacements);
      return replacements.length === 0;
    });
    const apart = [...asWritten, ...readAgain(normalised)].filter(({ view, parts: own }) => {
      if (own.length > 0) composed.add(view, replacementsOf(own, components));
      return own.length === 0;
    });
    const last = [...apart, ...readAgain(composed)];
    if (readLetters === null) return;
    for (const { view, places: own } of last)
      for (const replacements of readLetters(view, own)) spelled.add(view, replacements);
    if (spelled.isEmpty) return;
    for (const reader of strata.spelled) readBy(reader, spelled.view);
    if (!hasPair(spelled.view)) return;
    for (const reader of strata.spelledPictured) readBy(reader, spelled.view);
  }

  /** Reads rewritten fields, and tells what is in them. */
  function readAgain(rewriting: Rewriting): Field[] {
    if (rewriting.isEmpty) return [];
    const { view, fields: bounds } = rewriting;
    read(view);
    return fieldsWithin(view, bounds, findPlaces, takenInOrder());
  }

  function takenInOrder(): Taken[] {
    if (taken.length === 0) return [];
    const own = taken.toSorted((a, b) => a.from - b.from);
    taken = [];
    return own;
  }

  /** @param asks whether triggers say which fields have to be read again */
  function readBy({ layer, generator }: Reader, view: View, asks = false): void {
    const { records, singles } = layer;
    const takeAll = (label: number, start: number, end: number) => {
      for (let at = label; at >= 0; at = nextRecord(records, at)) take(layer, view, at, start, end);
    };
    const ask = (at: number) => {
      const said = testTrigger(view, at);
      if (said === triggered.field) fields.push(at);
      else if (said === triggered.picture) pictures.push(at);
    };
    const takeSingle = (at: number) => {
      const unit = view.units[at] ?? 0;
      const label = (singles?.labels[unit] ?? 0) - 1;
      if (label >= 0) takeAll(label, at, at + 1);
      if (asks && singles?.asks[unit] === 1) ask(at);
    };
    generator.scanUnits(
      view.units,
      view.from,
      view.to,
      takeAll,
      singles !== null ? takeSingle : asks ? ask : undefined,
    );
  }

  function takeComponent({ stratum }: Layer, view: View, from: number, to: number, component: number): void {
    const parts = asVariants[component];
    if (parts === undefined) return;
    const { units } = parts;
    if (!isLetter(stratum, view, from, units.charCodeAt(0))) return;
    if (!isLetter(stratum, view, to - 1, units.charCodeAt(units.length - 1))) return;
    // The parts of one character stand side by side: at most one filler is between them, be it an emoji of many units.
    const most = units.length + 1;
    if (areAtMost(view, from, to, most)) composeAt(view, from, component);
  }

  function composeAt(view: View, from: number, component: number): void {
    const parts = asVariants[component];
    if (parts === undefined) return;
    const aligned = aligner.alignVariant(view, from, parts, partsAllowed, written);
    if (aligned === null) return;
    taken.push({ from, to: aligned.last + 1, component, via: foldBit['look-alikes'] | aligned.bits });
  }

  /** Whether what was found by its sound may be this letter. Quick: most of what sounds like it is another. */
  function isLetter({ finer }: Stratum, view: View, at: number, wanted: number): boolean {
    if (finer === undefined || finer === null) return true;
    const letter = finer.classOf[wanted];
    return letter === 0 || letter === finer.classOf[view.units[at] ?? 0];
  }

  /** Tries the owner at this place of the layer's records. */
  function take(layer: Layer, view: View, place: number, start: number, end: number): void {
    const { records } = layer;
    const { classOf } = layer.stratum;
    const owner = ownerAt(records, place);
    const marks = marksAt(records, place);
    looked += 1;
    if (owner >= variants.length) {
      const component = owner - variants.length;
      if ((marks & mark.alike) === 0) takeComponent(layer, view, start, end, component);
      else placesInRun(layer, view, start, place, (at) => composeAt(view, at, component));
      return;
    }
    // What is spent is spent on following runs, too.
    if (isSpent() && (attempts?.[termAt(records, place)] ?? 0) >= lastAttempts) return;
    const last = lastRunAt(records, place);
    // Of 张洁婕 by sound the skeleton says no more than zhang jie: most of what has that has one jie.
    if (last !== 1 && !aligner.mayGoOn(view, end - 1, last, classOf)) return;
    const run = records[place + record.firstRun] ?? 1;
    if ((marks & mark.alike) !== 0) {
      placesInRun(layer, view, start, place, (at) => attempt(layer, view, at, place, written));
      if ((marks & mark.byLetter) !== 0) return;
    }
    const kind = (marks & mark.byLetter) === 0 ? layer.kind : written;
    const letter = isHeardAt(records, place) ? 0 : firstUnitAt(records, place);
    if (run === 1) {
      if (isLetter(layer.stratum, view, start, letter)) attempt(layer, view, start, place, kind);
    } else if (run === once) {
      // One character: it is reported once a run, which ends where the generator's does, and each place of the run is a match.
      const wanted = classAt(view, start, classOf);
      for (let at = start; at < view.to; at += 1) {
        const own = classAt(view, at, classOf);
        if (own === wanted) attempt(layer, view, at, place, kind);
        else if (own !== unitClass.skipped) break;
      }
    } else {
      const at = aligner.backOverRun(view, start, run, classOf);
      if (at >= 0 && isLetter(layer.stratum, view, at, letter)) attempt(layer, view, at, place, kind);
    }
  }

  /**
   * Tells each place at which the owner may begin by the letter: any in the first run by sound that is its first letter. What sounds
   * alike side by side is one run, of which it isn't known where the letters change.
   */
  function placesInRun(
    { records, stratum }: Layer,
    view: View,
    start: number,
    place: number,
    tell: (at: number) => void,
  ): void {
    const wanted = classAt(view, start, stratum.classOf);
    const component = asVariants[ownerAt(records, place) - variants.length];
    const letter = component?.units.charCodeAt(0) ?? firstUnitAt(records, place);
    const furthest = records[place + record.firstRun] === 1 ? start : Math.max(view.from, start - longestRun);
    for (let at = start; at >= furthest; at -= 1) {
      looked += 1;
      const own = classAt(view, at, stratum.classOf);
      if (own === unitClass.skipped) continue;
      if (own !== wanted) break;
      if (isLetter(stratum, view, at, letter)) tell(at);
    }
  }

  function attempt({ records }: Layer, view: View, at: number, place: number, kind: LayerKind): void {
    const term = termAt(records, place);
    if (isSpent() && !isDue(term)) return;
    matched += 1;
    if (onAligned === null && view.map === null) {
      const folds = plainFolds(records, place, view.units, at, view.to, kind.bySound);
      if (folds !== notPlain) {
        found?.add(term, at, at + (records[place + record.length] ?? 0), folds);
        return;
      }
    }
    const isPlain = (records[place + record.length] ?? 0) > 0;
    if (isPlain && onAligned === null) {
      const aligned = aligner.alignRecord(view, at, records, place, kind);
      if (aligned === null) return;
      const differs = view.map === null && (records[place + record.folds] ?? 0) === 0;
      found?.add(
        term,
        aligned.start,
        aligned.end,
        differs ? aligned.bits : neededBits(original, aligned, terms[term]?.text ?? '', false),
      );
      return;
    }
    const variant = variants[ownerAt(records, place)];
    if (variant === undefined) return;
    const permission = permissionOf(permissions, term);
    if (onAligned !== null) {
      const explained = aligner.explainAt(view, at, variant, permission, kind);
      if (explained === null) return;
      const { aligned, steps } = explained;
      const isExact = neededBits(original, aligned, terms[term]?.text ?? '', false) === 0;
      onAligned(term, aligned, isExact ? steps.map((step) => ({ ...step, folds: [] })) : steps);
      return;
    }
    const aligned = aligner.alignVariant(view, at, variant, permission, kind);
    if (aligned === null) return;
    const hides = permissions.hides[term] === 1;
    found?.add(
      term,
      aligned.start,
      aligned.end,
      neededBits(original, aligned, terms[term]?.text ?? '', hides),
    );
  }

  function isDue(term: number): boolean {
    attempts ??= new Uint8Array(terms.length);
    const made = attempts[term] ?? 0;
    if (made === lastAttempts) return false;
    attempts[term] = made + 1;
    return true;
  }

  /** Terms that nest in one another by the hundred, on text made of them, have more matches than anybody can look at. */
  function isSpent(): boolean {
    return aligner.spent() + looked + matched * stepsPerAttempt > budget;
  }

  return { scan, cut: isSpent };
}

/** Whether it has a surrogate pair, without which there is no emoji to be read for. */
function hasPair({ units, from, to }: View): boolean {
  for (let at = from; at < to; at += 1) if (isTrailing(units[at] ?? 0)) return true;
  return false;
}

function replacementsOf(taken: readonly Taken[], components: readonly Component[]): Replacement[] {
  const replacements: Replacement[] = [];
  let done = 0;
  for (const { from, to, component, via } of taken) {
    if (from < done) continue;
    const text = components[component]?.character ?? '';
    replacements.push({ from, to, text, via });
    done = to;
  }
  return replacements;
}

/** None where the original says the term to the letter, however it was read. */
function neededBits(
  original: Uint16Array,
  { start, end, bits }: Aligned,
  text: string,
  hides: boolean,
): number {
  if (bits === 0 && !hides) return 0;
  const needed = hides ? bits | foldBit.invisible : bits;
  if (end - start !== text.length) return needed;
  for (let at = 0; at < text.length; at += 1) {
    if (original[start + at] !== text.charCodeAt(at)) return needed;
  }
  return 0;
}

/** The components of the characters that terms with look-alikes have: no others are worth looking for. */
function componentsFor(
  terms: readonly TermSpec[],
  bitsOf: (term: number) => number,
  own: readonly Component[],
): Component[] {
  const wanted = new Set<string>();
  terms.forEach((term, index) => {
    if ((bitsOf(index) & foldBit['look-alikes']) === 0) return;
    for (const character of term.text) wanted.add(character);
  });
  if (wanted.size === 0) return [];
  return [...builtInComponents(), ...own].filter(({ character }) => wanted.has(character));
}
