/**
 * Characters that nobody sees, and that can change what a text seems to say: direction controls (U+202E turns
 * "guarantee" round), zero-width ones, fillers, tags, control characters. Evidence must not hide behind them, so
 * screens show each by its code.
 */
const invisible =
  // oxlint-disable-next-line no-control-regex, no-misleading-character-class -- these are what it looks for
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB]|[\u{E0000}-\u{E01EF}]/gu;

/** What makes an emoji of its neighbours, as every keyboard writes it: no need to point at it. */
const joinsBefore = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u;
const selectsBefore = /(?:\p{Extended_Pictographic}|[0-9#*])$/u;
const pictographAfter = /^\p{Extended_Pictographic}/u;

export interface Piece {
  readonly text: string;
  /** UTF-16 offset in the whole text. */
  readonly start: number;
  /** `U+202E` where this piece is one invisible character; null for text as it stands. */
  readonly code: string | null;
}

function isPartOfEmoji(text: string, at: number, character: string): boolean {
  const before = text.slice(Math.max(0, at - 2), at);
  const after = text.slice(at + character.length, at + character.length + 2);
  if (character === '\u200D') return joinsBefore.test(before) && pictographAfter.test(after);
  if (character === '\uFE0F' || character === '\uFE0E') {
    return selectsBefore.test(before) && (!/[0-9#*]$/.test(before) || after.startsWith('\u20E3'));
  }
  return false;
}

/** `U+202E`, as Unicode names a code point. */
function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Cuts a text at its invisible characters; the pieces together are the text, so that offsets into it stay true. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(invisible)) {
    const [character] = match;
    if (isPartOfEmoji(text, match.index, character)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index), start: from, code: null });
    pieces.push({ text: character, start: match.index, code: codeOf(character) });
    from = match.index + character.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), start: from, code: null });
  return pieces;
}

/** The same in one string, for titles and options that can hold no elements: `保‹U+200B›本`. */
export function withVisibleMarks(text: string): string {
  return piecesOf(text)
    .map((piece) => (piece.code === null ? piece.text : `‹${piece.code}›`))
    .join('');
}
