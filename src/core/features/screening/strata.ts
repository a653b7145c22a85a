import { foldBit, isLeading, isTrailing } from './folds.ts';
import { type Layer, LayerBuilder, type Reader } from './layers.ts';
import type { RecordWriter } from './records.ts';
import type { Generator, Stratum, Triggers } from './stratum.ts';
import { createSpeech, mostSpellings } from './speech.ts';
import { noReading, primaryReading, readingsOf } from './tables/index.ts';
import { type Reading, canonicalUnits, isPassedOver, triggersOf } from './unit-reading.ts';
import { type Variant, isHeard } from './variants.ts';

/** The readings of a text for all variants of a program. */
export interface Strata {
  /**
   * What all text is read by, by the letter and, where homophones are asked for, by sound. Owners below `variants.length` are
   * variants, from there on components. The first one, where there are any, reports the places that may have to be
   * rewritten.
   */
  readonly readers: readonly Reader[];
  /**
   * The same for what has an emoji in it (洗💰 for 洗钱). Emoji are passed over, so that its skeleton is shorter and would be
   * found far more often than it stands there: only fields with one of its emoji have to be read for it. The first of
   * `readers` reports those, too, by the second half of the emoji.
   */
  readonly pictured: readonly Reader[];
  /** What text with letters as syllables is read by: all that is by sound. */
  readonly spelled: readonly Reader[];
  /** The same for what has an emoji in it. */
  readonly spelledPictured: readonly Reader[];
}

/** Makes a generator for a stratum. */
export type Generate = (stratum: Stratum) => Generator;

/** Numbers the classes and builds the generators for these variants, and for the components that may have to be rewritten. */
export function createStrata(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  components: readonly string[],
  reading: Reading,
  generate: Generate,
  writer: RecordWriter,
): Strata {
  const collapse = (reading.bits & foldBit.repeats) !== 0;
  const canonical = canonicalUnits(reading);
  const plain = new LayerBuilder(collapse, { bySound: false, literal: false });
  const pictured = new LayerBuilder(collapse, { bySound: false, literal: false });
  const pictures = new Set<number>();
  const literal: number[] = [];
  variants.forEach((variant, index) => {
    const units = hasAstralLetter(variant.units) ? null : readUnits(variant.units, canonical);
    const picture = pictureIn(variant.units);
    const isAdded = units !== null && (picture === null ? plain : pictured).add(units, index);
    if (!isAdded) literal.push(index);
    else if (picture !== null) pictures.add(picture);
  });
  components.forEach((parts, index) => {
    const units = readUnits(parts, canonical);
    if (units !== null) plain.add(units, variants.length + index);
  });
  const own = triggersOf(reading);
  const triggers = { ...own, triggers: Uint16Array.from([...own.triggers, ...pictures]) };
  const loud = loudLayers(variants, bitsOf, reading, writer);
  // With nothing else to read for, there would be nobody to report the emoji.
  const [first, second] = plain.isEmpty ? [pictured, plain] : [plain, pictured];
  const written = first.finish(canonical, triggers, writer);
  // The first layer of all reports what may have to be rewritten.
  const others = literalLayers(
    variants,
    literal,
    reading,
    written.length === 0 ? triggers : noTriggers,
    writer,
  );
  const emoji = second.finish(canonical, noTriggers, writer);
  if ((reading.bits & foldBit.homophones) !== 0) {
    const readers = apart([...written, ...loud.plain, ...others, ...loud.literal], generate);
    const withEmoji = apart([...emoji, ...loud.pictured], generate);
    const [spelled, spelledPictured] = [readers.filter(isSpoken), withEmoji.filter(isSpoken)];
    return { readers, pictured: withEmoji, spelled, spelledPictured };
  }
  return {
    readers: apart([...written, ...others], generate),
    pictured: apart(emoji, generate),
    spelled: apart([...loud.plain, ...loud.literal], generate),
    spelledPictured: apart(loud.pictured, generate),
  };
}

function apart(layers: readonly Layer[], generate: Generate): Reader[] {
  return layers.map((layer) => ({ layer, generator: generate(layer.stratum) }));
}

function isSpoken({ layer }: Reader): boolean {
  return layer.kind.bySound;
}

const noTriggers: Triggers = { triggers: new Uint16Array(0), joined: new Uint16Array(0) };

/** The second half of the text's first emoji; null where it has none. */
function pictureIn(text: string): number | null {
  for (let at = 0; at < text.length; at += 1) if (isTrailing(text.charCodeAt(at))) return text.charCodeAt(at);
  return null;
}

/** The units that a text is read as; null where it has a character that breaks every match. */
function readUnits(text: string, readAs: Int32Array): number[] | null {
  const units: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const unit = readAs[text.charCodeAt(at)] ?? -2;
    if (unit === -2) return null;
    if (unit !== -1) units.push(unit);
  }
  return units;
}

function hasAstralLetter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLeading(unit) && !isPassedOver(unit, true, true)) return true;
  }
  return false;
}

/** For terms of nothing but fillers or with astral letters: nothing visible is passed over. */
function literalLayers(
  variants: readonly Variant[],
  indices: readonly number[],
  reading: Reading,
  triggers: Triggers,
  writer: RecordWriter,
): Layer[] {
  if (indices.length === 0) return [];
  const literal = literalUnits(reading);
  const layer = new LayerBuilder(false, { bySound: false, literal: true });
  for (const index of indices) {
    const units = readUnits(variants[index]?.units ?? '', literal);
    if (units !== null) layer.add(units, index);
  }
  return layer.finish(literal, triggers, writer);
}

/** As `canonicalUnits`, with what is visible standing for itself, each half of a surrogate pair too. */
function literalUnits({ bits }: Reading): Int32Array {
  const literal = canonicalUnits({ bits: bits & ~foldBit.filler, acrossSentences: false }).slice();
  for (let unit = 0xd800; unit < 0xe000; unit += 1) literal[unit] = unit;
  return literal;
}

/** By sound; terms with a character that breaks every match of the others are in a layer of their own, as they are by the letter. */
function loudLayers(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  reading: Reading,
  writer: RecordWriter,
): { readonly plain: Layer[]; readonly literal: Layer[]; readonly pictured: Layer[] } {
  const wanted = foldBit.homophones | foldBit.pinyin;
  // The tables of sounds take longer to make than a small lexicon to compile.
  if ((reading.bits & wanted) === 0) return { plain: [], literal: [], pictured: [] };
  const spoken = createSpeech(canonicalUnits(reading));
  const collapse = (reading.bits & foldBit.repeats) !== 0;
  const plain = new LayerBuilder(collapse, { bySound: true, literal: false });
  const pictured = new LayerBuilder(collapse, { bySound: true, literal: false });
  const redundant = findRedundant(variants, bitsOf);
  const broken: number[] = [];
  variants.forEach((variant, index) => {
    if ((bitsOf(variant.term) & wanted) === 0 || variant.gaps !== null || redundant[index] === 1) return;
    if (!saysBySound(variant)) return;
    const builder = pictureIn(variant.units) === null ? plain : pictured;
    if (!spoken.spell(variant.units, (units) => builder.add(units, index))) broken.push(index);
  });
  return {
    plain: plain.finish(spoken.readAs, noTriggers, writer),
    literal: loudLiteral(variants, broken, reading, writer),
    pictured: pictured.finish(spoken.readAs, noTriggers, writer),
  };
}

/** Whether any of it may be another character of the same sound. */
function saysBySound(variant: Variant): boolean {
  for (let index = 0; index < variant.units.length; index += 1)
    if (isHeard(variant, index) && readingsOf(variant.units.charCodeAt(index)).length > 0) return true;
  return false;
}

function loudLiteral(
  variants: readonly Variant[],
  indices: readonly number[],
  reading: Reading,
  writer: RecordWriter,
): Layer[] {
  if (indices.length === 0) return [];
  const spoken = createSpeech(literalUnits(reading));
  const layer = new LayerBuilder(false, { bySound: true, literal: true });
  for (const index of indices) {
    spoken.spell(variants[index]?.units ?? '', (units) => layer.add(units, index));
  }
  return layer.finish(spoken.readAs, noTriggers, writer);
}

/**
 * 1 for each variant that by sound finds nothing which another of its term doesn't: one with characters replaced by others
 * that sound the same (堡 for 保), where the variant without those is looked for too. Half of those by look-alikes, whose
 * characters share the part that says how they sound.
 */
function findRedundant(variants: readonly Variant[], bitsOf: (term: number) => number): Uint8Array {
  const redundant = new Uint8Array(variants.length);
  let known = new Set<string>();
  for (let index = 0; index < variants.length; index += 1) {
    const variant = variants[index];
    if (variant === undefined) continue;
    if (variant.term !== variants[index - 1]?.term) {
      known = new Set();
      for (let other = index; variants[other]?.term === variant.term; other += 1)
        known.add(variants[other]?.units ?? '');
    }
    // The one without them finds them only by their sound.
    if ((bitsOf(variant.term) & foldBit.homophones) === 0) continue;
    const plainer = withoutSameSounds(variant);
    if (plainer !== variant.units && known.has(plainer)) redundant[index] = 1;
  }
  return redundant;
}

/** The variant's units with those put back that are read in no other way than what they stand for. */
function withoutSameSounds({ units, read, gaps }: Variant): string {
  if (read === null || gaps !== null) return units;
  let plainer = '';
  let spellings = 1;
  for (let at = 0; at < units.length; at += 1) {
    const own = units.charAt(at);
    const meant = read[at] ?? own;
    const isSame =
      own !== meant && meant.length === 1 && soundsNoOther(own.charCodeAt(0), meant.charCodeAt(0));
    plainer += isSame ? meant : own;
    spellings *= Math.max(1, readingsOf(plainer.charCodeAt(at)).length);
  }
  // Of one with more, not all are looked for.
  return spellings > mostSpellings ? units : plainer;
}

/** Whether whatever sounds like the one character sounds like the other too, itself included. */
function soundsNoOther(unit: number, as: number): boolean {
  const readings = readingsOf(as);
  const own = readingsOf(unit);
  return (
    own.length > 0 &&
    own.every((reading) => readings.includes(reading)) &&
    readings.includes(primaryReading()[unit] ?? noReading)
  );
}
