// Tells whether a msgid has been seen, in 8 bytes per slot: a hash of 32 bits and the message's id. A hit is a question for
// the database, so the answer is exact (of 5,000,000 msgids some 3,000 ask in vain); no hit is certain, and needs no look at an
// index that would be slow to keep (docs/benchmarks.md: 12.8 µs a row with the indexes present, 4.5 without).

/** A hash of 32 bits over a msgid's bytes: FNV-1a, with its upper half mixed into the lower, which picks the slot. */
export function hashMsgid(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) | 0;
}

/** At three quarters full, runs of linear probing stay short (about 8 slots for a miss). */
const fullness = 0.75;

export class MsgidIndex {
  size = 0;
  #mask: number;
  /** Pairs of hash and the message's id; id 0 is an empty slot. */
  #slots: Uint32Array;

  constructor(expected = 0) {
    let capacity = 1 << 12;
    while (capacity * fullness < expected) capacity *= 2;
    this.#mask = capacity - 1;
    this.#slots = new Uint32Array(capacity * 2);
  }

  /** The id of the message with this hash that `accept` agrees to; 0: there is none. */
  find(hash: number, accept: (id: number) => boolean): number {
    const slots = this.#slots;
    for (let slot = hash & this.#mask; ; slot = (slot + 1) & this.#mask) {
      const id = slots[slot * 2 + 1] ?? 0;
      if (id === 0) return 0;
      if (slots[slot * 2] === hash >>> 0 && accept(id)) return id;
    }
  }

  add(hash: number, id: number): void {
    if (this.size >= (this.#mask + 1) * fullness) this.#grow();
    this.#put(hash >>> 0, id);
    this.size += 1;
  }

  #put(hash: number, id: number): void {
    let slot = hash & this.#mask;
    while (this.#slots[slot * 2 + 1] !== 0) slot = (slot + 1) & this.#mask;
    this.#slots[slot * 2] = hash;
    this.#slots[slot * 2 + 1] = id;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Uint32Array((this.#mask + 1) * 2);
    for (let at = 0; at < old.length; at += 2) {
      const id = old[at + 1] ?? 0;
      if (id !== 0) this.#put(old[at] ?? 0, id);
    }
  }
}
