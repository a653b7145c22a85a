import { type FoldName, defaultFillers } from '../../src/core/features/screening/model.ts';
import {
  fillerTable,
  invisibleTable,
  isSentenceEnd,
  primaryReading,
  readingsOf,
  scriptTable,
} from '../../src/core/features/screening/tables/index.ts';

// The brute-force reference: every term at every position, by trying all ways to go on. It knows no classes, skeletons,
// runs or generators; of the engine it shares only the data of the folds. Slow, and meant to be read.

const separator = '\u001e';

interface Character {
  readonly at: number;
  readonly end: number;
  readonly text: string;
}

function charactersOf(text: string): Character[] {
  let at = 0;
  return Array.from(text, (character) => {
    const start = at;
    at += character.length;
    return { at: start, end: at, text: character };
  });
}

const digits = ['〇零○', '一壹弌幺', '二贰弍', '三叁弎', '四肆', '五伍', '六陆', '七柒', '八捌', '九玖'];

function foldOne(character: string, has: (name: FoldName) => boolean): string {
  let folded = character;
  if (has('width')) folded = folded.normalize('NFKC');
  // Of İ the small letter is an i and a dot, which is left out.
  if (has('case')) folded = folded.toLowerCase().replace('i\u0307', 'i');
  if (has('invisible') && folded.length > 1)
    folded = Array.from(folded)
      .filter((own) => !isInvisibleCharacter(own))
      .join('');
  return Array.from(folded, (part) => {
    let own = part;
    if (has('script') && own.length === 1) own = String.fromCharCode(scriptTable()[own.charCodeAt(0)] ?? 0);
    if (has('digits')) {
      const value = digits.findIndex((same) => same.includes(own));
      if (value >= 0) own = String(value);
    }
    return own;
  }).join('');
}

function isInvisibleCharacter(character: string): boolean {
  return character.length === 1
    ? invisibleTable()[character.charCodeAt(0)] === 1
    : /^\p{Default_Ignorable_Code_Point}$/u.test(character);
}

/** Half of a surrogate pair that has no other half. */
const unpaired = /^\p{Cs}$/u;

function isFillerCharacter(character: string): boolean {
  if (character.length === 1) return fillerTable()[character.charCodeAt(0)] === 1 || unpaired.test(character);
  const code = character.codePointAt(0) ?? 0;
  return code >= 0x1f000 && code <= 0x1fbff;
}

export interface ReferenceMatch {
  readonly term: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What has to be found, and what may be besides: where characters are equal by sound and others beside them by being
 * repeated, there is more than one way to say where a repetition begins and ends.
 */
export interface Reference {
  readonly required: readonly ReferenceMatch[];
  readonly optional: readonly ReferenceMatch[];
}

interface Way {
  readonly first: number;
  readonly last: number;
  readonly repeats: boolean;
  readonly fillers: boolean;
}

/** What may stand between two characters of a term, as in `TermSpec`. */
export interface GapOptions {
  readonly fillers?: number;
  readonly acrossSentences?: boolean;
}

/** All matches of the terms in the text under these folds, in no order. */
export function referenceMatches(
  terms: readonly string[],
  text: string,
  folds: readonly FoldName[],
  { fillers = defaultFillers, acrossSentences = false }: GapOptions = {},
): Reference {
  const has = (name: FoldName) => folds.includes(name);
  const characters = charactersOf(text);
  const folded = characters.map(({ text: own }) => foldOne(own, has));
  const required: ReferenceMatch[] = [];
  const optional: ReferenceMatch[] = [];
  terms.forEach((written, term) => {
    const wanted = Array.from(written).filter((own) => !(has('invisible') && isInvisibleCharacter(own)));
    if (wanted.length === 0 || written.includes(separator)) return;
    const spelled = wanted.map((own) => foldOne(own, has)).join('');
    // By the characters as they are written: 一 is read yi, the 1 that it may fold to is not. Beyond the BMP by what they are.
    const said = wanted.map((own) => (own.length === 1 ? own : foldOne(own, has)));
    const bySound = has('homophones') && said.filter(isRead).length >= 2;
    const mayFill = (own: string, count: number) =>
      count < fillers &&
      (isFillerCharacter(own) || (acrossSentences && own.length === 1 && isSentenceEnd(own.charCodeAt(0))));
    const ways = characters.flatMap((_, at) =>
      waysFrom(characters, folded, at, spelled, bySound, mayFill, has),
    );
    const seen = new Set<string>();
    for (const way of canonical(ways, folded, acrossSentences)) {
      if (way.fillers && !standsAsWord(characters, way, spelled)) continue;
      const start = characters[way.first]?.at ?? 0;
      const end = characters[way.last]?.end ?? 0;
      if (seen.has(`${start} ${end}`)) continue;
      seen.add(`${start} ${end}`);
      (way.repeats && has('homophones') ? optional : required).push({ term, start, end });
    }
  });
  return { required, optional };
}

function isRead(character: string): boolean {
  return character.length === 1 && readingsOf(character.charCodeAt(0)).length > 0;
}

/** Whether two characters are the same by sound. */
function soundsLike(written: string, wanted: string): boolean {
  if (written.length !== 1 || wanted.length !== 1) return false;
  const own = primaryReading()[written.charCodeAt(0)] ?? 0xffff;
  return own !== 0xffff && readingsOf(wanted.charCodeAt(0)).includes(own);
}

/** A match with fillers counts at a Latin edge only where no further letter stands beside it, however that is written. */
function standsAsWord(characters: readonly Character[], way: Way, spelled: string): boolean {
  const isLetter = (text: string | undefined) => text !== undefined && /^[a-z]/i.test(text);
  const beside = (from: number, step: 1 | -1) => {
    let at = from + step;
    while (isInvisibleCharacter(characters[at]?.text ?? 'x')) at += step;
    const plain = foldOne(characters[at]?.text ?? '', (name) => name !== 'script' && name !== 'digits');
    return step === 1 ? plain : plain.slice(-1);
  };
  const left = isLetter(spelled) && isLetter(beside(way.first, -1));
  return !left && !(isLetter(spelled.slice(-1)) && isLetter(beside(way.last, 1)));
}

/** The selectors that follow a filler belong to it: ❤ as a picture is two characters. */
function behindSelectors(characters: readonly Character[], from: number): number {
  let at = from;
  while (characters[at]?.text === '\ufe0f') at += 1;
  return at;
}

function waysFrom(
  characters: readonly Character[],
  folded: readonly string[],
  from: number,
  spelled: string,
  bySound: boolean,
  mayFill: (character: string, count: number) => boolean,
  has: (name: FoldName) => boolean,
): Way[] {
  const ways: Way[] = [];
  const go = (
    at: number,
    done: number,
    last: number,
    fillers: number,
    repeats: boolean,
    filled: boolean,
  ): void => {
    if (done === spelled.length) {
      ways.push({ first: from, last, repeats, fillers: filled });
      return;
    }
    const character = characters[at];
    if (character === undefined || character.text === separator) return;
    const own = folded[at] ?? '';
    const invisible = has('invisible') && isInvisibleCharacter(character.text);
    if (own !== '' && !invisible && spelled.startsWith(own, done))
      go(at + 1, done + own.length, at, 0, repeats, filled);
    else if (bySound && !invisible && soundsLike(own, spelled.charAt(done)))
      go(at + 1, done + 1, at, 0, repeats, filled);
    if (done === 0) return;
    if (invisible) go(at + 1, done, last, fillers, repeats, filled);
    const before = folded[last] ?? '';
    if (has('repeats') && own === before && own.length === 1 && !/\d|[a-z]/i.test(own))
      go(at + 1, done, last, 0, true, filled);
    if (has('filler') && !invisible && mayFill(character.text, fillers))
      go(behindSelectors(characters, at + 1), done, last, fillers + 1, repeats, true);
    // A space between words may be left out, but not between figures.
    const around = spelled.slice(done - 1, done + 2);
    if (has('filler') && /^.[ \t\u00a0\u3000]./su.test(around) && !/^\d.\d/u.test(around))
      go(at, done + 1, last, fillers, repeats, true);
  };
  go(from, 0, from, 0, false, false);
  return ways;
}

/**
 * What is reported of them: a way that needs no repetition as it is; one that does with the whole runs at its ends, unless
 * a way without lies between the same two runs.
 */
function canonical(ways: readonly Way[], folded: readonly string[], acrossSentences: boolean): Way[] {
  const runEnd = (at: number, step: 1 | -1) => {
    let place = at;
    while (
      folded[place + step] !== undefined &&
      folded[place + step] === folded[at] &&
      folded[at]?.length === 1
    )
      place += step;
    return place;
  };
  const isPassedEnd = (own: string) =>
    acrossSentences && own.length === 1 && isSentenceEnd(own.charCodeAt(0));
  // As `runEnd`, over what may stand between the same characters.
  const looseEnd = (at: number, step: 1 | -1) => {
    let last = at;
    for (let place = at + step; folded[place] !== undefined; place += step) {
      const own = folded[place] ?? '';
      if (own === folded[at]) last = place;
      else if (own !== '' && !isFillerCharacter(own) && !isInvisibleCharacter(own) && !isPassedEnd(own))
        break;
    }
    return last;
  };
  const plain = ways.filter((way) => !way.repeats);
  const extended = ways
    .filter((way) => way.repeats)
    .map((way) => ({ ...way, first: runEnd(way.first, -1), last: runEnd(way.last, 1) }))
    .filter(
      (way) =>
        !plain.some(
          (other) =>
            other.first >= way.first &&
            other.first <= looseEnd(way.first, 1) &&
            other.last <= way.last &&
            other.last >= looseEnd(way.last, -1),
        ),
    );
  return [...plain, ...extended];
}
