import fc from 'fast-check';
import { expect, test } from 'vitest';

import { newBatch } from '../batch.ts';
import { type UnpackedMessage, messageOf } from '../batch-message.ts';
import { EntryParser } from '../entry-parser.ts';
import { joinFields } from '../fields.ts';
import { MessageCutter } from './message-cutter.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

interface Cut {
  readonly text: string;
  readonly kind: string;
  readonly time: number;
  readonly msgid: string;
  readonly from: string | null;
  readonly room: string | null;
}

/** What the cutter makes of an entry; null: it leaves it to the parser. */
function cut(cutter: MessageCutter, entry: Buffer): Cut | null {
  cutter.used = 0;
  if (!cutter.cut(entry, 0, entry.length)) {
    expect(cutter.used).toBe(0);
    return null;
  }
  const room = entry.toString('utf8', cutter.roomStart, cutter.roomEnd);
  return {
    text: String.fromCharCode(...cutter.units.subarray(0, cutter.used)),
    kind: cutter.kind,
    time: cutter.time,
    msgid: entry.toString('utf8', cutter.msgidStart, cutter.msgidEnd),
    from: entry.toString('utf8', cutter.fromStart, cutter.fromEnd),
    room: room === '' ? null : room,
  };
}

/** What the parser makes of it; null: it quarantines it. */
function parse(entry: Buffer): UnpackedMessage | null {
  const parser = new EntryParser(newBatch(), null);
  parser.entry(entry, 0, entry.length, 1, false);
  return parser.batch.rows === 0
    ? null
    : messageOf(parser.batch, 0, parser.batch.participants, parser.batch.names);
}

/** Whatever the cutter takes is what the parser says it is. Answers whether it took it. */
function compare(cutter: MessageCutter, entry: Buffer): boolean {
  const quick = cut(cutter, entry);
  if (quick === null) return false;
  const message = parse(entry);
  expect(message, entry.toString('utf8')).not.toBeNull();
  if (message === null) return true;
  expect(quick).toEqual({
    text: joinFields(message.fields),
    kind: message.kind,
    time: message.msgtime,
    msgid: message.msgid,
    from: message.from,
    room: message.roomId,
  } satisfies Cut);
  expect(message.conversationKey).not.toBe('');
  return true;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '保本', '"引"\\ 句\n\t', '😀', '\ud83d', '\udc00x', 'a\u001eb', 'f'.repeat(32), 'é/'),
);
const value = fc.oneof(
  { weight: 6, arbitrary: text },
  fc.integer(),
  fc.constantFrom(true, false, null, 1.5, -0.25, 1e30, 0, ['x'], { deep: 'x' }),
);
const key = fc.constantFrom(
  ...'content title description filename md5sum sdkfileid Title TYPE type pre_msgid userid agree_time 7 __proto__ 名 a"b'.split(
    ' ',
  ),
);
const kind = fc.constantFrom(
  ...'text image link file weapp card location markdown redpacket external_redpacket revoke agree docmsg chatrecord todo info'.split(
    ' ',
  ),
);
const entry = fc
  .record({
    kind,
    bodyKey: fc.constantFrom('own', 'text', 'info', 'other'),
    body: fc.dictionary(key, value, { maxKeys: 5 }),
    content: text,
    from: fc.constantFrom('chen', 'wmA', '', 'a\\b'),
    tolist: fc.constantFrom(['wmA'], ['chen'], [], ['wmA', 'wmB'], 'wmA', [1]),
    roomid: fc.constantFrom('', 'wrR', null, 5),
    time: fc.constantFrom(1_767_225_600_000, '1767225600000', 9_999_999_999_999, -1, null),
    seq: fc.constantFrom(1, '2', 'x', null),
    extra: fc.constantFrom({}, { encrypt_chat_msg: 'x' }, { note: '备注' }, { msgid: 'again' }),
    usual: fc.boolean(),
    rotate: fc.nat(9),
    space: fc.nat(2),
    ascii: fc.boolean(),
  })
  .map((made) => {
    const ownKey =
      { markdown: 'info', docmsg: 'doc', external_redpacket: 'redpacket' }[made.kind] ?? made.kind;
    const bodyKey = made.usual || made.bodyKey === 'own' ? ownKey : made.bodyKey;
    const body = made.kind === 'text' ? { ...made.body, content: made.content } : made.body;
    const members = Object.entries({
      msgid: 'm-1',
      action: 'send',
      from: made.usual ? 'chen' : made.from,
      tolist: made.usual ? ['wmA'] : made.tolist,
      roomid: made.usual ? '' : made.roomid,
      msgtime: made.usual ? 1_767_225_600_000 : made.time,
      msgtype: made.kind,
      [bodyKey]: body,
      ...(made.usual ? {} : { seq: made.seq, ...made.extra }),
    });
    const rotated = [...members.slice(made.rotate), ...members.slice(0, made.rotate)];
    // An entry is one line: between its members stands any white space but a line break.
    const json = JSON.stringify(Object.fromEntries(rotated), null, made.space).replaceAll('\n', '\r\t');
    // Escapes where there would be none.
    return made.ascii
      ? json.replaceAll(/[^ -~\n]/gu, (character) =>
          Array.from(
            { length: character.length },
            (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
          ).join(''),
        )
      : json;
  });

test('what is cut the quick way is what the parser makes of it', () => {
  const cutter = new MessageCutter();
  let taken = 0;
  fc.assert(
    fc.property(entry, (json) => {
      if (compare(cutter, Buffer.from(json))) taken += 1;
    }),
    { numRuns: 4_000, seed },
  );
  // The comparison says nothing where everything is left to the parser. It takes 527 in the mean, give or take 26.
  expect(taken).toBeGreaterThan(250);
});

test('and so it is with bytes changed anywhere', () => {
  const cutter = new MessageCutter();
  const byte = fc.constantFrom(...'" \\ { } [ ] , : 0 - . e t n u 1 x \t \u0001'.split(' '), ' ');
  const edits = fc.array(fc.tuple(fc.nat(400), byte, fc.constantFrom('replace', 'insert', 'remove')), {
    minLength: 1,
    maxLength: 3,
  });
  fc.assert(
    fc.property(entry, edits, (json, changes) => {
      let changed = json;
      for (const [place, character, edit] of changes) {
        const at = place % Math.max(1, changed.length);
        changed =
          changed.slice(0, at) +
          (edit === 'remove' ? '' : character) +
          changed.slice(edit === 'insert' ? at : at + 1);
      }
      compare(cutter, Buffer.from(changed.trim()));
    }),
    { numRuns: 6_000, seed },
  );
});

test('takes the usual message, in any order of its members', () => {
  const cutter = new MessageCutter();
  const message = {
    seq: 3,
    msgid: 'm-1',
    action: 'send',
    from: 'chenxiao',
    tolist: ['wmA', 'wmB'],
    roomid: 'wrA',
    msgtime: 1_767_225_600_000,
    msgtype: 'link',
    link: { title: '标题 "引"', description: '说明\n', link_url: 'https://example.com', image_url: '' },
  };
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(message), { minLength: 9 }), (members) => {
      const json = Buffer.from(JSON.stringify(Object.fromEntries(members)));
      expect(cut(cutter, json)?.text).toBe('标题 "引"\u001e说明\n');
      expect(compare(cutter, json)).toBe(true);
    }),
    { seed },
  );
});
