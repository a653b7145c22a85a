import { mailingConversations } from './model.ts';
import { comparable } from './shingles.ts';

/** Different texts that are counted at once, as a power of two: some 6 MB. */
const slotBits = 18;

/**
 * Counts how many conversations got a text word for word, in bounded memory: of two texts that fall into one slot the one that was there
 * keeps it, so that in an archive with far more texts than slots a mailing may go unseen, and none is made up.
 */
export function createMailingCounter(): {
  add(text: string, conversation: number): void;
  /** Up to `mailingConversations`. */
  conversations(text: string): number;
} {
  const size = 1 << slotBits;
  const prints = new Float64Array(size);
  const members = new Int32Array(size * mailingConversations);

  function place(text: string): { readonly slot: number; readonly print: number } {
    let [high, low] = [0x81_1c_9d_c5, 0x9d_c5_81_1c];
    const own = comparable(text);
    for (let index = 0; index < own.length; index += 1) {
      const unit = own.charCodeAt(index);
      high = Math.imul(high ^ unit, 0x01_00_01_93);
      low = Math.imul(low ^ unit, 0x85_eb_ca_6b) ^ (low >>> 15);
    }
    // 53 bits: two of a million texts meet once in ten thousand archives. Never 0, which is an empty slot.
    return { slot: (low ^ (low >>> 11)) & (size - 1), print: (high >>> 0) * 2 ** 21 + (low >>> 11) + 1 };
  }

  return {
    add(text, conversation) {
      const { slot, print } = place(text);
      if (prints[slot] === 0) prints[slot] = print;
      if (prints[slot] !== print) return;
      const start = slot * mailingConversations;
      for (let index = start; index < start + mailingConversations; index += 1) {
        if (members[index] === conversation) return;
        if (members[index] !== 0) continue;
        members[index] = conversation;
        return;
      }
    },
    conversations(text) {
      const { slot, print } = place(text);
      if (prints[slot] !== print) return 0;
      const start = slot * mailingConversations;
      return members.subarray(start, start + mailingConversations).filter((member) => member !== 0).length;
    },
  };
}
