import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';

import { createLog } from '../../../platform/log.ts';
import { Block, MaterialContent } from '../material/contract.ts';
import { textOfBody } from '../material/model.ts';
import { compareBodies } from './compare-bodies.ts';
import { compareContents } from './compare-contents.ts';
import { compareTexts } from './compare-texts.ts';
import { ContentDiff, type DiffRow, type Span, TextDiff, VariantDrift } from './contract.ts';
import { createDiffPool } from './diff-pool.ts';
import { driftOf, driftsOf } from './drift.ts';
import { countChanges, isUnchanged } from './model.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);
const runs = { seed, numRuns: 300 };

/** One side of a diff, put together from the other side and what stands on this side only. */
function rebuild(diff: TextDiff, side: 'old' | 'new', oldText: string, newText: string): string {
  const from = (span: Span) =>
    span.kind === 'same'
      ? side === 'old'
        ? newText.slice(span.newStart, span.newEnd)
        : oldText.slice(span.oldStart, span.oldEnd)
      : side === 'old'
        ? oldText.slice(span.oldStart, span.oldEnd)
        : newText.slice(span.newStart, span.newEnd);
  return diff.rows
    .filter((row) => row[side] !== null)
    .map((row) => row.spans.map(from).join(''))
    .join('\n');
}

/** Spans follow one another without a gap on both sides and begin and end with the paragraph. */
function expectWhole(row: DiffRow): void {
  for (const [side, start, end] of [
    ['old', 'oldStart', 'oldEnd'],
    ['new', 'newStart', 'newEnd'],
  ] as const) {
    const place = row[side];
    if (place === null) continue;
    let at = place.start;
    for (const span of row.spans) {
      expect(span[start]).toBe(at);
      at = span[end];
    }
    expect(at).toBe(place.end);
  }
}

const word = fc.constantFrom(
  '理财',
  '非存款',
  '产品',
  '有',
  '风险',
  '，',
  '。',
  '3.5%',
  '3.6%',
  '年化',
  '𠮷',
  '👨‍👩‍👧',
  'é',
  'fund',
  ' ',
  '的',
  '\n',
  '保本',
  '\u{1f1e8}\u{1f1f3}',
);
const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(''));
const edited = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 120 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('insert', 'delete', 'swap'), word), { maxLength: 12 }),
  )
  .map(([words, edits]) => {
    const changed = [...words];
    for (const [place, kind, other] of edits) {
      const at = place % (changed.length + 1);
      if (kind === 'insert') changed.splice(at, 0, other);
      else if (kind === 'delete') changed.splice(at, 1);
      else changed.push(...changed.splice(0, at));
    }
    return [words.join(''), changed.join('')] as const;
  });

describe('a diff of texts', { timeout: 60_000 }, () => {
  test.each([
    ['of edited texts', edited],
    ['of unrelated texts', fc.tuple(text, text)],
    ['of any strings', fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))],
    ['with unpaired surrogates', fc.tuple(anyUnits(), anyUnits())],
  ] as const)(
    'rebuilds both sides to the letter: %s',
    (_name, pairs: fc.Arbitrary<readonly [string, string]>) => {
      fc.assert(
        fc.property(pairs, ([older, newer]) => {
          const diff = compareTexts(older, newer);
          expect(rebuild(diff, 'old', older, newer)).toBe(older);
          expect(rebuild(diff, 'new', older, newer)).toBe(newer);
          for (const row of diff.rows) if (!row.kind.startsWith('moved')) expectWhole(row);
          expect(isUnchanged(diff)).toBe(older === newer);
        }),
        runs,
      );
    },
  );

  test('gives moved paragraphs in pairs, and loses none of their text', () => {
    const paragraph = fc.array(
      word.filter((part) => part !== '\n'),
      { minLength: 6, maxLength: 30 },
    );
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 2, maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        (drawn, from, to) => {
          const paragraphs = drawn.map((words, index) => `${index}号${words.join('')}`);
          const moved = [...paragraphs];
          const [taken] = moved.splice(from % moved.length, 1);
          moved.splice(to % (moved.length + 1), 0, `${taken}有`);
          const [older, newer] = [paragraphs.join('\n'), moved.join('\n')];
          const diff = compareTexts(older, newer);
          const gone = diff.rows.filter(({ kind }) => kind === 'moved-from');
          const came = diff.rows.filter(({ kind }) => kind === 'moved-to');
          expect(new Set(came.map(({ move }) => move))).toEqual(new Set(gone.map(({ move }) => move)));
          expect(came).toHaveLength(gone.length);
          expect(rebuild(diff, 'old', older, newer)).toBe(older);
          expect(rebuild(diff, 'new', older, newer)).toBe(newer);
          for (const row of came) {
            const partner = gone.find(({ move }) => move === row.move);
            expectWhole({ ...row, old: partner?.old ?? null });
            expect(partner?.spans).toEqual(row.spans);
          }
        },
      ),
      runs,
    );
  });

  test('goes by words inside a changed sentence', () => {
    const [older, newer] = ['本产品年化收益率3.5%，期限90天。', '本产品年化收益率3.65%，期限180天。'];
    const diff = compareTexts(older, newer);
    expect(changesOf(diff, older, newer)).toEqual(['-3.5', '+3.65', '-90', '+180']);
    expect(diff).toMatchObject({ change: 'text', removed: 5, added: 7, coarse: false });
  });

  test('keeps a character whole that has two units', () => {
    const [older, newer] = ['用户𠮷好', '用户𠮶好'];
    expect(changesOf(compareTexts(older, newer), older, newer).join('')).not.toMatch(/^[\ud800-\udbff]$/u);
    for (const change of changesOf(compareTexts(older, newer), older, newer))
      expect(change.isWellFormed()).toBe(true);
  });

  test('takes no paragraph for moved among many that differ by their numbers alone', () => {
    const text = (word: string) =>
      Array.from({ length: 500 }, (_paragraph, index) =>
        [0, 1, 2, 3]
          .map((part) => `第${1000 + index * 4 + part}句说明${word}产品期限请以合同为准。`)
          .join(''),
      ).join('\n');
    const diff = compareTexts(text('原先的'), text('修订后'));
    expect(new Set(diff.rows.map(({ kind }) => kind))).toEqual(new Set(['changed']));
    expect(diff.rows).toHaveLength(500);
  });

  test('knows a paragraph again that moved and was edited', () => {
    const paragraphs = [
      '一、产品说明：本产品为非保本浮动收益型理财产品。',
      '二、风险提示：理财非存款，产品有风险，投资须谨慎。',
      '三、购买方式：登录手机银行，在首页点击财富频道。',
    ];
    const older = paragraphs.join('\n');
    const newer = [paragraphs[1], paragraphs[2], `${paragraphs[0]}请阅读说明书。`].join('\n');
    const diff = compareTexts(older, newer);
    expect(diff.rows.map(({ kind, move }) => [kind, move])).toEqual([
      ['moved-from', 0],
      ['same', null],
      ['same', null],
      ['moved-to', 0],
    ]);
    expect(changesOf({ ...diff, rows: diff.rows.slice(1) }, older, newer)).toEqual(['+请阅读说明书。']);
    expect(countChanges(diff)).toBe(1);
  });

  test('takes paragraphs in another order for moved, however alike they are', () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, index) => `本产品风险等级为R${index % 5}，期限${index}天，投资须谨慎。`,
    );
    const shuffled = paragraphs.map((_, index) => paragraphs[(index * 37) % 60] ?? '');
    const diff = compareTexts(paragraphs.join('\n'), shuffled.join('\n'));
    expect(diff).toMatchObject({ removed: 0, added: 0 });
    expect(new Set(diff.rows.map(({ kind }) => kind))).toEqual(new Set(['same', 'moved-from', 'moved-to']));
  });

  test('names a change of white space or width', () => {
    const diff = compareTexts('收益 3.5%\n第二段', '收益3.5％\n第二段');
    expect(diff.rows.map(({ kind, change }) => [kind, change])).toEqual([
      ['changed', 'punctuation-width'],
      ['same', 'identical'],
    ]);
    expect(diff.change).toBe('punctuation-width');
  });

  test('is done in bounded time with texts that have nothing in common, in one paragraph or in many', () => {
    const unrelated = (from: number, part: string) =>
      Array.from({ length: 50_000 }, (_, index) =>
        index % 40 === 39 ? part : String.fromCharCode(from + ((index * 7_919) % 6_000)),
      ).join('');
    for (const part of ['。', '\n', '中']) {
      const [older, newer] = [unrelated(0x4e00, part), unrelated(0x6a00, part)];
      const start = performance.now();
      const diff = compareTexts(older, newer);
      // Four times the target: another suite may run beside this one.
      expect(performance.now() - start).toBeLessThan(8_000);
      expect(rebuild(diff, 'old', older, newer)).toBe(older);
      expect(rebuild(diff, 'new', older, newer)).toBe(newer);
    }
  });

  test('says the same of the same texts each time', () => {
    fc.assert(
      fc.property(edited, ([older, newer]) => {
        expect(compareTexts(older, newer)).toEqual(compareTexts(older, newer));
      }),
      { ...runs, numRuns: 50 },
    );
  });
});

function anyUnits(): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(0xd83d, 0xde00, 0xd842, 0xdfb7, 0x4e2d, 0x0301, 0x200d, 10, 32), { maxLength: 25 })
    .map((units) => String.fromCharCode(...units));
}

function changesOf(diff: TextDiff, older: string, newer: string): string[] {
  return diff.rows.flatMap(({ spans }) =>
    spans.flatMap((span) => {
      if (span.kind === 'same') return [];
      return span.kind === 'removed'
        ? [`-${older.slice(span.oldStart, span.oldEnd)}`]
        : [`+${newer.slice(span.newStart, span.newEnd)}`];
    }),
  );
}

const paragraph = (text: string) => Block.parse({ kind: 'paragraph', runs: [{ text }] });
const hash = (digit: string) => digit.repeat(64);

describe('a diff of bodies', { timeout: 60_000 }, () => {
  test('names changes of form, and where they stand', () => {
    const older = [
      paragraph('标题'),
      Block.parse({
        kind: 'paragraph',
        runs: [{ text: '理财非存款，' }, { text: '有风险', marks: ['bold'] }],
      }),
    ];
    const newer = [
      Block.parse({ kind: 'heading', level: 2, runs: [{ text: '标题' }] }),
      Block.parse({ kind: 'paragraph', runs: [{ text: '理财非存款，' }, { text: '有风险' }] }),
    ];
    const diff = compareBodies(older, newer);
    expect(diff.change).toBe('formatting-only');
    expect(diff.rows.map(({ kind, change, formatting }) => ({ kind, change, formatting }))).toEqual([
      {
        kind: 'changed',
        change: 'formatting-only',
        formatting: [
          { kind: 'block', from: { kind: 'paragraph', level: 0 }, to: { kind: 'heading', level: 2 } },
        ],
      },
      {
        kind: 'changed',
        change: 'formatting-only',
        formatting: [{ kind: 'marks', start: 9, end: 12, added: [], removed: ['bold'] }],
      },
    ]);
  });

  test('takes another target of a link, and what was struck through, for more than form', () => {
    const link = (href: string) => [Block.parse({ kind: 'paragraph', runs: [{ text: '详情', href }] })];
    const diff = compareBodies(link('https://bank.example/a'), link('https://bank.example/b'));
    expect(diff).toMatchObject({ change: 'text', rows: [{ kind: 'changed', change: 'text' }] });
    expect(diff.rows[0]?.formatting).toEqual([
      { kind: 'link', start: 0, end: 2, from: 'https://bank.example/a', to: 'https://bank.example/b' },
    ]);
    const struck = compareBodies(
      [paragraph('不保本')],
      [Block.parse({ kind: 'paragraph', runs: [{ text: '不', marks: ['strike'] }, { text: '保本' }] })],
    );
    expect(struck).toMatchObject({ change: 'text', rows: [{ change: 'text' }] });
  });

  test('shows a picture that was replaced', () => {
    const picture = (digit: string) => Block.parse({ kind: 'image', blobId: hash(digit), alt: '图' });
    const diff = compareBodies([paragraph('前'), picture('a')], [paragraph('前'), picture('b')]);
    expect(diff.change).toBe('text');
    expect(diff.rows[1]).toMatchObject({
      kind: 'changed',
      change: 'text',
      formatting: [{ kind: 'image', from: hash('a'), to: hash('b') }],
    });
  });

  test('rebuilds both texts, whatever the blocks', () => {
    const block = fc.oneof(
      text.map((words) => paragraph(words)),
      fc
        .constantFrom('a', 'b')
        .map((digit) => Block.parse({ kind: 'image', blobId: hash(digit), alt: '图' })),
    );
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), fc.array(block, { maxLength: 8 }), (older, newer) => {
        const diff = compareBodies(older, newer);
        const [oldText, newText] = [textOfBody(older), textOfBody(newer)];
        expect(rebuild(diff, 'old', oldText, newText)).toBe(oldText);
        expect(rebuild(diff, 'new', oldText, newText)).toBe(newText);
        expect(TextDiff.parse(diff)).toEqual(diff);
      }),
      runs,
    );
  });
});

const file = (digit: string, name: string) => ({
  blobId: hash(digit),
  name,
  mediaType: 'application/pdf',
  size: 7,
});
const base = {
  type: 'poster',
  title: '稳健理财',
  body: [paragraph('理财非存款，产品有风险，投资须谨慎。')],
  fields: {
    channels: ['moments'],
    facts: [
      { kind: 'rate', label: '业绩比较基准', value: '3.5%' },
      { kind: 'term', label: '期限', value: '90天' },
    ],
    validUntil: '2026-12-31',
    sources: [{ name: '产品说明书' }],
  },
  attachments: [file('a', '海报.pdf'), file('b', '说明.pdf')],
  variants: [{ channel: 'moments', title: '', body: [paragraph('产品有风险。')] }],
};
const content = (change: object = {}) => MaterialContent.parse({ ...base, ...change });

describe('a diff of contents', () => {
  test('finds nothing between equal ones', () => {
    expect(compareContents(content(), content())).toMatchObject({
      change: 'identical',
      fields: [],
      facts: [],
      sources: [],
      attachments: [],
      variants: [],
    });
  });

  test('names fields, facts, sources, attachments and variants that changed', () => {
    const newer = content({
      title: '稳健理财二号',
      fields: {
        ...base.fields,
        channels: ['moments', 'sms'],
        validUntil: null,
        facts: [
          { kind: 'term', label: '期限', value: '90天' },
          { kind: 'rate', label: '业绩比较基准', value: '3.6%' },
          { kind: 'fee', label: '管理费', value: '0.2%' },
        ],
        sources: [{ name: '产品说明书', url: 'https://bank.example/' }],
      },
      attachments: [file('c', '海报.pdf'), file('b', '产品说明.pdf'), file('d', '附录.pdf')],
      variants: [{ channel: 'sms', title: '', body: [] }],
    });
    const diff = compareContents(content(), newer);
    expect(ContentDiff.parse(diff)).toEqual(diff);
    expect(diff.change).toBe('text');
    expect(diff.title).toMatchObject({ added: 2, removed: 0 });
    expect(diff.fields).toEqual([
      { field: 'channels', old: ['moments'], new: ['moments', 'sms'], diff: null },
      { field: 'validUntil', old: ['2026-12-31'], new: [], diff: null },
    ]);
    expect(diff.facts.map(({ kind, oldIndex, newIndex }) => [kind, oldIndex, newIndex])).toEqual([
      ['changed', 0, 1],
      ['added', null, 2],
    ]);
    expect(diff.sources.map(({ kind }) => kind)).toEqual(['changed']);
    expect(diff.attachments.map(({ kind, oldIndex, newIndex }) => [kind, oldIndex, newIndex])).toEqual([
      ['replaced', 0, 0],
      ['renamed', 1, 1],
      ['added', null, 2],
    ]);
    expect(diff.variants.map(({ kind, channel }) => [kind, channel])).toEqual([
      ['removed', 'moments'],
      ['added', 'sms'],
    ]);
  });
});

describe('the drift of a variant', () => {
  test('says what is kept, missing and added', () => {
    const master = content();
    const variant = {
      channel: 'moments' as const,
      title: '',
      body: [paragraph('产品有风险，投资须谨慎。马上抢购！')],
    };
    const drift = driftOf(master, variant);
    expect(VariantDrift.parse(drift)).toEqual(drift);
    const [masterText, variantText] = [textOfBody(master.body), textOfBody(variant.body)];
    expect(drift.missing.map(({ start, end }) => masterText.slice(start, end))).toEqual(['理财非存款，']);
    expect(drift.added.map(({ start, end }) => variantText.slice(start, end))).toEqual(['马上抢购！']);
    expect(drift.kept).toBeCloseTo(12 / 18);
    expect(drift.titleChanged).toBe(false);
  });

  test('is none where only order, white space or looks differ', () => {
    const paragraphs = ['第一段：理财非存款，产品有风险。', '第二段：投资须谨慎，请阅读说明书。'];
    const master = content({ body: paragraphs.map((words) => paragraph(words)) });
    const variant = {
      channel: 'sms' as const,
      title: '稳健理财',
      body: paragraphs.toReversed().map((words) => paragraph(`${words} `)),
    };
    expect(driftOf(master, variant)).toMatchObject({ kept: 1, missing: [], added: [] });
  });
});

describe('the thread that compares', { timeout: 60_000 }, () => {
  const pool = createDiffPool({ log: createLog('silent') });
  afterAll(() => pool.close());

  test('answers as the functions do, several at once', async () => {
    const newer = content({ title: '别的' });
    const [diff, texts, drifts] = await Promise.all([
      pool.compareContents(content(), newer),
      pool.compareTexts('甲\n乙', '乙\n丙'),
      pool.driftsOf(content()),
    ]);
    expect(diff).toEqual(compareContents(content(), newer));
    expect(texts).toEqual(compareTexts('甲\n乙', '乙\n丙'));
    expect(drifts).toEqual(driftsOf(content()));
  });

  test('gives up when it is told to, or takes too long, and goes on with what waits', async () => {
    const long = Array.from({ length: 200_000 }, (_, index) =>
      String.fromCharCode(0x4e00 + ((index * index) % 97)),
    ).join('');
    const turned = [...long].toReversed().join('');
    const stop = new AbortController();
    const given = pool.compareTexts(long, turned, { signal: stop.signal });
    const limited = pool.compareTexts(long, turned, { timeLimit: 1 });
    const waiting = pool.compareTexts('甲', '乙');
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    await expect(limited).rejects.toMatchObject({ code: 'internal' });
    await expect(waiting).resolves.toMatchObject({ change: 'text' });
    await expect(pool.compareTexts('甲', '乙', { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
