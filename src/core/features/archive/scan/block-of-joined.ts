import { type TextBlock, splitReach } from '../../screening/index.ts';
import type { SenderMemory } from './sender-memory.ts';

const separator = 0x1e;
const mostTexts = 512;
/** Units after which a block is full: more would not stay in a core's cache. */
const enoughUnits = 1 << 16;

/** Joined texts side by side, as `joinTexts` joins them. */
export class BlockOfJoined implements TextBlock {
  units = new Uint16Array(enoughUnits + 8_192);
  readonly from = 0;
  readonly ends = new Int32Array(mostTexts);
  readonly joints = new Int32Array(mostTexts);
  count = 0;
  #used = 0;

  get isFull(): boolean {
    return this.count === mostTexts || this.#used >= enoughUnits;
  }

  clear(): void {
    this.count = 0;
    this.#used = 0;
  }

  /** Adds the message that fills `own[from…to)` behind those before it. */
  add(memory: SenderMemory, before: readonly number[], own: Uint16Array, from: number, to: number): void {
    const length = Math.min(to - from, splitReach);
    this.#reserve(before.reduce((sum, message) => sum + memory.lengthOf(message), length + 1));
    const { units } = this;
    let at = this.#used;
    if (this.count > 0) {
      units[at] = separator;
      at += 1;
    }
    for (const message of before) at += memory.copy(message, units, at);
    this.joints[this.count] = at;
    for (let index = 0; index < length; index += 1) units[at + index] = own[from + index] ?? 0;
    at += length;
    this.ends[this.count] = at;
    this.count += 1;
    this.#used = at;
  }

  #reserve(more: number): void {
    if (this.#used + more <= this.units.length) return;
    const units = new Uint16Array(Math.max(this.#used + more, this.units.length * 2));
    units.set(this.units.subarray(0, this.#used));
    this.units = units;
  }
}
