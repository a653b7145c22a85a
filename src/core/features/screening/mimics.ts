/**
 * Look-alikes that sound like what they stand for (堡 for 保), which nothing looks for but the sound: so a match by sound has to
 * tell that they are look-alikes, which are surer than homophones.
 */
export class Mimics {
  readonly #canonical: Int32Array;
  /** By the wanted unit and the letter of what is written: the look-alikes of that letter. */
  readonly #written = new Map<number, readonly number[]>();
  readonly #isLetter = new Uint8Array(0x10000);

  /** @param canonical how each unit is read by the letter */
  constructor(canonical: Int32Array) {
    this.#canonical = canonical;
  }

  /** Says that where two variants differ, the second one's units are written for the first one's. */
  add(wanted: string, written: string): void {
    for (let at = 0; at < wanted.length; at += 1) {
      if (wanted[at] === written[at]) continue;
      const own = written.charCodeAt(at);
      const letter = this.#canonical[own] ?? 0;
      const key = wanted.charCodeAt(at) * 0x10000 + letter;
      const known = this.#written.get(key) ?? [];
      if (known.includes(own)) continue;
      this.#written.set(key, [...known, own]);
      this.#isLetter[letter] = 1;
    }
  }

  /** The look-alikes of a wanted unit that a written one is, as it stands or by the letter. */
  of(written: number, wanted: number): readonly number[] {
    const letter = this.#canonical[written] ?? 0;
    if (letter < 0 || this.#isLetter[letter] === 0) return none;
    return this.#written.get(wanted * 0x10000 + letter) ?? none;
  }
}

const none: readonly number[] = [];
