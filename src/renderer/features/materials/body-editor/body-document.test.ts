import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { Block } from '../../../../core/features/reviews/material/contract.ts';
import { blockKinds, marks, textOfBody } from '../../../../core/features/reviews/material/model.ts';
import { fromDocument, toDocument } from './body-document.ts';

const run = fc.record({
  text: fc.stringMatching(/^[保本a😀 \n]{1,6}$/u),
  marks: fc.subarray([...marks]),
  href: fc.constantFrom('', 'https://bank.example/a'),
});
const flow = fc
  .record({
    kind: fc.constantFrom(...blockKinds),
    level: fc.integer({ min: 0, max: 3 }),
    runs: fc.array(run, { maxLength: 4 }),
  })
  .map(({ kind, level, runs }): Block => {
    if (kind === 'heading') return { kind, level: Math.max(1, level), runs };
    return { kind, level: kind === 'bullet' || kind === 'numbered' ? level : 0, runs };
  });

/** Neighbouring runs that look alike are one in the editor, and so is what the text says of them. */
const texts = (body: readonly Block[]) => textOfBody(body);

describe('a body in the editor', () => {
  test('an empty body is one empty paragraph, and none again', () => {
    expect(toDocument([])).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
    expect(fromDocument(toDocument([]))).toEqual([]);
  });

  test('lists in lists come back with their depths', () => {
    const body: Block[] = [
      { kind: 'bullet', level: 0, runs: [{ text: '一', marks: [], href: '' }] },
      { kind: 'numbered', level: 1, runs: [{ text: '二', marks: ['bold'], href: '' }] },
      { kind: 'numbered', level: 1, runs: [{ text: '三', marks: [], href: '' }] },
      { kind: 'bullet', level: 0, runs: [{ text: '四', marks: [], href: '' }] },
      { kind: 'numbered', level: 0, runs: [{ text: '五', marks: [], href: '' }] },
      { kind: 'quote', level: 0, runs: [{ text: '六\n七', marks: [], href: '' }] },
    ];
    expect(fromDocument(toDocument(body))).toEqual(body);
  });

  test('what was read from the editor is read the same again, and no text is lost', () => {
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 12 }), (body) => {
        const once = fromDocument(toDocument(body));
        expect(fromDocument(toDocument(once))).toEqual(once);
        // Entries that begin too deep get empty ones above them: the words stay, in order.
        expect(texts(once).replaceAll('\n', '')).toBe(texts(body).replaceAll('\n', ''));
      }),
      { numRuns: 300 },
    );
  });
});
