import { diffWords } from 'diff';

import { compareTexts } from '../../../src/core/features/reviews/diff/index.ts';
import type { TextDiff } from '../../../src/core/features/reviews/diff/contract.ts';

// Comparing Chinese text in two levels against the peer: `diffWords` of the library `diff` with `Intl.Segmenter`, on the same
// texts in the same run. Run: `npm run bench -- diff`.

const rounds = 5;
/** The peer is given up after so long; its result is then "over". */
const peerLimit = 10_000;

/** Numbers that are the same on each run (a multiplicative congruential generator, Park and Miller 1988). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const words =
  '理财 产品 收益 风险 投资 客户 银行 期限 申购 赎回 说明书 净值 业绩 比较 基准 不 代表 未来 表现 谨慎 阅读 本 的 和 在 于 有 年化 管理费 托管 费率 每日 开放 额度 人民币 起购 金额 到期 自动 续期 手机 登录 首页 点击 频道 活动 时间 规则 奖品 领取 资格 名单 公布 短信 通知 咨询 网点 热线'.split(
    ' ',
  );

/** Paragraphs of some 120 characters in sentences of some 25, invented from the words above or from any characters. */
function textOf(length: number, seed: number, alphabet: readonly string[] = words): string {
  const next = numbers(seed);
  let text = '';
  let [inSentence, inParagraph] = [0, 0];
  while (text.length < length) {
    const word = alphabet[next(alphabet.length)] ?? '';
    text += word;
    inSentence += word.length;
    inParagraph += word.length;
    if (inSentence > 15 + next(20)) {
      text += '。';
      inSentence = 0;
      if (inParagraph > 80 + next(80)) {
        text += '\n';
        inParagraph = 0;
      }
    } else if (next(8) === 0) text += '，';
  }
  return text.slice(0, length);
}

/** So many single edits, evenly spread: a third of them insertions, deletions, replacements. */
function edited(text: string, edits: number, seed: number): string {
  const next = numbers(seed);
  const characters = [...text];
  for (let edit = 0; edit < edits; edit += 1) {
    const at = next(characters.length);
    const fresh = String.fromCodePoint(0x4e_00 + next(3_000));
    if (characters[at] === '\n') continue;
    if (edit % 3 === 0) characters.splice(at, 0, fresh);
    else if (edit % 3 === 1) characters.splice(at, 1);
    else characters[at] = fresh;
  }
  return characters.join('');
}

const any = (from: number) => Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(from + index));
const joined = (text: string) => text.replaceAll('\n', '');
const swapped = (text: string) => {
  const middle = text.indexOf('\n', text.length / 2) + 1;
  return `${text.slice(middle)}\n${text.slice(0, middle - 1)}`;
};

const [small, large] = [textOf(5_000, 11), textOf(50_000, 12)];
const cases: readonly (readonly [string, string, string])[] = [
  ['5,000 characters, 50 edits', small, edited(small, 50, 21)],
  ['5,000 characters, 1,000 edits', small, edited(small, 1_000, 22)],
  ['5,000 characters, unrelated', textOf(5_000, 13, any(0x4e_00)), textOf(5_000, 14, any(0x6a_00))],
  ['50,000 characters, 500 edits', large, edited(large, 500, 23)],
  ['**50,000 characters, 2,000 edits**', large, edited(large, 2_000, 24)],
  ['the same in one paragraph', joined(large), joined(edited(large, 2_000, 24))],
  ['50,000 characters, 10,000 edits', large, edited(large, 10_000, 25)],
  ['50,000 characters, halves swapped', large, swapped(large)],
  ['**50,000 characters, unrelated**', textOf(50_000, 15, any(0x4e_00)), textOf(50_000, 16, any(0x6a_00))],
  ['50,000 characters, other sentences of the same words', large, textOf(50_000, 17)],
  ['the same in one paragraph', joined(large), joined(textOf(50_000, 17))],
  ['200,000 characters, 8,000 edits', textOf(200_000, 18), edited(textOf(200_000, 18), 8_000, 26)],
];

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function time<Result>(
  run: () => Result,
  times: number,
): { readonly ms: number; readonly cpu: number; readonly result: Result } {
  const taken: number[] = [];
  const worked: number[] = [];
  let result = run();
  for (let round = 0; round < times; round += 1) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    result = run();
    taken.push(performance.now() - start);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1000);
  }
  return { ms: median(taken), cpu: median(worked), result };
}

function check(diff: TextDiff, newText: string): void {
  const rebuilt = diff.rows
    .filter((row) => row.new !== null)
    .map((row) => newText.slice(row.new?.start, row.new?.end))
    .join('\n');
  if (rebuilt !== newText) throw new Error('the diff lost text');
}

process.stdout.write(
  '| texts | two levels, ms | of the processor | coarse | changed characters | `diffWords` + Segmenter, ms | its changed characters | peer ÷ ours |\n|---|---|---|---|---|---|---|---|\n',
);
for (const [name, older, newer] of cases) {
  const ours = time(() => compareTexts(older, newer), rounds);
  check(ours.result, newer);
  const start = performance.now();
  const peer = diffWords(older, newer, { intlSegmenter: segmenter, timeout: peerLimit });
  const peerTime = performance.now() - start;
  const peerChanged = peer?.reduce(
    (sum, part) => sum + (part.added || part.removed ? part.value.length : 0),
    0,
  );
  process.stdout.write(
    `| ${name} | ${ours.ms.toFixed(1)} | ${ours.cpu.toFixed(1)} | ${ours.result.coarse ? 'yes' : 'no'} | ${ours.result.removed + ours.result.added} | ${
      peer === undefined ? `over ${peerLimit}` : peerTime.toFixed(0)
    } | ${peerChanged ?? '–'} | ${peer === undefined ? '> ' : ''}${(peerTime / ours.ms).toFixed(0)} × |\n`,
  );
}
