import {
  type Found,
  type JoinedText,
  type Screener,
  type TextBlock,
  fieldSeparator,
} from '../../screening/index.ts';
import type { Circumstances } from '../../screening/rules/model.ts';

const unitsPerBlock = 1 << 16;
const textsPerBlock = 4_096;
const noCues = new Uint8Array(1 << 16);

/**
 * Screens many short texts: they are laid side by side, and only those that may have a hit are looked at one by one. Each comes
 * with something that says whose it is, and is handed back with its hits.
 */
export class TextScreen<Owner> {
  readonly #screener: Screener;
  readonly #circumstances: Circumstances;
  readonly #onHits: (owner: Owner, hits: readonly Found[], text: string) => void;
  readonly #units = new Uint16Array(unitsPerBlock);
  readonly #ends = new Int32Array(textsPerBlock);
  readonly #joints: Int32Array | null;
  #texts: string[] = [];
  #joined: JoinedText[] = [];
  #owners: Owner[] = [];
  #used = 0;
  #hasCue = false;

  /** @param joined whether the texts are a sender's messages read together */
  constructor(
    screener: Screener,
    circumstances: Circumstances,
    joined: boolean,
    onHits: (owner: Owner, hits: readonly Found[], text: string) => void,
  ) {
    this.#screener = screener;
    this.#circumstances = circumstances;
    this.#onHits = onHits;
    this.#joints = joined ? new Int32Array(textsPerBlock) : null;
  }

  /** Answers whether any of the text's units is among the cues, a number other than zero for each unit that is one. */
  add(text: string, owner: Owner, cues: Uint8Array = noCues): boolean {
    if (text.length + 1 > unitsPerBlock) {
      this.#report(owner, this.#screener.screen(text, this.#circumstances), text);
      return true;
    }
    this.#put(text, owner, cues);
    return this.#hasCue;
  }

  addJoined(joined: JoinedText, owner: Owner): void {
    if (joined.text.length + 1 > unitsPerBlock) {
      this.#report(owner, this.#screener.screenJoined(joined, this.#circumstances), joined.text);
      return;
    }
    const index = this.#put(joined.text, owner, noCues);
    this.#joined[index] = joined;
    if (this.#joints !== null)
      this.#joints[index] = (this.#ends[index] ?? 0) - joined.text.length + (joined.joints.at(-1) ?? 0);
  }

  /** Looks at what was added last. */
  flush(): void {
    const count = this.#texts.length;
    if (count === 0) return;
    const block: TextBlock = {
      units: this.#units,
      from: 0,
      ends: this.#ends,
      count,
      joints: this.#joints,
    };
    const candidates: number[] = [];
    this.#screener.candidates(block, (index) => candidates.push(index));
    for (const index of candidates) {
      const owner = this.#owners[index];
      const text = this.#texts[index];
      const joined = this.#joined[index];
      if (owner === undefined || text === undefined) continue;
      const hits =
        joined === undefined
          ? this.#screener.screen(text, this.#circumstances)
          : this.#screener.screenJoined(joined, this.#circumstances);
      this.#report(owner, hits, text);
    }
    this.#texts = [];
    this.#joined = [];
    this.#owners = [];
    this.#used = 0;
  }

  #report(owner: Owner, hits: readonly Found[], text: string): void {
    if (hits.length > 0) this.#onHits(owner, hits, text);
  }

  #put(text: string, owner: Owner, cues: Uint8Array): number {
    if (this.#texts.length === textsPerBlock || this.#used + text.length + 1 > unitsPerBlock) this.flush();
    const units = this.#units;
    let at = this.#used;
    let cue = 0;
    for (let unit = 0; unit < text.length; unit += 1) {
      const value = text.charCodeAt(unit);
      units[at + unit] = value;
      cue |= cues[value] ?? 0;
    }
    this.#hasCue = cue !== 0;
    at += text.length;
    units[at] = fieldSeparator;
    const index = this.#texts.length;
    this.#ends[index] = at;
    this.#used = at + 1;
    this.#texts.push(text);
    this.#owners.push(owner);
    return index;
  }
}
