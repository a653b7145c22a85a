import { createHash } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import {
  type Frontier,
  appendLeaf,
  emptyFrontier,
  leafHash,
  packHashes,
  rootHash,
  unpackHashes,
} from './merkle.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** MTH(D[n]) as RFC 6962 §2.1 defines it, by recursion. */
function reference(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return sha256(Uint8Array.of(0), only);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256(Uint8Array.of(1), reference(leaves.slice(0, split)), reference(leaves.slice(split)));
}

function tree(leaves: readonly Uint8Array[]): Frontier {
  return leaves.reduce((frontier, leaf) => appendLeaf(frontier, leafHash(leaf)), emptyFrontier);
}

describe('the Merkle tree of RFC 6962', () => {
  test('the empty tree is the hash of nothing', () => {
    expect(hex(rootHash(emptyFrontier))).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  test('the hash of an empty leaf is SHA-256 of one zero byte', () => {
    expect(hex(leafHash(new Uint8Array()))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
  });

  test('has the roots that other implementations publish for these leaves', () => {
    // The eight leaves and roots that Certificate Transparency's own tests use.
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ].map((text) => Buffer.from(text, 'hex'));
    const roots = [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ];
    for (const [index, root] of roots.entries()) {
      expect(hex(rootHash(tree(leaves.slice(0, index + 1))))).toBe(root);
    }
  });

  test('has the root of the definition for every size up to 70', () => {
    const leaves = Array.from({ length: 70 }, (_, index) => Buffer.from(`leaf ${index}`));
    for (let size = 0; size <= leaves.length; size += 1) {
      const some = leaves.slice(0, size);
      expect(hex(rootHash(tree(some)))).toBe(hex(reference(some)));
    }
  });

  test('keeps one hash per set bit of its size, and packs them without loss', () => {
    const frontier = tree(Array.from({ length: 13 }, (_, index) => Uint8Array.of(index)));
    expect(frontier.hashes).toHaveLength(3);
    const unpacked = unpackHashes(packHashes(frontier.hashes));
    expect(unpacked.map(hex)).toEqual(frontier.hashes.map(hex));
  });

  test('a different order has a different root', () => {
    const [a, b] = [Buffer.from('a'), Buffer.from('b')];
    expect(hex(rootHash(tree([a, b])))).not.toBe(hex(rootHash(tree([b, a]))));
  });
});
