import type { Gap } from './fillers.ts';
import { foldBits, isInvisibleCharacter } from './folds.ts';
import { type FoldName, type TermSpec, defaultFillers } from './model.ts';

/** What terms allow; most of a lexicon's allow the same. */
export interface Permission extends Gap {
  readonly bits: number;
}

/** What each term allows, worked out once. */
export interface Permissions {
  /** Those that differ. */
  readonly list: readonly Permission[];
  /** By term: its position in the list. */
  readonly indexOf: Int32Array;
  /** By term: 1 where its own text has invisible characters, which are not asked of the text. */
  readonly hides: Uint8Array;
}

/** @param byDefault the folds of terms that don't say */
export function permissionsOf(terms: readonly TermSpec[], byDefault: readonly FoldName[]): Permissions {
  const list: Permission[] = [];
  const known = new Map<string, number>();
  const indexOf = new Int32Array(terms.length);
  const hides = new Uint8Array(terms.length);
  const usual = foldBits(byDefault);
  terms.forEach(({ text, folds, fillers = defaultFillers, acrossSentences = false }, term) => {
    const bits = folds === undefined ? usual : foldBits(folds);
    const key = `${bits} ${fillers} ${String(acrossSentences)}`;
    let index = known.get(key);
    if (index === undefined) {
      index = list.length;
      list.push({ bits, fillers, acrossSentences });
      known.set(key, index);
    }
    indexOf[term] = index;
    if (Array.from(text).some(isInvisibleCharacter)) hides[term] = 1;
  });
  return { list, indexOf, hides };
}

/** The permission of a term. */
export function permissionOf({ list, indexOf }: Permissions, term: number): Permission {
  return list[indexOf[term] ?? 0] ?? nothing;
}

const nothing: Permission = { bits: 0, fillers: 0, acrossSentences: false };
