import type { PackFile } from '../../lexicons/index.ts';
import { type Found, type Screener, type ScreenerEntry, compileScreener } from '../../screening/index.ts';
import { foldNames } from '../../screening/model.ts';
import { type Circumstances, EntryOptions, LexiconSettings } from '../../screening/rules/model.ts';

// Words that lead customers out of the bank: those of the starter pack for private channels, read through every fold, and a
// few of our own. In an archive any employee may be told what to say; of somebody who leaves, it is a sign.

export type WordKind = 'diversion' | 'off-book';

export interface WordHit {
  readonly kind: WordKind;
  /** UTF-16 offsets, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** 0 to 100. */
  readonly strength: number;
}

/** The pack's categories that are signs, and how strong. A mobile number alone is none: a bank's managers give theirs. */
const categories: Readonly<Partial<Record<string, { readonly kind: WordKind; readonly strength: number }>>> =
  {
    转私人联系方式: { kind: 'diversion', strength: 60 },
    英文私下渠道: { kind: 'diversion', strength: 55 },
    飞单与体外产品: { kind: 'off-book', strength: 60 },
    私下转账: { kind: 'off-book', strength: 60 },
  };
const packId = 'private-channel';
const leftOut: ReadonlySet<string> = new Set([
  '规则：员工发送手机号',
  // Said of payment channels by any bank.
  '好处费',
  '空白凭证',
  'my personal account',
]);

/** Our own: in these chats both are contacts already, so that asking for WeChat is asking for another account. */
const own: readonly {
  readonly text: string;
  readonly strength: number;
  readonly sounds?: boolean;
  readonly notWhen?: readonly string[];
}[] = [
  { text: '加我微信', strength: 60, sounds: true },
  { text: '加我的微信', strength: 60, sounds: true },
  {
    text: '加微信',
    strength: 50,
    notWhen: [
      ...['支付', '群', '公众', '小程序', '银行', '客服', '的都是', '的人'].map(
        (behind) => `加微信${behind}`,
      ),
      ...['增', '更', '参', '追', '附', '叠', '让您', '让你', '要求', '要求您', '要您', '要你', '诱导您'].map(
        (before) => `${before}加微信`,
      ),
    ],
  },
  { text: '加个微信', strength: 50 },
  { text: '加下微信', strength: 50 },
  { text: '加一下微信', strength: 50 },
  { text: '加一下我微信', strength: 60 },
  { text: '互加微信', strength: 50 },
  { text: '加我这个号', strength: 55 },
  { text: '加我新号', strength: 55 },
  { text: '加我另外的号', strength: 55 },
  { text: '我的私人微信', strength: 60, sounds: true },
  { text: '我的个人微信', strength: 60 },
  { text: '我私人微信', strength: 60, sounds: true },
  { text: '我个人微信', strength: 60 },
  { text: '我的新微信', strength: 60, sounds: true },
  { text: '我微信号', strength: 50 },
  { text: '我的微信号', strength: 50 },
  { text: '微信同号', strength: 50 },
  { text: '微信同手机号', strength: 50 },
  { text: '微信私聊', strength: 50 },
  { text: '私下联系', strength: 50 },
  { text: '私下加', strength: 50 },
  { text: '跟我走', strength: 50, notWhen: ['带您跟我走流程', '跟我走流程', '跟我走一遍', '跟我走一下'] },
  { text: '到我新单位', strength: 65 },
  { text: '来我新单位', strength: 65 },
  { text: '去我新单位', strength: 65 },
  { text: '到我新公司', strength: 65 },
  { text: '转到我新', strength: 65 },
  { text: '离职后联系我', strength: 60 },
  { text: '离职后找我', strength: 60 },
  { text: '离职以后找我', strength: 60 },
];

const near = (first: readonly string[], second: readonly string[], within: number) => ({
  kind: 'near',
  first: { kind: 'words', words: [...first] },
  second: { kind: 'words', words: [...second] },
  within,
  ordered: true,
});

const ownRules = [
  {
    text: '离职后用别的号联系',
    strength: 60,
    rule: near(
      [
        '我要离职',
        '我马上离职',
        '我离职',
        '我快离职',
        '我不在行里',
        '以后不在这',
        '我要走了',
        '我换单位',
        '我跳槽',
      ],
      ['我微信', '我的微信', '新号', '私人号', '联系我', '找我', '加我', '跟我', '过来开户'],
      20,
    ),
  },
  {
    text: '以后用别的号联系',
    strength: 55,
    rule: near(
      ['以后', '今后', '往后'],
      ['我的微信', '我微信', '新号联系', '私人号联系', '另外的号', '这个号不用了', '这个号就不用'],
      12,
    ),
  },
  {
    text: '到新单位开户',
    strength: 65,
    rule: near(
      [
        '我新单位',
        '我的新单位',
        '到新单位',
        '来新单位',
        '去新单位',
        '新东家',
        '我新公司',
        '我那边',
        '我去的银行',
      ],
      ['开户', '转过来', '转过去', '存过来', '买过来', '一起过来', '跟过来'],
      15,
    ),
  },
] as const;

/** Where the pack's words stand in others, which a lexicon of the bank's would exempt. */
const insideOthers: Readonly<Partial<Record<string, readonly string[]>>> = {
  飞单: ['飞单位', '飞单独', '飞单程'],
};

interface Sign {
  readonly kind: WordKind;
  readonly strength: number;
}

/** Chinese characters enough that another phrase of the same sound is no accident. */
const soundsFrom = 5;
const chinese = /^[\p{Script=Han}]+$/u;
const circumstances: Circumstances = {
  speaker: 'employee',
  channel: null,
  kind: null,
  minuteOfDay: null,
  branch: null,
  productType: null,
};

/** Where a quoted message ends inside the text of the one that quotes it: a line of dashes behind 「…」. */
const quoteEnd = /^[「"“][\s\S]*?[」"”]\s*\n\s*(?:- ?){5,}-?\s*\n/u;
/** Whoever says so refuses it. */
const refused =
  /(?:不能|不可以?|不方便|不允许|不得|不要|不用|不会|不让|没法|无法|禁止|严禁|勿|别)\s*(?:再|随便)?[加用]?\s*$/u;
/** Warnings of fraud say what swindlers ask for. */
const warning = /(?:谨防|诈骗|骗子|冒充|反诈|警惕|陌生人)[^。！!\n]{0,30}$/u;
const warningBehind = /^[^。！!\n]{0,12}(?:的都是骗|是诈骗|是骗子|都是假|谨防)/u;
/** More than what these look at: a long text may have thousands of hits. */
const asFarAround = 60;
/** Asked back, not asked for. */
const askedBack = /^(?:了吗|了没|过吗|吗|么)/u;

/** What stands before an account's name in any writing: 微信号, vx, +v, wxid_. */
const accountCues = new Uint8Array(1 << 16);
for (const cue of '信芯伈微薇威徽徾溦维vwVW➕+ＶｖＷｗⅴⅤ') accountCues[cue.charCodeAt(0)] = 1;
const accountSign: Sign = { kind: 'diversion', strength: 60 };

export interface DiversionReader {
  readonly screener: Screener;
  readonly circumstances: Circumstances;
  /** The units, other than zero, that a text has one of where `accountsIn` finds something. */
  readonly accountCues: Uint8Array;
  /** Accounts that a text names. They take a detector, which reads the whole text: few texts have a cue for it. */
  accountsIn(text: string): readonly WordHit[];
  /** Null: it doesn't count. */
  hitOf(found: Found, text: string): WordHit | null;
}

/** Compiles the words, once for all messages. Throws where the pack isn't among the starter packs. */
export function createDiversionReader(packs: readonly PackFile[]): DiversionReader {
  const pack = packs.find(({ id }) => id === packId);
  if (pack === undefined) throw new Error(`there is no starter pack ${packId}`);
  const settings = LexiconSettings.parse({});
  const entries: ScreenerEntry[] = [];
  const signs: Sign[] = [];
  const detectors: ScreenerEntry[] = [];
  for (const term of pack.terms) {
    const sign = categories[term.category];
    if (sign === undefined || leftOut.has(term.text)) continue;
    const phrases = insideOthers[term.text] ?? [];
    const options = {
      ...term.options,
      notWhen: [...term.options.notWhen, ...phrases.map((phrase) => ({ phrase, code: '', reason: '' }))],
    };
    if (options.rule?.kind === 'detector') {
      detectors.push({ text: term.text, options, settings });
      continue;
    }
    const isLong = options.rule === null && term.text.length >= soundsFrom && chinese.test(term.text);
    entries.push({
      text: term.text,
      options: isLong ? { ...options, foldsOn: [...foldNames], foldsOff: [] } : options,
      settings,
    });
    signs.push(sign);
  }
  for (const { text, strength, sounds, notWhen = [] } of own) {
    entries.push({
      text,
      options: EntryOptions.parse({
        foldsOn: sounds === true ? ['pinyin', 'homophones'] : [],
        notWhen: notWhen.map((phrase) => ({ phrase })),
      }),
      settings,
    });
    signs.push({ kind: 'diversion', strength });
  }
  for (const { text, strength, rule } of ownRules) {
    entries.push({ text, options: EntryOptions.parse({ rule }), settings });
    signs.push({ kind: 'diversion', strength });
  }
  const accounts = compileScreener(detectors, []);

  function hitAt(sign: Sign, { start, end, confidence, silencedBy }: Found, text: string): WordHit | null {
    if (silencedBy !== null) return null;
    const quoted = quoteEnd.exec(text)?.[0].length ?? 0;
    if (start < quoted) return null;
    const [before, behind] = [
      text.slice(Math.max(quoted, start - asFarAround), start),
      text.slice(end, end + asFarAround),
    ];
    if (refused.test(before) || warning.test(before) || warningBehind.test(behind) || askedBack.test(behind))
      return null;
    // What needed a bold reading is a little less sure.
    return { kind: sign.kind, start, end, strength: Math.round(sign.strength - (1 - confidence) * 20) };
  }

  return {
    screener: compileScreener(entries, []),
    circumstances,
    accountCues,
    accountsIn: (text) =>
      accounts.screen(text, circumstances).flatMap((found) => hitAt(accountSign, found, text) ?? []),
    hitOf(found, text) {
      const sign = signs[found.entry];
      return sign === undefined ? null : hitAt(sign, found, text);
    },
  };
}
