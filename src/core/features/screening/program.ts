import { createAliasTable, noAliases } from './alias-table.ts';
import type { Gap } from './fillers.ts';
import { foldBit, lettersFor } from './folds.ts';
import { type EngineName, createGenerator } from './generators/index.ts';
import type { Reader, Singles } from './layers.ts';
import { createLetterReader } from './letters.ts';
import type { MatchList } from './match-list.ts';
import { type Alias, type Component, type FoldName, type TermSpec, foldSets } from './model.ts';
import { type OnAligned, createTaker } from './occurrences.ts';
import { permissionOf, permissionsOf } from './permissions.ts';
import { createRecordWriter } from './records.ts';
import { type Field, type Taken, boundsAround, fieldsWithin } from './rereading.ts';
import { createStrata } from './strata.ts';
import { builtInComponents } from './tables/index.ts';
import { createPlaceFinder, createTriggerTest, fieldAround, normalise, triggered } from './triggers.ts';
import { type Variant, variantsOf } from './variants.ts';
import { type Replacement, Rewriting, type View, within } from './view.ts';

/** What holds for all terms of a matcher. */
export interface CompileOptions {
  /** Which folds apply to terms that don't say; the standard set unless said. */
  readonly folds?: readonly FoldName[];
  /** Added to the built-in table, as the components are to theirs. */
  readonly aliases?: readonly Alias[];
  /** Forms of the built-in table that are not used, under the words that it has them for; others count as before. */
  readonly aliasesOff?: readonly Alias[];
  readonly components?: readonly Component[];
  /** The fastest that works here, unless said. */
  readonly engine?: 'auto' | EngineName;
}

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
  const aliases =
    (bits & foldBit['look-alikes']) === 0
      ? noAliases
      : createAliasTable(options.aliases ?? [], options.aliasesOff);
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
  const reading = { bits, acrossSentences: gap.acrossSentences };
  const parts = components.map((component) => component.parts);
  const strata = createStrata({
    variants,
    bitsOf,
    components: parts,
    reading,
    writer: createRecordWriter(variants, parts, permissions),
    aliases,
    generate: (stratum) => createGenerator(stratum, { engine: options.engine ?? 'auto' }),
  });
  const taker = createTaker({ terms, variants, permissions, reading, mimics: strata.mimics });
  const testTrigger = createTriggerTest(bits);
  const findPlaces = createPlaceFinder(reading, testTrigger);
  const readLetters = (bits & foldBit.pinyin) === 0 ? null : createLetterReader(bits, gap);

  // Of the scan in hand: it is not entered again before it has ended.
  const [normalised, composed, spelled] = [new Rewriting(), new Rewriting(), new Rewriting()];
  /** A place in each field that has to be read again, ascending, and maybe more. */
  let fields: number[] = [];
  /** Where emoji stand that terms are written with. */
  let pictures: number[] = [];

  function scan(units: Uint16Array, from: number, to: number, into: MatchList, told?: OnAligned): void {
    // Of a scan that an exception ended.
    into.clear();
    taker.begin(units, to - from, into, told ?? null);
    fields = [];
    pictures = [];
    const whole: View = { units, from, to, map: null };
    read(whole);
    readPictures(whole);
    if (fields.length > 0 || taker.hasParts()) rescan(whole);
    into.finish();
  }

  /** Looks for everything in a view but for what has an emoji in it, which only rewritten text is read for as a whole. */
  function read(view: View): void {
    let asks = view.map === null;
    for (const reader of strata.readers) {
      readBy(reader, view, asks);
      asks = false;
    }
    if (view.map !== null && hasPicture(view)) for (const reader of strata.pictured) readBy(reader, view);
  }

  /** Whether it has one of the emoji that terms are written with: without any there is nothing of that kind to be read for. */
  function hasPicture({ units, from, to }: View): boolean {
    for (let at = from; at < to; at += 1) if (strata.pictures[units[at] ?? 0] === 1) return true;
    return false;
  }

  /** Reads the fields for what has an emoji in it that have one of those. */
  function readPictures(whole: View): void {
    let done = whole.from;
    for (const at of pictures) {
      if (at < done) continue;
      const { from, to } = fieldAround(whole.units, at, whole.from, whole.to);
      for (const reader of strata.pictured) readBy(reader, within(whole, from, to));
      done = to;
    }
  }

  /**
   * Reads again what has to be rewritten, all fields at once in each step: with characters as they fold, then with
   * parts of characters put together, then with letters as syllables. Plain loops: it is called for a few fields among thousands of
   * others, and whatever code it runs through has to be fetched each time.
   */
  function rescan(whole: View): void {
    normalised.reset();
    composed.reset();
    spelled.reset();
    const taken = taker.partsInOrder();
    for (const field of fieldsWithin(whole, boundsAround(whole, fields, taken), findPlaces, taken))
      if (!isNormalised(field) && !isComposed(field)) spell(field);
    for (const field of readAgain(normalised)) if (!isComposed(field)) spell(field);
    for (const field of readAgain(composed)) spell(field);
    if (spelled.isEmpty) return;
    const { view } = spelled;
    for (const reader of strata.spelled) readBy(reader, view);
    if (hasPicture(view)) for (const reader of strata.spelledPictured) readBy(reader, view);
  }

  /** Whether a field has characters to be folded first; adds it to those that have. */
  function isNormalised({ view, places }: Field): boolean {
    if (places.length === 0) return false;
    const replacements = normalise(view, places, bits);
    if (replacements.length === 0) return false;
    normalised.add(view, replacements);
    return true;
  }

  /** Whether a field has characters to be put together; adds it to those that have. */
  function isComposed({ view, parts: own }: Field): boolean {
    if (own.length === 0) return false;
    composed.add(view, replacementsOf(own, components));
    return true;
  }

  function spell({ view, places }: Field): void {
    if (readLetters === null || places.length === 0) return;
    for (const replacements of readLetters(view, places)) spelled.add(view, replacements);
  }

  /** Reads rewritten fields, and tells what is in them. */
  function readAgain(rewriting: Rewriting): readonly Field[] {
    if (rewriting.isEmpty) return noFields;
    const { view, fields: bounds } = rewriting;
    read(view);
    return fieldsWithin(view, bounds, findPlaces, taker.partsInOrder());
  }

  // What is being read. The functions that are told of it are made once: made for each reading, they would be garbage by the
  // megabyte.
  let atHand: View = nothing;
  let singles: Singles | null = null;
  /** Whether triggers say which fields have to be read again. */
  let isAsked = false;

  function ask(at: number): void {
    const said = testTrigger(atHand, at);
    if (said === triggered.field) fields.push(at);
    else if (said === triggered.picture) pictures.push(at);
  }

  function takeSingle(at: number): void {
    if (singles === null) return;
    const unit = atHand.units[at] ?? 0;
    const label = (singles.labels[unit] ?? 0) - 1;
    if (label >= 0) taker.take(label, at, at + 1);
    if (isAsked && singles.asks[unit] === 1) ask(at);
  }

  /** @param asks whether triggers say which fields have to be read again */
  function readBy({ layer, generator }: Reader, view: View, asks = false): void {
    atHand = view;
    ({ singles } = layer);
    isAsked = asks;
    let onTrigger = asks ? ask : undefined;
    if (singles !== null) onTrigger = takeSingle;
    taker.open(layer, view);
    generator.scanUnits(view.units, view.from, view.to, taker.take, onTrigger);
    taker.close();
  }

  return { scan, cut: taker.isSpent };
}

const nothing: View = { units: new Uint16Array(0), from: 0, to: 0, map: null };
const noFields: readonly Field[] = [];

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
  return [...builtInComponents(), ...own].filter(
    ({ character, parts }) => wanted.has(character) && parts.isWellFormed(),
  );
}
