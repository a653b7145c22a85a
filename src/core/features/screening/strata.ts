import type { AliasTable } from './alias-table.ts';
import { foldBit, isLeading } from './folds.ts';
import { LayerBuilder, type Reader, written } from './layers.ts';
import { Mimics } from './mimics.ts';
import type { RecordWriter } from './records.ts';
import { createSounds } from './sounds.ts';
import { createSpeech } from './speech.ts';
import type { Generator, Stratum, Triggers } from './stratum.ts';
import {
  type Reading,
  canonicalUnits,
  isPassedOver,
  pictureIn,
  readUnits,
  triggersOf,
} from './unit-reading.ts';
import { type Variant, isHeard } from './variants.ts';

/** The readings of a text for all variants of a program. */
export interface Strata {
  /**
   * What all text is read by. Owners below `variants.length` are variants, from there on components. The first one, where
   * there are any, reports the places that may have to be rewritten.
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
  /** By unit: 1 where it is the second half of the first emoji of a variant in `pictured` or `spelledPictured`: without one there is nothing for them. */
  readonly pictures: Uint8Array;
  /** Look-alikes that only their sound is looked for. */
  readonly mimics: Mimics;
}

/** What the strata of a program are made of. */
interface Source {
  readonly variants: readonly Variant[];
  readonly bitsOf: (term: number) => number;
  /** The parts of each character that may be taken apart. */
  readonly components: readonly string[];
  readonly reading: Reading;
  readonly writer: RecordWriter;
  readonly aliases: AliasTable;
  readonly generate: (stratum: Stratum) => Generator;
}

/**
 * Numbers the classes and builds the generators for these variants, and for the components that may have to be rewritten.
 * Where homophones are asked for, one layer by sound is for nearly everything (`createSounds`).
 */
export function createStrata(source: Source): Strata {
  const { variants, bitsOf, components, reading, writer, aliases, generate } = source;
  const collapse = (reading.bits & foldBit.repeats) !== 0;
  const canonical = canonicalUnits(reading);
  const hears = (reading.bits & foldBit.homophones) !== 0;
  const spells = hears || (reading.bits & foldBit.pinyin) !== 0;
  // The tables of sounds take longer to make than a small lexicon to compile.
  const sounds = spells ? createSounds(variants, bitsOf, reading, aliases) : null;
  const plain = new LayerBuilder(collapse, written);
  const pictured = new LayerBuilder(collapse, written);
  const pictures = new Uint8Array(0x10000);
  const literal: number[] = [];
  variants.forEach((variant, index) => {
    if (sounds?.covered[index] === 1) return;
    const units = hasAstralLetter(variant.units) ? null : readUnits(variant.units, canonical);
    const picture = pictureIn(variant.units);
    const isAdded = units !== null && (picture === null ? plain : pictured).add(units, index);
    if (!isAdded) literal.push(index);
    else if (picture !== null) pictures[picture] = 1;
  });
  components.forEach((parts, index) => {
    const owner = variants.length + index;
    const units = readUnits(parts, canonical);
    if (units !== null && sounds?.addParts(parts, owner) !== true) plain.add(units, owner);
  });

  const own = triggersOf(reading);
  // The first layer of all reports what may have to be rewritten.
  let unasked: Triggers = { ...own, triggers: Uint16Array.from([...own.triggers, ...unitsMarked(pictures)]) };
  function finish(builder: LayerBuilder, readAs: Int32Array): Reader[] {
    const layers = builder.finish(readAs, unasked, writer);
    if (layers.length > 0) unasked = noTriggers;
    return layers.map((layer) => ({ layer, generator: generate(layer.stratum) }));
  }
  const finishLiteral = ({ layer, readAs: own }: LiteralLayer) => finish(layer, own);
  const bySound = sounds !== null && hears ? finish(sounds.plain, sounds.readAs) : [];
  // With nothing else to read for, there would be nobody to report the emoji.
  const isOnlyPictured = bySound.length === 0 && plain.isEmpty;
  const byLetter = finish(isOnlyPictured ? pictured : plain, canonical);
  const byEachLetter = literal.length === 0 ? [] : finishLiteral(literalLayer(variants, literal, reading));
  const emoji = isOnlyPictured ? [] : finish(pictured, canonical);
  if (sounds === null)
    return {
      readers: [...byLetter, ...byEachLetter],
      pictured: emoji,
      spelled: [],
      spelledPictured: [],
      pictures,
      mimics: new Mimics(canonical),
    };
  const { readAs, broken, mimics } = sounds;
  const byEachSound = broken.length === 0 ? [] : finishLiteral(loudLiteralLayer(variants, broken, reading));
  const spelledPictured = finish(sounds.pictured, readAs);
  const spelled = [...(hears ? bySound : finish(sounds.plain, readAs)), ...byEachSound];
  return {
    readers: [...bySound, ...byLetter, ...byEachLetter, ...(hears ? byEachSound : [])],
    pictured: hears ? [...emoji, ...spelledPictured] : emoji,
    spelled,
    spelledPictured,
    pictures,
    mimics,
  };
}

const noTriggers: Triggers = { triggers: new Uint16Array(0), joined: new Uint16Array(0) };

/** The units that are marked. */
function unitsMarked(marks: Uint8Array): number[] {
  const units: number[] = [];
  marks.forEach((mark, unit) => {
    if (mark === 1) units.push(unit);
  });
  return units;
}

function hasAstralLetter(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLeading(unit) && !isPassedOver(unit, true, true)) return true;
  }
  return false;
}

/** A layer in which nothing visible is passed over, and how it reads. */
interface LiteralLayer {
  readonly layer: LayerBuilder;
  readonly readAs: Int32Array;
}

/** For terms of nothing but fillers or with astral letters. */
function literalLayer(
  variants: readonly Variant[],
  indices: readonly number[],
  reading: Reading,
): LiteralLayer {
  const layer = new LayerBuilder(false, { bySound: false, literal: true });
  const literal = literalUnits(reading);
  for (const index of indices) {
    const units = readUnits(variants[index]?.units ?? '', literal);
    if (units !== null) layer.add(units, index);
  }
  return { layer, readAs: literal };
}

/** As `canonicalUnits`, with what is visible standing for itself, each half of a surrogate pair too. */
function literalUnits({ bits }: Reading): Int32Array {
  const literal = canonicalUnits({ bits: bits & ~foldBit.filler, acrossSentences: false }).slice();
  for (let unit = 0xd800; unit < 0xe000; unit += 1) literal[unit] = unit;
  return literal;
}

/** The same by sound: for terms with a character that breaks every match of the others. */
function loudLiteralLayer(
  variants: readonly Variant[],
  indices: readonly number[],
  reading: Reading,
): LiteralLayer {
  const layer = new LayerBuilder(false, { bySound: true, literal: true });
  const speech = createSpeech(literalUnits(reading));
  for (const index of indices) {
    const variant = variants[index];
    if (variant === undefined) continue;
    speech.spell(
      variant.units,
      (at) => isHeard(variant, at),
      (units) => layer.add(units, index),
    );
  }
  return { layer, readAs: speech.readAs };
}
