import type { DetectorName } from '../model.ts';

// Most messages have nothing for a detector, which shows by their characters alone: counting those is a hundred times faster
// than reading them.

/** How many of a text's units a detector may need. */
export interface UnitCounts {
  /** Figures that its characters may be read as. */
  figures: number;
  /** Those of them that are 0 to 9, whatever their width. */
  digits: number;
  /** Characters that may be read as Latin letters. */
  letters: number;
  /** Characters that may stand for the dot of a domain, or be a slash: http://intranet has no dot. */
  dots: number;
  /** Characters that may stand for the sign of an address. */
  signs: number;
}

/** The lowest two bits count figures: ⑩ has two of them, ⅒ three; two others those of them that are 0 to 9. */
const flag = { figures: 3, letter: 4, dot: 8, sign: 16, digits: 96 } as const;
/** A bit that no flag has: for whoever keeps a table like this one with something of its own in it. */
export const ownFlag = 128;
const hanziFigures = '〇零○一壹弌幺二贰貳两三叁參四肆五伍六陆陸七柒八捌九玖十拾百佰千仟万萬亿億几数';
let table: Uint8Array | null = null;

function flagsOf(unit: number): number {
  // Letters and figures of higher planes begin with these; what else does is only read for nothing.
  if (unit === 0xd835 || unit === 0xd83c || unit === 0xd83e)
    return flag.figures | flag.digits | flag.letter | flag.dot;
  // Of ideographs, syllables and what is for private use only those below are any of this.
  const isPlain = (unit >= 0x3400 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xf8ff);
  if (isPlain) {
    const character = String.fromCharCode(unit);
    if (hanziFigures.includes(character)) return 1 | (character === '点' ? flag.dot : 0);
    return character === '点' || character === '丶' ? flag.dot : character === '艾' ? flag.sign : 0;
  }
  const character = String.fromCharCode(unit);
  const plain = character.normalize('NFKC').toLowerCase();
  const figures = hanziFigures.includes(character) ? 1 : (plain.match(/[\p{N}ox×]/gu)?.length ?? 0);
  const digits = plain.match(/[0-9]/g)?.length ?? 0;
  let flags = Math.min(figures, flag.figures) | (Math.min(digits, 3) << 5);
  if (/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u.test(plain)) flags |= flag.letter;
  if (/[.。·•∙‧点丶/]/.test(plain)) flags |= flag.dot;
  if (/[@#艾]/.test(plain) || /[([]/.test(plain)) flags |= flag.sign;
  return flags;
}

/** What each unit may be, as `addFlags` takes it. Made when the first text is looked at: some 10 ms. */
export function flagTable(): Uint8Array {
  if (table !== null) return table;
  table = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) table[unit] = flagsOf(unit);
  return table;
}

/** All zero, to count from. */
export function noCounts(): UnitCounts {
  return { figures: 0, digits: 0, letters: 0, dots: 0, signs: 0 };
}

/** Counts one unit, by its entry of the table. */
export function addFlags(counts: UnitCounts, flags: number): void {
  counts.figures += flags & 3;
  counts.letters += (flags >>> 2) & 1;
  counts.dots += (flags >>> 3) & 1;
  counts.signs += (flags >>> 4) & 1;
  counts.digits += (flags >>> 5) & 3;
}

/** The counts of `units[from…to)`. */
export function countUnits(units: Uint16Array, from: number, to: number): UnitCounts {
  const flags = flagTable();
  const counts = noCounts();
  for (let at = from; at < to; at += 1) {
    const own = flags[units[at] ?? 0] ?? 0;
    if (own !== 0) addFlags(counts, own);
  }
  return counts;
}

/** False where the detector can't find anything in a text with these characters. */
export function isPossible(
  detector: DetectorName,
  { figures, digits, letters, dots, signs }: Readonly<UnitCounts>,
): boolean {
  switch (detector) {
    case 'id-card':
      return figures >= 15;
    case 'bank-card':
      return figures >= 15;
    case 'mobile':
      return figures >= 11;
    case 'landline':
      return figures >= 10;
    case 'email':
      // A name in hanzi has no letters, but then the dot of its domain.
      return signs > 0 && (letters > 0 || dots > 0);
    case 'url':
      return dots > 0;
    case 'wechat-id':
      // It begins with a letter, is a number of six figures or more, or a mobile number in any figures.
      return letters > 0 || digits >= 6 || figures >= 11;
    case 'amount':
    case 'rate':
      return figures > 0;
    default:
      return detector satisfies never;
  }
}
