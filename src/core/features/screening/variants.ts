import { type AliasTable, foldEach } from './alias-table.ts';
import {
  expand,
  foldBit,
  foldTable,
  isInvisible,
  isInvisibleCharacter,
  isLeading,
  lettersFor,
} from './folds.ts';
import type { TermSpec } from './model.ts';
import { confusableHanzi, readingsOf, syllables } from './tables/index.ts';

/** Sides of a variant beside which no Latin letter may stand, and whether no digit may either. */
export const bound = { left: 1, right: 2, digits: 4 } as const;

/** One way in which a term is looked for: its own text, or one that only a fold makes mean it. */
export interface Variant {
  readonly term: number;
  /** What is looked for, unit by unit; folded where the term has characters that fold to several. */
  readonly units: string;
  /** By unit: what it is read as; null where each unit is the term's own. */
  readonly read: readonly string[] | null;
  /**
   * By unit: the folds that it needs just for being in this variant; null: none. One that is a look-alike is looked for as it
   * is: what sounds like it says nothing of the term (回信 is no 徽信, and that no 微信).
   */
  readonly via: readonly number[] | null;
  readonly bounds: number;
  /** By unit: whether fillers may stand before it; null: anywhere. */
  readonly gaps: readonly number[] | null;
}

/** A piece of a variant: what is looked for, what it is read as, the folds that it needs. */
interface Piece {
  readonly written: string;
  readonly read: string;
  readonly via: number;
  /** Letters between which no filler may stand: of a syllable, of a word of initials. */
  readonly tight?: 'inside' | 'before';
  /** Of an alias: over how many of the term's pieces it stands. */
  readonly span?: number;
}

/** Most variants by look-alikes, and by readings, of one term: beyond, only those with one replaced piece. */
const mostProducts = 48;
/** Most ways of a term that are given up because of a form that is off: then as beyond `mostProducts`. */
const mostTried = 4096;
const mostReadings = 8;

const latin = /^[a-z]$/;

/** What is written for a character wherever it stands, because it looks like it: not only in some word. */
export function likenessesOf(character: string, { byFirst }: AliasTable): readonly string[] {
  const folded = foldEach(character);
  const own = confusableHanzi.get(character) ?? [];
  const alone = (byFirst.get(folded.charAt(0)) ?? []).filter(({ target }) => target === folded);
  return alone.length === 0 ? own : [...own, ...alone.flatMap(({ written }) => written)];
}

/** Whether a unit of a variant may be another one of the same sound. */
export function isHeard({ via }: Variant, index: number): boolean {
  return ((via?.[index] ?? 0) & foldBit['look-alikes']) === 0;
}

/** The bit of `heardUnits` and `standingUnits` that is for its unit and all behind it. */
export const lastHeard = 15;
/** All of their bits. */
export const allUnits = 2 ** (lastHeard + 1) - 1;

/** By unit of a variant a bit: whether it is a letter that stands for a character, from the last bit on whether any is. */
export function standingUnits({ via, units }: Variant): number {
  let standing = 0;
  if (via === null) return standing;
  for (let index = 0; index < units.length; index += 1)
    if (((via[index] ?? 0) & lettersFor) !== 0) standing |= 1 << Math.min(index, lastHeard);
  return standing;
}

/** By unit of a variant a bit: `isHeard`, from the last bit on of all. */
export function heardUnits(variant: Variant): number {
  let heard = allUnits;
  if (variant.via === null) return heard;
  for (let index = 0; index < variant.units.length; index += 1)
    if (!isHeard(variant, index)) heard &= ~(1 << Math.min(index, lastHeard));
  return heard;
}

/** All variants of a term under its folds, its own text first. */
export function variantsOf(term: number, spec: TermSpec, bits: number, aliases: AliasTable): Variant[] {
  // It would be found inside of characters.
  if (!spec.text.isWellFormed()) return [];
  const bounds = spec.wholeWord === true ? bound.left | bound.right | bound.digits : 0;
  // Most of what has no other ways is its own text: nothing is made for it but that.
  if ((bits & lettersFor) === 0 && isPlain(spec.text, bits))
    return [{ term, units: spec.text, read: null, via: null, bounds, gaps: null }];
  const base = basePieces(spec.text, bits);
  const variants = [variantFrom(term, base, bounds)];
  const add = (pieces: readonly Piece[], edges: number) => {
    variants.push(variantFrom(term, pieces, edges));
  };
  // Before the aliases: of baoben it says more that it is the pinyin than that people write it for 保本.
  if ((bits & foldBit.pinyin) !== 0) {
    for (const pieces of inLetters(base)) add(pieces, bound.left | bound.right);
    if (spec.initials === true)
      for (const pieces of initials(base)) add(pieces, bound.left | bound.right | bound.digits);
  }
  if ((bits & foldBit['look-alikes']) !== 0)
    for (const pieces of lookAlikes(base, spec.text, aliases)) add(pieces, bounds);
  const seen = new Set<string>();
  return variants.filter(({ units }) => seen.size < seen.add(units).size);
}

/** Whether a text's pieces are its own characters: none that is invisible, or folds to several. */
function isPlain(text: string, bits: number): boolean {
  const { several } = foldTable(bits);
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (isLeading(unit) || isInvisible(unit) || several.has(unit)) return false;
  }
  return true;
}

/** The term's characters, those that fold to several already folded, those that are invisible left out. */
function basePieces(text: string, bits: number): Piece[] {
  const { several } = foldTable(bits);
  const pieces: Piece[] = [];
  for (const character of text) {
    if ((bits & foldBit.invisible) !== 0 && isInvisibleCharacter(character)) continue;
    const { text: written, via } = several.has(character.codePointAt(0) ?? 0)
      ? expand(character, bits)
      : { text: character, via: 0 };
    pieces.push({ written, read: character, via });
  }
  return pieces;
}

function variantFrom(term: number, pieces: readonly Piece[], bounds: number): Variant {
  const plain = pieces.every((piece) => piece.via === 0 && piece.written === piece.read);
  const units = pieces.map((piece) => piece.written).join('');
  if (plain) return { term, units, read: null, via: null, bounds, gaps: null };
  const read: string[] = [];
  const via: number[] = [];
  const gaps: number[] = [];
  let edges = bounds;
  for (const piece of pieces) {
    for (let at = 0; at < piece.written.length; at += 1) {
      read.push(at === 0 ? piece.read : '');
      via.push(piece.via);
      gaps.push(piece.tight === 'before' || (piece.tight === 'inside' && at > 0) ? 0 : 1);
    }
  }
  // A word that stands in letters for a Chinese one counts as a word only: vx in vxlan means nothing.
  if (((via[0] ?? 0) & lettersFor) !== 0 && latin.test(units.charAt(0).toLowerCase())) edges |= bound.left;
  if (((via.at(-1) ?? 0) & lettersFor) !== 0 && latin.test(units.charAt(units.length - 1).toLowerCase()))
    edges |= bound.right;
  return {
    term,
    units,
    read,
    via,
    bounds: edges,
    gaps: gaps.includes(0) ? gaps : null,
  };
}

/** The variants with aliases and confusable characters in place of one or more pieces. */
function lookAlikes(base: readonly Piece[], text: string, aliases: AliasTable): Piece[][] {
  // By piece: what may stand there instead, and over how many pieces.
  const folded = foldedOf(base);
  const choices = base.map((piece, index) => [
    ...(confusableHanzi.get(piece.read) ?? []).map((written): Choice => ({ written, length: 1 })),
    ...aliasesAt(folded, index, aliases),
  ]);
  const off = formsOffIn(base, folded, aliases);
  if (choices.every((list) => list.length === 0) || text.length === 0) return [];
  const results: Piece[][] = [];
  const before: Piece[] = [];
  let tried = 0;
  const replace = (index: number, replaced: number, most: number): void => {
    if ((results.length >= mostProducts || tried >= mostTried) && most > 1) return;
    // As soon as the word is over: of what may stand behind it there are too many ways.
    if (endsInFormOff(before, off[index] ?? noneOff)) {
      tried += 1;
      return;
    }
    const own = base[index];
    if (own === undefined) {
      if (replaced > 0) results.push(before.slice());
      return;
    }
    before.push(own);
    replace(index + 1, replaced, most);
    before.pop();
    if (replaced >= most) return;
    for (const { written, length, span } of choices[index] ?? []) {
      const { length: kept } = before;
      before.push(...replacedBy(written, base.slice(index, index + length), span));
      replace(index + length, replaced + 1, most);
      before.length = kept;
    }
  };
  replace(0, 0, 1);
  const single = results.length;
  const seen = new Set(results.map(writtenOf));
  if (single < mostProducts) {
    const products: Piece[][] = results.splice(0);
    replace(0, 0, 4);
    for (const pieces of results) if (!seen.has(writtenOf(pieces))) products.push(pieces);
    return products;
  }
  return results;
}

const noneOff: readonly FormsOff[] = [];

/** What stands in place of these pieces: of V信 for 微信 just the V, since 信 stands for itself. */
function replacedBy(written: string, pieces: readonly Piece[], span = 0): Piece[] {
  const stays = (one: Piece | undefined, letter: string) =>
    one !== undefined && one.via === 0 && one.written === letter && one.read === letter;
  let first = 0;
  while (
    first < written.length - 1 &&
    first < pieces.length - 1 &&
    stays(pieces[first], written.charAt(first))
  )
    first += 1;
  let behind = 0;
  while (
    first + behind < written.length - 1 &&
    first + behind < pieces.length - 1 &&
    stays(pieces.at(-1 - behind), written.charAt(written.length - 1 - behind))
  )
    behind += 1;
  const last = pieces.length - behind;
  const read = pieces.slice(first, last).reduce((all, piece) => all + piece.read, '');
  const own = written.slice(first, written.length - behind);
  const piece = { written: own, read, via: foldBit['look-alikes'], span };
  return [...pieces.slice(0, first), piece, ...pieces.slice(last)];
}

/** What may stand in place of how many of a term's pieces; an alias says so as its span. */
interface Choice {
  readonly written: string;
  readonly length: number;
  readonly span?: number;
}

/** What a term's pieces say as the table of aliases knows words, and by piece where that begins in it; of the end, too. */
interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
}

function foldedOf(base: readonly Piece[]): Folded {
  let text = '';
  const starts = [0];
  for (const { read } of base) {
    text += foldEach(read);
    starts.push(text.length);
  }
  return { text, starts };
}

function aliasesAt(folded: Folded, index: number, { byFirst }: AliasTable): Choice[] {
  return targetsAt(folded, index, byFirst).flatMap(({ forms, length }) =>
    forms.map((written) => ({ written, length, span: length })),
  );
}

/** The targets that stand in a term from one of its pieces on, with their forms and how many pieces they are. */
function targetsAt(
  { text, starts }: Folded,
  index: number,
  byFirst: AliasTable['byFirst'],
): { readonly forms: readonly string[]; readonly length: number }[] {
  const start = starts[index] ?? 0;
  return (byFirst.get(text.charAt(start)) ?? []).flatMap(({ target, written }) => {
    if (target === '' || !text.startsWith(target, start)) return [];
    const behind = starts.indexOf(start + target.length, index);
    return behind === -1 ? [] : [{ forms: written, length: behind - index }];
  });
}

/** Forms, folded, that are switched off of a word that stands in a term; how many pieces the word is, and units of what is read. */
interface FormsOff {
  readonly length: number;
  readonly size: number;
  readonly forms: ReadonlySet<string>;
}

/** By piece of a term: the forms that are off of the words that end before it. */
function formsOffIn(
  base: readonly Piece[],
  folded: Folded,
  { offByFirst }: AliasTable,
): readonly FormsOff[][] {
  const endingAt: FormsOff[][] = [];
  if (offByFirst.size === 0) return endingAt;
  for (let index = 0; index < base.length; index += 1) {
    for (const { forms, length } of targetsAt(folded, index, offByFirst)) {
      const size = readOf(base.slice(index, index + length)).length;
      const own = { length, size, forms: new Set(forms.map(foldEach)) };
      (endingAt[index + length] ??= []).push(own);
    }
  }
  return endingAt;
}

/**
 * Whether the last of these pieces say a form that is switched off in place of its word. Many such forms come about by characters
 * of like shape, too (徽信), or by an alias of a part of the word (洗💰), and the one who switched them off sees one fold
 * find them. An alias over the whole word is another form of it, or the lexicon's own.
 */
function endsInFormOff(pieces: readonly Piece[], words: readonly FormsOff[]): boolean {
  return words.some(({ length, size, forms }) => {
    let left = size;
    let written = '';
    for (let at = pieces.length - 1; left > 0; at -= 1) {
      const piece = pieces[at];
      if (piece === undefined || piece.read.length > left || (piece.span ?? 0) >= length) return false;
      left -= piece.read.length;
      written = piece.written + written;
    }
    return forms.has(foldEach(written));
  });
}

function writtenOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.written).join('');
}

function readOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.read).join('');
}

/** The term with all of its characters in pinyin, by each of their readings, at least two syllables. */
function inLetters(base: readonly Piece[]): Piece[][] {
  return byReadings(base, 2, 'inside', (syllable) => syllable);
}

/** The first letters of a term's syllables; only where all of it is read, and at least three letters. */
function initials(base: readonly Piece[]): Piece[][] {
  if (!base.every((piece) => isRead(piece))) return [];
  return byReadings(base, 3, 'before', (syllable) => syllable.charAt(0));
}

function isRead(piece: Piece): boolean {
  return piece.written.length === 1 && readingsOf(piece.written.charCodeAt(0)).length > 0;
}

function byReadings(
  base: readonly Piece[],
  least: number,
  tight: 'inside' | 'before',
  spell: (syllable: string) => string,
): Piece[][] {
  if (base.filter(isRead).length < least) return [];
  let results: Piece[][] = [[]];
  for (const piece of base) {
    const spelled = isRead(piece)
      ? [...new Set(readingsOf(piece.written.charCodeAt(0)).map((index) => spell(syllables[index] ?? '')))]
      : [];
    const next: Piece[] =
      spelled.length === 0
        ? [piece]
        : spelled.map((written) => ({ written, read: piece.read, via: foldBit.pinyin, tight }));
    const kept = results.length * next.length > mostReadings ? next.slice(0, 1) : next;
    results = results.flatMap((before) => kept.map((one) => [...before, one]));
  }
  return results;
}
