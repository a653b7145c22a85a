import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { XmlSplitter } from './xml-splitter.ts';

interface Seen {
  readonly line: number;
  /** The entry; of one that is too long, its size. */
  readonly what: string | number;
}

/** Splits the text in pieces of these sizes, repeated. */
function split(
  text: string,
  sizes: readonly number[],
  limit = 1_000,
  from = { position: 0, line: 1 },
): Seen[] {
  const seen: Seen[] = [];
  const splitter = new XmlSplitter(
    {
      entry: (bytes, start, end, line) =>
        seen.push({ line, what: Buffer.from(bytes.subarray(start, end)).toString() }),
      tooLong: (_head, size, line) => seen.push({ line, what: size }),
    },
    from,
    limit,
  );
  const bytes = Buffer.from(text).subarray(from.position);
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    splitter.push(bytes.subarray(at, at + size));
    at += size;
  }
  splitter.finish();
  expect(splitter.position).toBe(Buffer.byteLength(text));
  return seen;
}

const events = [
  '<xml><A>1</A></xml>',
  '<xml>\n<A><![CDATA[</xml> <xml>]]></A>\n</xml>',
  '<xml><B>二</B></xml>',
];

describe('callbacks one after another', () => {
  test('are cut the same however the bytes come', () => {
    const text = `<?xml version="1.0"?>\n2026 got ${events[0]} ok\n${events[1]}${events[2]}\n`;
    const whole = split(text, [10_000]);
    expect(whole).toEqual([
      { line: 2, what: events[0] },
      { line: 3, what: events[1] },
      { line: 5, what: events[2] },
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }), (sizes) => {
        expect(split(text, sizes)).toEqual(whole);
      }),
    );
  });

  test('one that does not end is cut where the next begins, words between two are kept', () => {
    expect(split(`<xml><A>\n${events[0]}\nlost\n${events[2]}\n<xml>`, [7])).toEqual([
      { line: 1, what: '<xml><A>\n' },
      { line: 2, what: events[0] },
      { line: 3, what: 'lost' },
      { line: 4, what: events[2] },
      { line: 5, what: '<xml>' },
    ]);
  });

  test('one that is too long is passed over without being held, and the next is read', () => {
    const long = `<xml><A>${'x\n'.repeat(5_000)}</A></xml>`;
    for (const size of [50, 333, 100_000]) {
      const seen = split(`${events[0]}\n${long}\n${events[2]}`, [size]);
      expect(seen.at(0)).toEqual({ line: 1, what: events[0] });
      expect(seen.at(-1)).toEqual({ line: 5_003, what: events[2] });
      // In one piece it is there already: nothing is saved by not reading it.
      if (size < 1_000) expect(seen.at(1)).toEqual({ line: 2, what: long.length });
    }
  });

  test('go on from where an earlier run stopped', () => {
    const text = `${events[0]}\n${events[2]}\n`;
    const position = Buffer.byteLength(events[0] ?? '');
    expect(split(text, [5], 1_000, { position, line: 1 })).toEqual([{ line: 2, what: events[2] }]);
  });
});
