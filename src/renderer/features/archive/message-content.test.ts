import { describe, expect, it } from 'vitest';

import { type ContentSource, contentOf, knownKinds } from './message-content.ts';

function allPaths(source: ContentSource): string[] {
  const content = contentOf(source);
  return [...content.texts, ...content.items.flatMap((item) => item.texts)]
    .map((text) => text.path)
    .toSorted();
}

describe('contentOf', () => {
  it('shows every screened field exactly once, for every kind and for unknown ones', () => {
    const fields = [
      { path: 'x.title', text: '标题' },
      { path: 'x.item[1].content.content', text: '第二条' },
      { path: 'x.item[0].title', text: '第一条' },
      { path: 'x.something[3]', text: '别的' },
    ];
    for (const kind of [...knownKinds, 'todo']) {
      const paths = allPaths({ kind, fields, body: { item: [{ type: 'text' }] } });
      expect(paths, kind).toEqual(fields.map((field) => field.path).toSorted());
    }
  });

  it('reads facts from the body, wrapped in the message or not', () => {
    const image = { md5sum: '0cc1', sdkfileid: 'CtY', filesize: 20_480, width: 10, height: 20 };
    const facts = [
      { label: 'dimensions', value: { type: 'pixels', width: 10, height: 20 } },
      { label: 'size', value: { type: 'bytes', value: 20_480 } },
    ];
    expect(contentOf({ kind: 'image', fields: [], body: image }).facts).toEqual(facts);
    expect(contentOf({ kind: 'image', fields: [], body: { msgid: '1', image } }).facts).toEqual(facts);
  });

  it('takes nested records apart, times in seconds included', () => {
    const content = contentOf({
      kind: 'chatrecord',
      fields: [
        { path: 'chatrecord.title', text: '群聊' },
        { path: 'chatrecord.item[0].content', text: '保本的' },
      ],
      body: {
        title: '群聊',
        item: [
          { type: 'ChatRecordText', msgtime: 1_603_875_610, content: '{"content":"保本的"}' },
          { type: 'ChatRecordImage', msgtime: 1_603_875_611, content: '{"filesize":7}' },
        ],
      },
    });
    expect(content.items).toHaveLength(2);
    expect(content.items[0]).toMatchObject({ at: 1_603_875_610_000, texts: [{ text: '保本的' }] });
    expect(content.items[1]?.facts).toEqual([{ label: 'size', value: { type: 'bytes', value: 7 } }]);
  });

  it('gives an unknown kind its JSON', () => {
    const content = contentOf({ kind: 'vote', fields: [], body: { vote: { options: ['甲', '乙'] } } });
    expect(content.shape).toBe('unknown');
    expect(JSON.parse(content.json ?? '')).toEqual({ vote: { options: ['甲', '乙'] } });
  });

  it('survives bodies of the wrong type', () => {
    for (const body of [
      null,
      7,
      'x',
      [1, { a: [] }],
      { item: 'x', filesize: {}, width: 'wide', item2: null },
    ]) {
      for (const kind of [...knownKinds, '']) {
        expect(() => contentOf({ kind, fields: [], body })).not.toThrow();
      }
    }
  });
});
