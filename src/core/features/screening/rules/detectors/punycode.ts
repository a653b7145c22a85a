// RFC 3492, with the parameters of internationalized domain names.
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const firstBias = 72;
const firstCode = 128;

/** A label without its `xn--`, decoded; null where it is none that can be. */
export function decodePunycode(encoded: string): string | null {
  const border = encoded.lastIndexOf('-');
  const output: number[] = Array.from(border > 0 ? encoded.slice(0, border) : '', (character) =>
    character.charCodeAt(0),
  );
  let code = firstCode;
  let place = 0;
  let bias = firstBias;
  let at = border > 0 ? border + 1 : 0;
  while (at < encoded.length) {
    const before = place;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digitOf(encoded.charCodeAt(at));
      at += 1;
      if (digit < 0) return null;
      place += digit * weight;
      const threshold = k <= bias ? tMin : Math.min(tMax, k - bias);
      if (digit < threshold) break;
      weight *= base - threshold;
      if (weight > 0x7fffffff || place > 0x7fffffff) return null;
    }
    const count = output.length + 1;
    bias = adapt(place - before, count, before === 0);
    code += Math.floor(place / count);
    place %= count;
    if (code > 0x10ffff) return null;
    output.splice(place, 0, code);
    place += 1;
  }
  return String.fromCodePoint(...output);
}

function adapt(change: number, count: number, first: boolean): number {
  let delta = first ? Math.floor(change / damp) : change >> 1;
  delta += Math.floor(delta / count);
  let k = 0;
  while (delta > ((base - tMin) * tMax) >> 1) {
    delta = Math.floor(delta / (base - tMin));
    k += base;
  }
  return k + Math.floor(((base - tMin + 1) * delta) / (delta + skew));
}

function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 26;
  if (unit >= 0x61 && unit <= 0x7a) return unit - 0x61;
  if (unit >= 0x41 && unit <= 0x5a) return unit - 0x41;
  return -1;
}
