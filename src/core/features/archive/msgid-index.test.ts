import { expect, test } from 'vitest';

import { MsgidIndex, hashMsgid } from './msgid-index.ts';

test('finds every id again while it grows, and asks about each that shares a hash', () => {
  const index = new MsgidIndex();
  const hashes = Array.from({ length: 20_000 }, (_, id) => {
    const bytes = Buffer.from(`msg-${id}_external`);
    return hashMsgid(bytes, 0, bytes.length);
  });
  for (const [at, hash] of hashes.entries()) index.add(hash, at + 1);
  for (const [at, hash] of hashes.entries()) expect(index.find(hash, (id) => id === at + 1)).toBe(at + 1);
  expect(new Set(hashes).size).toBeGreaterThan(19_990);

  index.add(7, 500_001);
  index.add(7, 500_002);
  const asked: number[] = [];
  expect(index.find(7, (id) => asked.push(id) < 0)).toBe(0);
  expect(asked).toEqual([500_001, 500_002]);
});
