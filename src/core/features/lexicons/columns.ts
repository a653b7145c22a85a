import type { FoldName } from '../screening/model.ts';
import type { Severity } from './model.ts';

/** The columns of a .csv, by what people call them. The first name is the one that exports write. */
const columnNames = {
  text: ['词条', '敏感词', '关键词', '词', 'term', 'text', 'word', 'keyword'],
  category: ['分类', '类别', '类型', 'category', 'type'],
  severity: ['等级', '级别', '严重程度', '风险等级', 'severity', 'level'],
  basis: ['依据', '法规依据', 'basis', 'rule'],
  note: ['备注', '说明', 'note', 'remark', 'comment'],
  enabled: ['启用', '是否启用', 'enabled', 'active'],
  wholeWord: ['整词', '整词匹配', 'whole word', 'whole-word'],
  foldsOn: ['归一开启', 'folds on', 'folds-on'],
  foldsOff: ['归一关闭', 'folds off', 'folds-off'],
  notWhen: ['例外', '例外短语', 'not when', 'not-when', 'exceptions'],
  hits: ['命中示例', 'examples that hit', 'must hit'],
  misses: ['不命中示例', 'examples that must not', 'must not hit'],
  suggestion: ['建议用语', '建议', 'suggestion'],
} as const;
export type Column = keyof typeof columnNames;
export const columns = Object.keys(columnNames) satisfies string[] as readonly Column[];

/** Headers of columns that people try to write rules in. A cell can't hold one; .json files do. */
const ruleHeaders = new Set(['规则', '规则类型', '范围', 'rules', 'rule kind', 'options', 'scope']);

export function isRuleHeader(header: string): boolean {
  return ruleHeaders.has(header.trim().toLowerCase());
}

/** The column that a header cell names, or null. */
export function columnOf(header: string): Column | null {
  const wanted = header.trim().toLowerCase();
  return columns.find((column) => columnNames[column].some((name) => name === wanted)) ?? null;
}

/** The header that exports write. */
export function headerOf(column: Column): string {
  return columnNames[column][0];
}

const severityWords: Readonly<Record<string, Severity>> = {
  info: 'info',
  information: 'info',
  提示: 'info',
  信息: 'info',
  low: 'low',
  低: 'low',
  低危: 'low',
  一般: 'low',
  medium: 'medium',
  middle: 'medium',
  中: 'medium',
  中危: 'medium',
  high: 'high',
  高: 'high',
  高危: 'high',
  critical: 'critical',
  严重: 'critical',
  重大: 'critical',
  极高: 'critical',
};

/** The severity that a word of a file names, in Chinese or English; null where it names none. */
export function severityOf(word: string): Severity | null {
  const wanted = word.trim().toLowerCase();
  return Object.hasOwn(severityWords, wanted) ? (severityWords[wanted] ?? null) : null;
}

/** By the names that stored lexicons, screens and people have for them. */
const foldWords: Readonly<Record<string, FoldName>> = {
  width: 'width',
  全半角: 'width',
  全半角与兼容字形: 'width',
  'width and forms': 'width',
  case: 'case',
  大小写: 'case',
  script: 'script',
  简繁: 'script',
  繁简: 'script',
  invisible: 'invisible',
  不可见字符: 'invisible',
  'invisible characters': 'invisible',
  filler: 'filler',
  夹杂符号: 'filler',
  fillers: 'filler',
  repeats: 'repeats',
  重复字: 'repeats',
  重复: 'repeats',
  digits: 'digits',
  数字: 'digits',
  数字写法: 'digits',
  'look-alikes': 'look-alikes',
  形近: 'look-alikes',
  形近字: 'look-alikes',
  形近与别名: 'look-alikes',
  'look-alikes and aliases': 'look-alikes',
  split: 'split',
  分条发送: 'split',
  拆成多条消息: 'split',
  'split across messages': 'split',
  pinyin: 'pinyin',
  拼音: 'pinyin',
  homophones: 'homophones',
  同音: 'homophones',
  同音字: 'homophones',
};

/** The fold that a word of a file names, in Chinese or English; null where it names none. */
export function foldOf(word: string): FoldName | null {
  const wanted = word.trim().toLowerCase().replaceAll(/\s+/gu, ' ');
  return Object.hasOwn(foldWords, wanted) ? (foldWords[wanted] ?? null) : null;
}

const yes = new Set(['是', '启用', 'yes', 'true', '1', 'y']);
const no = new Set(['否', '停用', 'no', 'false', '0', 'n']);

/** Null where the word says neither yes nor no. */
export function yesOrNo(word: string): boolean | null {
  const wanted = word.trim().toLowerCase();
  if (yes.has(wanted)) return true;
  return no.has(wanted) ? false : null;
}
