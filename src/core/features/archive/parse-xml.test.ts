import fc from 'fast-check';
import { expect, test } from 'vitest';

import { EntryError } from './json-cut.ts';
import { parseXml } from './parse-xml.ts';

const parse = (text: string) => {
  const bytes = Buffer.from(text);
  return parseXml(bytes, 0, bytes.length);
};

test('an event is an object of its elements', () => {
  expect(
    parse(
      '<xml>\n<A><![CDATA[a < b & c]]></A><N>1</N><E>&lt;&#20108;</E><L><Item>x</Item><Item>y</Item></L><Z/></xml>',
    ),
  ).toEqual({ xml: { A: 'a < b & c', N: '1', E: '<二', L: { Item: ['x', 'y'] }, Z: '' } });
});

test.each([
  ['broken-xml', '<xml><A>1</xml>'],
  ['broken-xml', '<xml><A>1</B></xml>'],
  ['broken-xml', '<xml><A><![CDATA[</xml><xml><B>2</B></xml>'],
  ['broken-xml', 'words'],
  ['too-deep', `<xml>${'<a>'.repeat(50_000)}${'</a>'.repeat(50_000)}</xml>`],
])('what is not whole is refused: %s', (reason, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ reason }));
});

test('an entity of its own making says nothing', () => {
  expect(parse('<xml><!DOCTYPE a [<!ENTITY b "cc">]><A>&b;</A></xml>')).toEqual({ xml: { A: '&b;' } });
});

test('whatever stands in it, it is read or refused', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '<A>',
      '</A>',
      '<B/>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '&amp;',
      '<__proto__>',
      '</__proto__>',
      '<?',
      '?>',
    ),
    fc.string({ maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        expect(parse(`<xml>${pieces.join('')}</xml>`)).toHaveProperty('xml');
      } catch (error) {
        if (!(error instanceof EntryError)) throw error;
      }
    }),
    { numRuns: 3_000 },
  );
});
