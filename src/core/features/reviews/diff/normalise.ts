import type { ChangeKind } from './model.ts';

// What counts as trivial when two texts are compared, in one place: approvals that stay valid, and published texts that
// equal the approved one, both go by it.

/** Spaces, tabs, line ends, the ideographic space: `\s` has them all but U+0085 and U+180E. */
const space = /[\s\u0085\u180e]/u;
/**
 * Nothing is seen of them and nothing changes with them: soft hyphen, zero-width space, word joiner, byte order mark. The
 * joiners of emoji and scripts (U+200C, U+200D) and the marks of direction stay: they change what is seen.
 */
const invisible = /[\u00ad\u200b\u2060\ufeff]/gu;
/** Unicode's full and half width forms, and its spaces. */
const widthForms = /[\uff01-\uffee\u3000]/gu;
/** Digits and letters that are written with spaces between words. */
const spaced = /[\p{L}\p{N}\p{M}]/u;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}]/u;

/**
 * Punctuation that has an East Asian and a Western shape but no compatibility mapping between them. A full stop between
 * figures is left alone: 3。5 is not plainly 3.5.
 */
function unifyPunctuation(text: string): string {
  return text
    .replaceAll(/[“”„‟〝〞＂]/gu, '"')
    .replaceAll(/[‘’‚‛＇]/gu, "'")
    .replaceAll(/[〜∼]/gu, '~')
    .replaceAll('…', '...')
    .replaceAll(/(?<!\d\s*)[。｡]|[。｡](?!\s*\d)/gu, '.');
}

/**
 * White space as far as it says something: one space between words of letters and figures, none elsewhere. Chinese has no
 * spaces, so that one beside a Chinese character or a punctuation mark says nothing; one between figures does, also beside a
 * point or comma: a line that ends in `3.` before one that begins with `5` is not 3.5.
 */
function tidySpace(text: string): string {
  const seen = text.normalize('NFC').replaceAll(invisible, '');
  if (!space.test(seen)) return seen;
  const parts = seen.split(/[\s\u0085\u180e]+/u).filter((part) => part !== '');
  let tidy = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 1) {
    const [before, after] = [parts[index - 1] ?? '', parts[index] ?? ''];
    const saysSomething =
      (isSpaced(lastOf(before)) && isSpaced(firstOf(after))) || makesOneFigure(before, after);
    tidy += (saysSomething ? ' ' : '') + after;
  }
  return tidy;
}

/** Whether two stretches would be read as one figure if nothing stood between them. */
function makesOneFigure(before: string, after: string): boolean {
  return (
    (/\p{N}[.,:。｡．，：]$/u.test(before.slice(-3)) && /^\p{N}/u.test(after)) ||
    (/\p{N}$/u.test(before.slice(-2)) && /^[.,:。｡．，：]\p{N}/u.test(after))
  );
}

const firstOf = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 0);
function lastOf(text: string): string {
  const last = text.slice(-2);
  return last.length === 2 && (last.codePointAt(0) ?? 0) > 0xff_ff ? last : text.slice(-1);
}
const isSpaced = (character: string) => spaced.test(character) && !unspaced.test(character);

/**
 * The text in the one form in which two texts are compared: NFC, full width as half width (`３．５％` as `3.5%`), quotation marks
 * alike, white space only where it parts words. Compatibility forms that mean something else are kept, so this is not NFKC:
 * that would make `10²` into `102` and `①` into `1`.
 */
export function normaliseForComparison(text: string): string {
  return tidySpace(unifyPunctuation(text.replaceAll(widthForms, (character) => character.normalize('NFKC'))));
}

/** How two plain texts differ; never `formatting-only`. */
export function kindOfTextChange(left: string, right: string): ChangeKind {
  if (left === right) return 'identical';
  if (tidySpace(left) === tidySpace(right)) return 'whitespace-only';
  return normaliseForComparison(left) === normaliseForComparison(right) ? 'punctuation-width' : 'text';
}
