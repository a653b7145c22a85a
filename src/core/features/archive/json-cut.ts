import type { QuarantineReason } from './model.ts';

// Cuts a JSON object into the byte ranges of its members without building anything. Strings without escapes, integers and
// the object's own structure are checked here; every other value is for JSON.parse to check. Together they accept
// exactly what JSON.parse accepts (json-cut.test.ts compares them), at a third of its time for a chat message.

/** What stands at a value's range. Strings are ranged without their quotes. */
export const ValueKind = {
  plainString: 1,
  escapedString: 2,
  integer: 3,
  primitive: 4,
  object: 5,
  array: 6,
} as const;

/** Brackets nested deeper than this are no chat message: the deepest known, a record within a record, needs 9. */
export const maximumDepth = 32;

/** An entry that can't be read, and why. `detail` never quotes the entry. */
export class EntryError extends Error {
  readonly reason: QuarantineReason;

  constructor(reason: QuarantineReason, detail: string) {
    super(detail);
    this.name = 'EntryError';
    this.reason = reason;
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** The members of one object, as parallel arrays that are used again for the next one. */
export class ObjectCutter {
  count = 0;
  readonly keyStart: number[] = [];
  readonly keyEnd: number[] = [];
  readonly keyHash: number[] = [];
  readonly keyEscaped: boolean[] = [];
  readonly valueKind: number[] = [];
  readonly valueStart: number[] = [];
  readonly valueEnd: number[] = [];
  /** Where the object ends, behind its closing bracket. */
  end = 0;

  #escaped = false;
  #hash = 0;

  /** Reads the object whose opening bracket stands at `start`. Throws EntryError. */
  cut(bytes: Uint8Array, start: number, end: number): void {
    this.count = 0;
    let at = skipSpace(bytes, start + 1, end);
    if (bytes[at] === 0x7d && at < end) {
      this.end = at + 1;
      return;
    }
    while (at < end) {
      if (bytes[at] !== quote) throw broken(at - start, 'a member name is expected');
      const index = this.count;
      const keyEnd = this.#scanKey(bytes, at + 1, end);
      this.keyStart[index] = at + 1;
      this.keyEnd[index] = keyEnd;
      this.keyHash[index] = this.#hash;
      this.keyEscaped[index] = this.#escaped;
      at = skipSpace(bytes, keyEnd + 1, end);
      if (at >= end || bytes[at] !== 0x3a) throw broken(at - start, 'a colon is expected');
      at = this.#scanValue(bytes, skipSpace(bytes, at + 1, end), end, index);
      this.count = index + 1;
      at = skipSpace(bytes, at, end);
      if (at >= end) break;
      if (bytes[at] === 0x7d) {
        this.end = at + 1;
        return;
      }
      if (bytes[at] !== 0x2c) throw broken(at - start, 'a comma or closing bracket is expected');
      at = skipSpace(bytes, at + 1, end);
    }
    throw broken(end - start, 'it ends in the middle of an object');
  }

  /** Reads the value at `at` into the slot `index`; answers where it ends. */
  #scanValue(bytes: Uint8Array, at: number, end: number, index: number): number {
    const first = at < end ? bytes[at] : undefined;
    let next: number;
    if (first === quote) {
      const close = this.#scanString(bytes, at + 1, end);
      this.valueKind[index] = this.#escaped ? ValueKind.escapedString : ValueKind.plainString;
      this.valueStart[index] = at + 1;
      this.valueEnd[index] = close;
      return close + 1;
    }
    if (first === 0x7b || first === 0x5b) {
      next = this.#skipContainer(bytes, at, end);
      this.valueKind[index] = first === 0x7b ? ValueKind.object : ValueKind.array;
    } else {
      next = at;
      let onlyDigits = true;
      for (; next < end; next += 1) {
        const byte = bytes[next] ?? 0;
        if (byte === 0x2c || byte === 0x7d || byte === 0x5d || byte <= 0x20) break;
        if (byte < 0x30 || byte > 0x39) onlyDigits = false;
      }
      if (next === at) throw broken(at, 'a value is expected');
      const integer = onlyDigits && (bytes[at] !== 0x30 || next === at + 1);
      if (!integer) parseRange(bytes, at, next);
      this.valueKind[index] = integer ? ValueKind.integer : ValueKind.primitive;
    }
    this.valueStart[index] = at;
    this.valueEnd[index] = next;
    return next;
  }

  #scanKey(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0;
    let at = start;
    for (; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) {
        this.#escaped = false;
        this.#hash = hash;
        return at;
      }
      if (byte === backslash) break;
      if (byte < 0x20) throw broken(at - start, 'a control character stands in a string');
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
    const close = this.#scanString(bytes, at, end);
    this.#hash = 0;
    return close;
  }

  /** Answers where the closing quote stands; sets `#escaped`. */
  #scanString(bytes: Uint8Array, start: number, end: number): number {
    let escaped = false;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) {
        this.#escaped = escaped;
        return at;
      }
      if (byte === backslash) {
        escaped = true;
        at += 1;
      } else if (byte < 0x20) throw broken(at - start, 'a control character stands in a string');
    }
    throw broken(end - start, 'it ends in the middle of a string');
  }

  #skipContainer(bytes: Uint8Array, start: number, end: number): number {
    let depth = 0;
    for (let at = start; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === quote) at = this.#scanString(bytes, at + 1, end);
      else if (byte === 0x7b || byte === 0x5b) {
        depth += 1;
        // The object that is being cut is one level itself.
        if (depth >= maximumDepth)
          throw new EntryError('too-deep', `nested deeper than ${maximumDepth} levels`);
      } else if (byte === 0x7d || byte === 0x5d) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    throw broken(end - start, 'it ends in the middle of an object or array');
  }
}

/** JSON.parse of a range. Throws EntryError. */
export function parseRange(bytes: Uint8Array, start: number, end: number): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'));
  } catch {
    throw new EntryError('broken-json', 'not valid JSON');
  }
}

/** The byte ranges of an array's elements. Validates brackets and strings only: elements are for their reader to check. */
export function cutArray(bytes: Uint8Array, start: number, end: number): { start: number; end: number }[] {
  const elements: { start: number; end: number }[] = [];
  let depth = 0;
  let elementStart = start + 1;
  const add = (to: number) => {
    const from = skipSpace(bytes, elementStart, to);
    if (from < to) elements.push({ start: from, end: to });
    elementStart = to + 1;
  };
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      for (at += 1; at < end && bytes[at] !== quote; at += 1) if (bytes[at] === backslash) at += 1;
    } else if (byte === 0x5b || byte === 0x7b) depth += 1;
    else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
      if (depth === 0) add(at);
    } else if (byte === 0x2c && depth === 1) add(at);
  }
  return elements;
}

/** The first byte at or behind `at` that is not JSON's white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const byte = bytes[next];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
    next += 1;
  }
  return next;
}

/** Finds names by the hash that the cutter makes of them on its way. */
export class NameTable {
  readonly #names: readonly Uint8Array[];
  readonly #byHash = new Map<number, number>();

  constructor(names: readonly string[]) {
    this.#names = names.map((name) => Buffer.from(name, 'utf8'));
    for (const [index, name] of this.#names.entries()) {
      const hash = hashOf(name, 0, name.length);
      if (this.#byHash.has(hash)) throw new Error('two names have one hash');
      this.#byHash.set(hash, index);
    }
  }

  /** The name's place in the list, or -1. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const index = this.#byHash.get(hash);
    if (index === undefined) return -1;
    const name = this.#names[index];
    return name !== undefined && sameBytes(bytes, start, end, name) ? index : -1;
  }
}

export function sameBytes(bytes: Uint8Array, start: number, end: number, other: Uint8Array): boolean {
  if (end - start !== other.length) return false;
  for (let index = 0; index < other.length; index += 1)
    if (bytes[start + index] !== other[index]) return false;
  return true;
}

/** The hash of a short name, as the cutter makes it. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
  return hash;
}

function broken(offset: number, what: string): EntryError {
  return new EntryError('broken-json', `at byte ${offset}: ${what}`);
}
