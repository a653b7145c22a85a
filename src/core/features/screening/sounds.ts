import type { AliasTable } from './alias-table.ts';
import { foldBit } from './folds.ts';
import { type ByLetter, LayerBuilder } from './layers.ts';
import { Mimics } from './mimics.ts';
import { type Spelled, createSpeech, mostSpellings } from './speech.ts';
import { readingsOf } from './tables/index.ts';
import { type Reading, canonicalUnits, pictureIn, readUnits } from './unit-reading.ts';
import { type Variant, isHeard, likenessesOf } from './variants.ts';

/** What is looked for by sound, and what that finds by the letter on the way. */
export interface Sounds {
  readonly readAs: Int32Array;
  readonly plain: LayerBuilder;
  /** Of what has an emoji in it. */
  readonly pictured: LayerBuilder;
  /** The variants with a character that breaks every match. */
  readonly broken: readonly number[];
  /** By variant: 1 where nothing has to look for it by the letter. */
  readonly covered: Uint8Array;
  readonly mimics: Mimics;
  /** Looks for the parts of a character; false where that has to be done by the letter. */
  addParts(parts: string, owner: number): boolean;
}

/** Most variants of one sound that the layer by sound finds by the letter only; what is more has to be in the layer by the letter. */
const mostAlike = 64;

/**
 * Spells the variants. Where homophones are asked for by any, the layer finds what is looked for by the letter as well: of
 * two layers each would have most of it, and all text would be read twice.
 */
export function createSounds(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  reading: Reading,
  aliases: AliasTable,
): Sounds {
  const canonical = canonicalUnits(reading);
  const speech = createSpeech(canonical);
  const collapse = (reading.bits & foldBit.repeats) !== 0;
  const findsLetters = (reading.bits & foldBit.homophones) !== 0;
  const kind = { bySound: true, literal: false };
  const plain = new LayerBuilder(collapse, kind, findsLetters ? canonical : null);
  const pictured = new LayerBuilder(collapse, kind);
  const covered = new Uint8Array(variants.length);
  /** By variant: 1 where neighbours may be taken for each other by sound. By the letter it is lined up by its own letters only. */
  const alike = new Uint8Array(variants.length);
  /** By a hash of how it sounds: how many are looked for by the letter only. */
  const crowds = new Uint32Array(findsLetters ? 0x10000 : 0);
  const broken: number[] = [];
  const mimics = new Mimics(canonical);

  /** What the variant is by the letter, and where nothing else of the same sound may stand. */
  function asksOf(variant: Variant): ByLetter {
    const { units } = variant;
    const letters: number[] = [];
    const fixed: boolean[] = [];
    let isAlike = false;
    for (let at = 0; at < units.length; at += 1) {
      const unit = units.charCodeAt(at);
      const letter = canonical[unit] ?? -1;
      if (letter < 0) continue;
      const previous = letters.at(-1) ?? letter;
      const hears = isHeard(variant, at);
      isAlike ||= hears && previous !== letter && speech.mayBe(previous, unit);
      letters.push(letter);
      fixed.push(!hears);
    }
    return { letters, fixed, isAlike, only: false };
  }

  /** Looks for it by sound, where it says something by that. */
  function spell(variant: Variant, owner: number): Spelled {
    const wanted = foldBit.homophones | foldBit.pinyin;
    if ((bitsOf(variant.term) & wanted) === 0 || variant.gaps !== null || !saysBySound(variant))
      return 'partly';
    const builder = isPictured(variant) ? pictured : plain;
    const asks = findsLetters ? asksOf(variant) : null;
    alike[owner] = Number(asks?.isAlike === true);
    const spelled = speech.spell(
      variant.units,
      (at) => isHeard(variant, at),
      (units) => builder.add(units, owner, builder === plain ? asks : null),
    );
    if (spelled === 'broken') broken.push(owner);
    return spelled;
  }

  /** Looks for it by the letter in the layer by sound; false where it can't be, or would have to be in too many ways. */
  function addLetters(text: string, owner: number): boolean {
    const letters = findsLetters ? readUnits(text, canonical) : null;
    const first = letters?.[0];
    // U+0000 is no letter.
    if (letters === null || first === undefined || (letters.length === 1 && first === 0)) return false;
    if (letters.length === 1) {
      plain.addSingle(first, owner);
      return true;
    }
    if (isCrowded(letters)) return false;
    const asks = { letters, fixed: letters.map(() => true), isAlike: false, only: true };
    return speech.spellLetters(letters, (units) => plain.add(units, owner, asks));
  }

  /** Whether as many already sound so as may, by a hash: where they do, each would be looked at in vain. */
  function isCrowded(letters: readonly number[]): boolean {
    let hash = 0;
    for (const letter of letters)
      hash = Math.imul(hash ^ (speech.readAs[letter] ?? 0), 0x9e3779b1) ^ (hash >>> 15);
    const place = hash >>> 16;
    const count = crowds[place] ?? 0;
    crowds[place] = count + 1;
    return count >= mostAlike;
  }

  const soundingOf = new Map<string, readonly string[]>();
  /** Whether a look-alike is found where what it stands for is looked for by sound: wherever it is written, in any word. */
  const isSound = (own: string, meant: string) => {
    let sounding = soundingOf.get(meant);
    if (sounding === undefined) {
      const readings = readingsOf(meant.charCodeAt(0));
      sounding = likenessesOf(meant, aliases).filter(
        (like) => like.length === 1 && speech.isAmong(canonical[like.charCodeAt(0)] ?? -1, readings),
      );
      soundingOf.set(meant, sounding);
    }
    return sounding.includes(own);
  };
  const plainer = findsLetters ? findPlainer(variants, bitsOf, isSound) : noneIsPlainer;
  const spelled: Spelled[] = variants.map((variant, index) =>
    plainer(index) === -1 ? spell(variant, index) : 'partly',
  );
  variants.forEach((variant, index) => {
    if (!findsLetters) return;
    const other = plainer(index);
    if (other !== -1 && spelled[other] === 'wholly' && alike[other] === 0) {
      mimics.add(variants[other]?.units ?? '', variant.units);
      covered[index] = Number(!isPictured(variant));
      return;
    }
    const own = other === -1 ? spelled[index] : spell(variant, index);
    if (isPictured(variant)) return;
    covered[index] = Number(own === 'wholly' || (own === 'partly' && addLetters(variant.units, index)));
  });
  return { readAs: speech.readAs, plain, pictured, broken, covered, mimics, addParts: addLetters };
}

const noneIsPlainer = () => -1;

function isPictured({ units }: Variant): boolean {
  return pictureIn(units) !== null;
}

/** Whether any of it may be another character of the same sound. */
function saysBySound(variant: Variant): boolean {
  for (let index = 0; index < variant.units.length; index += 1)
    if (isHeard(variant, index) && readingsOf(variant.units.charCodeAt(index)).length > 0) return true;
  return false;
}

type IsSound = (own: string, meant: string) => boolean;

/**
 * By variant: the one of its term by which it is found by sound, -1 where there is none: of one with characters replaced by
 * others that sound the same (堡 for 保) the variant without those. Half of those by look-alikes, whose characters share the
 * part that says how they sound.
 */
function findPlainer(
  variants: readonly Variant[],
  bitsOf: (term: number) => number,
  isSound: IsSound,
): (index: number) => number {
  const others = new Int32Array(variants.length).fill(-1);
  let known = new Map<string, number>();
  variants.forEach((variant, index) => {
    if (variant.term !== variants[index - 1]?.term) {
      known = new Map();
      for (let other = index; variants[other]?.term === variant.term; other += 1)
        known.set(variants[other]?.units ?? '', other);
    }
    // The one without them finds them only by their sound.
    if ((bitsOf(variant.term) & foldBit.homophones) === 0) return;
    const plainer = withoutSameSounds(variant, isSound);
    if (plainer !== variant.units) others[index] = known.get(plainer) ?? -1;
  });
  return (index) => others[index] ?? -1;
}

/** The variant's units with those put back that are read in no other way than what they stand for. */
function withoutSameSounds({ units, read, gaps }: Variant, isSound: IsSound): string {
  if (read === null || gaps !== null) return units;
  let plainer = '';
  let spellings = 1;
  for (let at = 0; at < units.length; at += 1) {
    const own = units.charAt(at);
    const meant = read[at] ?? own;
    plainer += own !== meant && meant.length === 1 && isSound(own, meant) ? meant : own;
    spellings *= Math.max(1, readingsOf(plainer.charCodeAt(at)).length);
  }
  // Of one with more, not all are looked for.
  return spellings > mostSpellings ? units : plainer;
}
