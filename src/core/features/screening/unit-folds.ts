import { foldBit, foldTable } from './folds.ts';
import type { Mimics } from './mimics.ts';
import { isSyllable, syllableBase } from './speech.ts';
import { createTableFolds } from './table-folds.ts';
import { noReading, primaryReading, readingsOf } from './tables/index.ts';
import { type View, viaOf } from './view.ts';

/** Tells by which folds, as bits, a unit of a text is one that is wanted; -1 where it isn't under those that are allowed. */
export interface UnitFolds {
  of(view: View, at: number, wanted: number, allowed: number, bySound: boolean): number;
  /** The same of a letter that stands for a character, which it does in capitals too. */
  ofLetter(view: View, at: number, wanted: number, allowed: number, bySound: boolean): number;
  /** Begins to line something up: whether what sounds alike is taken for a look-alike where it is one. */
  begin(takesMimics: boolean): void;
  /** Whether any was since. */
  hadMimics(): boolean;
}

/** @param reading the folds that any term has, as bits */
export function createUnitFolds(reading: number, mimics: Mimics): UnitFolds {
  const tableFolds = createTableFolds(foldTable(reading).single);
  // Made only where it is asked for: that takes a while.
  const readings = (reading & foldBit.homophones) === 0 ? new Uint16Array(0) : primaryReading();
  let takesMimics = true;
  let hadMimics = false;

  /** By sound, where the term allows it. */
  function soundFolds(view: View, at: number, wanted: number, allowed: number): number {
    const unit = view.units[at] ?? 0;
    if (isSyllable(unit) && (viaOf(view, at) & foldBit.pinyin) !== 0) {
      return (allowed & foldBit.pinyin) !== 0 && isReadAs(unit - syllableBase, wanted) ? foldBit.pinyin : -1;
    }
    if ((allowed & foldBit.homophones) === 0) return -1;
    const likeness = takesMimics ? mimicFolds(unit, wanted, allowed) : -1;
    if (likeness >= 0) {
      hadMimics = true;
      return likeness;
    }
    const own = readings[unit] ?? noReading;
    if (own === noReading) return -1;
    // Most have one reading, and the same.
    return own === readings[wanted] || isReadAs(own, wanted) ? foldBit.homophones : -1;
  }

  /** As a look-alike that is looked for by its sound only. */
  function mimicFolds(unit: number, wanted: number, allowed: number): number {
    let least = -1;
    if ((allowed & foldBit['look-alikes']) === 0) return least;
    for (const likeness of mimics.of(unit, wanted)) {
      const folds = tableFolds(unit, likeness, allowed);
      if (folds >= 0 && (least < 0 || folds < least)) least = folds;
    }
    return least < 0 ? least : least | foldBit['look-alikes'];
  }

  function foldsOf(view: View, at: number, wanted: number, allowed: number, bySound: boolean): number {
    const unit = view.units[at] ?? 0;
    if (unit === wanted && view.map === null) return 0;
    const via = viaOf(view, at);
    if ((via & ~allowed) !== 0) return -1;
    let needed = tableFolds(unit, wanted, allowed);
    if (needed < 0 && bySound) needed = soundFolds(view, at, wanted, allowed);
    return needed < 0 ? -1 : needed | via;
  }

  return {
    of: foldsOf,
    ofLetter(view, at, wanted, allowed, bySound) {
      const folds = foldsOf(view, at, wanted, allowed | foldBit.case, bySound);
      return folds < 0 ? folds : folds & ~foldBit.case;
    },
    begin(takes) {
      takesMimics = takes;
      hadMimics = false;
    },
    hadMimics: () => hadMimics,
  };
}

function isReadAs(syllable: number, unit: number): boolean {
  return readingsOf(unit).includes(syllable);
}
