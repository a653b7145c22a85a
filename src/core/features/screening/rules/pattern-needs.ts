// Running a pattern over a text costs microseconds, looking at its characters nanoseconds. Most patterns can't match without
// certain characters (业绩比较基准 without a 绩), which shows in how they are written.

/** Sets of characters; every match has one of each in it. Letters of ASCII are small. None: nothing can be said. */
export type PatternNeeds = readonly ReadonlySet<string>[];

/** Larger sets tell too little. */
const mostInSet = 64;
/** Most sets that are kept, the smallest ones. */
const mostSets = 6;

const digits: ReadonlySet<string> = new Set('0123456789');

/** What stands in a pattern that this reader does not know: then nothing can be said of it. */
class Unknown extends Error {}

/**
 * What a valid pattern (RE2 syntax) needs to match at all in a text with its width folded, whatever the case. Knows the usual
 * syntax; of a pattern with anything else in it, it says nothing.
 */
export function needsOfPattern(pattern: string): PatternNeeds {
  try {
    return new NeedsReader(pattern).read();
  } catch (error) {
    if (error instanceof Unknown) return [];
    throw error;
  }
}

class NeedsReader {
  readonly #characters: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#characters = Array.from(pattern);
  }

  read(): PatternNeeds {
    const needs = this.#alternatives();
    if (this.#at < this.#characters.length) throw new Unknown();
    return needs;
  }

  #peek(ahead = 0): string {
    return this.#characters[this.#at + ahead] ?? '';
  }

  #next(): string {
    const character = this.#peek();
    if (character === '') throw new Unknown();
    this.#at += 1;
    return character;
  }

  #alternatives(): PatternNeeds {
    let needs = this.#sequence();
    while (this.#peek() === '|') {
      this.#at += 1;
      needs = eitherOf(needs, this.#sequence());
    }
    return needs;
  }

  #sequence(): PatternNeeds {
    const needs: ReadonlySet<string>[] = [];
    for (let next = this.#peek(); next !== '' && next !== '|' && next !== ')'; next = this.#peek()) {
      const own = this.#atom();
      if (this.#isNeeded()) needs.push(...own);
    }
    return needs.toSorted((a, b) => a.size - b.size).slice(0, mostSets);
  }

  #atom(): PatternNeeds {
    const character = this.#next();
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#bracket();
      case '\\':
        return this.#escape();
      case '.':
      case '^':
      case '$':
        return [];
      case '{':
      case '}':
      case '*':
      case '+':
      case '?':
        throw new Unknown();
      default:
        return needOf([character]);
    }
  }

  /** Reads the repetition behind an atom, if any; false where none of it may be enough. */
  #isNeeded(): boolean {
    let needed = true;
    for (;;) {
      const character = this.#peek();
      if (character === '*' || character === '?') needed = false;
      else if (character === '{') {
        this.#at += 1;
        if (this.#repeats() === 0) needed = false;
        continue;
      } else if (character !== '+') return needed;
      this.#at += 1;
    }
  }

  /** The least number of a repetition in braces; reads up to behind the closing one. */
  #repeats(): number {
    let inside = '';
    for (let next = this.#next(); next !== '}'; next = this.#next()) inside += next;
    const least = /^(\d{1,4})(?:,\d{0,4})?$/.exec(inside)?.[1];
    if (least === undefined) throw new Unknown();
    return Number(least);
  }

  #group(): PatternNeeds {
    if (this.#peek() === '?') {
      // Flags change what the rest means.
      if (this.#peek(1) !== ':') throw new Unknown();
      this.#at += 2;
    }
    const needs = this.#alternatives();
    if (this.#next() !== ')') throw new Unknown();
    return needs;
  }

  #escape(): PatternNeeds {
    const escaped = this.#next();
    if (escaped === 'd') return [digits];
    if (/^[DsSwWbBnrtfv]$/.test(escaped)) return [];
    if (/^[\p{P}\p{S}]$/u.test(escaped)) return needOf([escaped]);
    throw new Unknown();
  }

  #bracket(): PatternNeeds {
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#at += 1;
    const listed: string[] = [];
    let isOpen = isNegated;
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      const from = this.#member();
      if (from === null) isOpen = true;
      else if (from.length > 1) listed.push(...from);
      else if (this.#peek() === '-' && this.#peek(1) !== ']') {
        this.#at += 1;
        const to = this.#member();
        const [low, high] = [from.codePointAt(0) ?? 0, to?.codePointAt(0) ?? 0];
        if (to === null || to.length > 1 || high - low >= mostInSet) isOpen = true;
        else for (let code = low; code <= high; code += 1) listed.push(String.fromCodePoint(code));
      } else listed.push(from);
    }
    this.#at += 1;
    return isOpen ? [] : needOf(listed);
  }

  /** One member of a bracket, several characters for a class; null for what is not listed. */
  #member(): string | null {
    const character = this.#next();
    if (character === '[' && this.#peek() === ':') throw new Unknown();
    if (character !== '\\') return character.length > 1 ? null : character;
    const escaped = this.#next();
    if (escaped === 'd') return '0123456789';
    if (/^[DsSwWnrtfv]$/.test(escaped)) return null;
    if (/^[\p{P}\p{S}]$/u.test(escaped)) return escaped;
    throw new Unknown();
  }
}

/** One set of these characters; nothing where one of them has forms in other scripts or planes. */
function needOf(characters: readonly string[]): PatternNeeds {
  const set = new Set<string>();
  for (const character of characters) {
    const plain = /^[A-Z]$/.test(character) ? character.toLowerCase() : character;
    const isPlain = /^[a-z]$/.test(plain) || plain.toUpperCase() === plain.toLowerCase();
    if (character.length > 1 || !isPlain) return [];
    set.add(plain);
  }
  return set.size === 0 || set.size > mostInSet ? [] : [set];
}

/** What holds of both alternatives. */
function eitherOf(one: PatternNeeds, other: PatternNeeds): PatternNeeds {
  const both: ReadonlySet<string>[] = [];
  one.forEach((set, index) => {
    const second = other[index];
    if (second === undefined) return;
    const union = new Set([...set, ...second]);
    if (union.size <= mostInSet) both.push(union);
  });
  return both;
}
