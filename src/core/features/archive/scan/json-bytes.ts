import { sameBytes } from '../json-cut.ts';

// Reads pieces of JSON from bytes known to be UTF-8. Each reader answers where its piece ends, or `refused` for what it leaves to
// EntryParser: no piece of the kind, or an unusual one.

const quote = 0x22;
const backslash = 0x5c;
export const refused = -1;

/** The first byte at or behind `at` that is no white space; a line break is none here, as it ends the entry. */
export function space(bytes: Uint8Array, at: number, end: number): number {
  let next = at;
  while (next < end) {
    const byte = bytes[next];
    if (byte !== 0x20 && byte !== 0x0d && byte !== 0x09) break;
    next += 1;
  }
  return next;
}

/** The string at `at`, escapes and all; answers where it ends, behind its quote. */
export function stringAt(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== quote) return refused;
  let at = start + 1;
  while (at < end) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at + 1;
    if (byte === backslash) {
      if (escapedUnit(bytes, at + 1, end) < 0) return refused;
      at += bytes[at + 1] === 0x75 ? 6 : 2;
    } else if (byte < 0x20) return refused;
    else at += 1;
  }
  return refused;
}

/** As `stringAt`, for strings without escapes. */
export function plainStringAt(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] !== quote) return refused;
  for (let at = start + 1; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) return at + 1;
    if (byte === backslash || byte < 0x20) return refused;
  }
  return refused;
}

/** The unit that an escape stands for; `at` is behind its backslash. */
export function escapedUnit(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return refused;
  const escaped = bytes[at] ?? 0;
  switch (escaped) {
    case 0x22:
    case 0x2f:
    case 0x5c:
      return escaped;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return 0x0a;
    case 0x72:
      return 0x0d;
    case 0x74:
      return 0x09;
    case 0x75: {
      if (at + 4 >= end) return refused;
      let unit = 0;
      for (let index = at + 1; index <= at + 4; index += 1) {
        const byte = bytes[index] ?? 0;
        const letter = byte | 0x20;
        if (byte >= 0x30 && byte <= 0x39) unit = unit * 16 + byte - 0x30;
        else if (letter >= 0x61 && letter <= 0x66) unit = unit * 16 + letter - 0x57;
        else return refused;
      }
      return unit;
    }
    default:
      return refused;
  }
}

/** Digits without a leading zero; answers where they end. */
export function integerAt(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x30 || byte > 0x39) break;
  }
  if (at === start || (bytes[start] === 0x30 && at > start + 1)) return refused;
  const next = bytes[at] ?? 0;
  return at < end && (next === 0x2c || next === 0x7d || next <= 0x20) ? at : refused;
}

const literals = ['true', 'false', 'null'].map((name) => Buffer.from(name));

/** A number without an exponent, or one of the three literals; answers where it ends. */
export function primitiveAt(bytes: Uint8Array, start: number, end: number): number {
  for (const literal of literals) {
    if (bytes[start] === literal[0]) {
      const close = start + literal.length;
      return close < end && sameBytes(bytes, start, close, literal) ? close : refused;
    }
  }
  let at = bytes[start] === 0x2d ? start + 1 : start;
  const digits = at;
  while (at < end && isDigit(bytes[at])) at += 1;
  if (at === digits || (bytes[digits] === 0x30 && at > digits + 1)) return refused;
  if (bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = fraction;
    while (at < end && isDigit(bytes[at])) at += 1;
    if (at === fraction) return refused;
  }
  const next = bytes[at] ?? 0;
  return at < end && (next === 0x2c || next === 0x7d || next <= 0x20) ? at : refused;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
