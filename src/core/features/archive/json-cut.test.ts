import fc from 'fast-check';
import { expect, test } from 'vitest';

import { newBatch } from './batch.ts';
import { EntryParser } from './entry-parser.ts';

/** Why the parser did not take the entry; null: it took it. */
function refusal(entry: Buffer): string | null {
  const parser = new EntryParser(newBatch(), null);
  parser.entry(entry, 0, entry.length, 1, false);
  return parser.batch.quarantined[0]?.reason ?? null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const message = {
  msgid: 'm-1',
  action: 'send',
  from: 'chenxiao',
  tolist: ['wmA', 'wmB'],
  roomid: '',
  msgtime: 1_767_225_600_000,
  msgtype: 'text',
  text: { content: '好 "引" \\ 句\n' },
  seq: 7,
  encrypt_chat_msg: 'a\\/b',
  extra: [1.5, true, null, { deep: ['x'] }],
};

test('takes what JSON.parse takes and nothing else, with bytes changed anywhere', () => {
  const original = JSON.stringify(message);
  const byte = fc.constantFrom(
    '"',
    '\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '0',
    '-',
    '.',
    'e',
    't',
    'n',
    'u',
    'x',
    '\t',
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(original.length - 1), byte, fc.constantFrom('replace', 'insert', 'remove')), {
        minLength: 1,
        maxLength: 3,
      }),
      (edits) => {
        let text = original;
        for (const [at, character, edit] of edits) {
          text =
            text.slice(0, at) +
            (edit === 'remove' ? '' : character) +
            text.slice(edit === 'insert' ? at : at + 1);
        }
        const reason = refusal(Buffer.from(text.trim()));
        if (isJson(text)) expect(reason).not.toBe('broken-json');
        else expect(reason).toBe('broken-json');
      },
    ),
    { numRuns: 1000 },
  );
});

test('takes any order of members and any white space', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(Object.entries(message), { minLength: 11, maxLength: 11 }),
      fc.nat(4),
      (entries, space) => {
        expect(refusal(Buffer.from(JSON.stringify(Object.fromEntries(entries), null, space)))).toBeNull();
      },
    ),
  );
});

test('takes no member whose value is broken, looked at or not', () => {
  for (const name of Object.keys(message)) {
    for (const broken of ['[,]', '[}', '{]', '{,}', '[tru]', '"\\x"']) {
      const members = Object.entries(message).map(
        ([key, value]) => `"${key}":${key === name ? broken : JSON.stringify(value)}`,
      );
      expect(refusal(Buffer.from(`{${members.join(',')}}`)), `${name} ${broken}`).toBe('broken-json');
    }
  }
});
