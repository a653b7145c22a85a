import type { Severity } from './model.ts';

/** The columns of a .csv, by what people call them. The first name is the one that exports write. */
const columnNames = {
  text: ['词条', '敏感词', '关键词', '词', 'term', 'text', 'word', 'keyword'],
  category: ['分类', '类别', '类型', 'category', 'type'],
  severity: ['等级', '级别', '严重程度', '风险等级', 'severity', 'level'],
  basis: ['依据', '法规依据', 'basis', 'rule'],
  note: ['备注', '说明', 'note', 'remark', 'comment'],
  enabled: ['启用', '是否启用', 'enabled', 'active'],
} as const;
export type Column = keyof typeof columnNames;
export const columns = Object.keys(columnNames) satisfies string[] as readonly Column[];

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

const yes = new Set(['是', '启用', 'yes', 'true', '1', 'y']);
const no = new Set(['否', '停用', 'no', 'false', '0', 'n']);

export function enabledOf(word: string): boolean | null {
  const wanted = word.trim().toLowerCase();
  if (yes.has(wanted)) return true;
  return no.has(wanted) ? false : null;
}
