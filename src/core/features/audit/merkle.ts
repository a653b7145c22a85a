import { createHash } from 'node:crypto';

// The Merkle tree of RFC 6962 §2.1, kept by its right edge ("frontier"): the roots of the perfect subtrees that the
// first n leaves split into, largest first. Appending and reading the root take O(log n).

const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);
const hashLength = 32;

/** SHA-256(0x00 || data): RFC 6962 §2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  return createHash('sha256').update(leafPrefix).update(data).digest();
}

/** SHA-256(0x01 || left || right): RFC 6962 §2.1. */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

export interface Frontier {
  /** How many leaves the tree has. */
  readonly size: number;
  /** One hash for each set bit of `size`, from the highest. */
  readonly hashes: readonly Uint8Array[];
}

export const emptyFrontier: Frontier = { size: 0, hashes: [] };

/** The frontier after one more leaf. */
export function appendLeaf(frontier: Frontier, leaf: Uint8Array): Frontier {
  const hashes = [...frontier.hashes];
  let carry = leaf;
  // Each trailing one-bit of the size is a perfect subtree of the same height as the carry: merge them.
  for (let size = frontier.size; size % 2 === 1; size = Math.floor(size / 2)) {
    const left = hashes.pop();
    if (left === undefined) throw new Error('the frontier has fewer hashes than its size says');
    carry = nodeHash(left, carry);
  }
  hashes.push(carry);
  return { size: frontier.size + 1, hashes };
}

/** The tree's root hash; SHA-256 of nothing for the empty tree (RFC 6962 §2.1). */
export function rootHash(frontier: Frontier): Uint8Array {
  const last = frontier.hashes.at(-1);
  if (last === undefined) return createHash('sha256').digest();
  return frontier.hashes.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The hashes end to end, as the database keeps them. */
export function packHashes(hashes: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(hashes);
}

export function unpackHashes(packed: Uint8Array): readonly Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; at < packed.length; at += hashLength) hashes.push(packed.slice(at, at + hashLength));
  return hashes;
}
