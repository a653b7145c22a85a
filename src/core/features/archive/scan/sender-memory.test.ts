import fc from 'fast-check';
import { expect, it } from 'vitest';

import { splitReach, splitWindow } from '../../screening/index.ts';
import { SenderMemory } from './sender-memory.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

interface Sent {
  readonly key: string;
  readonly msgid: string;
  readonly at: number;
  readonly text: string;
}

function add(memory: SenderMemory, { key, msgid, at, text }: Sent) {
  const units = new Uint16Array(text.length + 2);
  for (let index = 0; index < text.length; index += 1) units[index + 1] = text.charCodeAt(index);
  const bytes = Buffer.from(`"${msgid}"`);
  const before = memory.add(key, {
    at,
    units,
    from: 1,
    to: text.length + 1,
    bytes,
    idFrom: 1,
    idTo: bytes.length - 1,
  });
  return before.map((message) => memory.sent(message));
}

const sent = fc.record({
  key: fc.constantFrom('a\0chen', 'a\0lin', 'b\0chen'),
  msgid: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  at: fc.integer({ min: 0, max: 400_000 }),
  text: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
    fc.constantFrom(
      '保'.repeat(splitReach + 3),
      `${'本'.repeat(7)}\u001e${'息'.repeat(splitReach)}`,
      '题\u001e文',
    ),
  ),
});

it('gives each message those of its sender before it, however many threads remember them by turns', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(sent, { maxLength: 6 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 3 }),
      (pieces, threads) => {
        const memories = Array.from({ length: threads }, () => new SenderMemory(splitWindow));
        const all: Sent[] = [];
        pieces.forEach((piece, turn) => {
          const own = memories[turn % threads];
          if (own === undefined) return;
          const first = own.next;
          for (const each of piece) {
            const expected = all
              .filter(({ key }) => key === each.key)
              .slice(1 - splitWindow.messages)
              .filter(({ at }) => Math.abs(at - each.at) <= 120_000)
              .map(({ msgid, text }) => {
                const skipped = Math.max(0, text.length - splitReach);
                const inField = skipped === 0 ? 0 : skipped - (text.lastIndexOf('\u001e', skipped - 1) + 1);
                return { msgid, text: text.slice(skipped), inField };
              });
            expect(add(own, each)).toEqual(expected);
            all.push(each);
          }
          const remembered = own.since(first);
          for (const other of memories) if (other !== own) other.recall(remembered);
        });
      },
    ),
    { numRuns: 60, seed },
  );
}, 60_000);

it('remembers the last ten thousands, and forgets what is older', () => {
  const memory = new SenderMemory(splitWindow);
  const text = '保'.repeat(100);
  for (let index = 0; index < 80_000; index += 1)
    add(memory, { key: `k${index}`, msgid: `m${index}`, at: 0, text });
  expect(add(memory, { key: 'k70000', msgid: 'x', at: 0, text })).toEqual([
    { msgid: 'm70000', text, inField: 0 },
  ]);
  expect(add(memory, { key: 'k0', msgid: 'y', at: 0, text })).toEqual([]);
});
