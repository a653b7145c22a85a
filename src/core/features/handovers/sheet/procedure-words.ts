import type { Language } from '../../../contract/language.ts';

type SentenceValues = Readonly<Record<string, string | number>>;

// Broken rules of procedure in words: for screens and the command line alike, as timeline/sentences.ts is for signs.

interface Words {
  readonly title: string;
  readonly sentence: (value: (name: string) => string, number: (name: string) => number) => string;
}

/** `3 customers`, `1 customer`. */
const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

const words: Readonly<Record<Language, Readonly<Partial<Record<string, Words>>>>> = {
  'zh-CN': {
    'transfer-late': {
      title: '接替超时',
      sentence: (v) => `${v('count')} 项发起接替超过 24 小时仍无结果。请查询接替结果，或重新发起。`,
    },
    'transfer-limit': {
      title: '在职继承过于频繁',
      sentence: (v) => `客户 ${v('customer')} 在 90 天内被在职继承 ${v('count')} 次，企业微信最多允许 2 次。`,
    },
    'beyond-one-year': {
      title: '离职已超过一年',
      sentence: (v, n) =>
        `离职超过一年后，企业微信不再支持接替${n('open') > 0 ? `；还有 ${v('open')} 项没有着落` : ''}${n('started') > 0 ? `；此后仍发起过 ${v('started')} 次` : ''}。请逐项写明原因。`,
    },
    'group-owner-without-customers': {
      title: '只有客户群的离职员工',
      sentence: (v) =>
        `移交人没有客户，但是 ${v('groups')} 个客户群的群主，不会出现在待分配列表中。请单独转群。`,
    },
    'held-by-other': {
      title: '在非接交人名下',
      sentence: (v) => `${v('count')} 项在${v('employee')}名下，此人不是接交人。请核实，或将其加为接交人。`,
    },
  },
  'en-US': {
    'transfer-late': {
      title: 'Late transfers',
      sentence: (_v, n) =>
        `${counted(n('count'), 'transfer')} without a result after more than 24 hours. Ask for the results, or start again.`,
    },
    'transfer-limit': {
      title: 'Too many transfers on the job',
      sentence: (v) =>
        `The customer ${v('customer')} was handed over on the job ${v('count')} times within 90 days; WeCom allows 2.`,
    },
    'beyond-one-year': {
      title: 'Gone for more than a year',
      sentence: (v, n) =>
        `After a year WeCom hands nothing over any more${n('open') > 0 ? `; ${v('open')} rows are unsettled` : ''}${n('started') > 0 ? `; ${counted(n('started'), 'transfer')} started since` : ''}. Write down why, row by row.`,
    },
    'group-owner-without-customers': {
      title: 'Groups only',
      sentence: (_v, n) =>
        `The leaver has no customers and owns ${counted(n('groups'), 'group')}, and so is in no unassigned list. Hand the groups over by themselves.`,
    },
    'held-by-other': {
      title: 'With somebody who is no taker',
      sentence: (v, n) =>
        `${v('employee')}, who is no taker, has ${counted(n('count'), 'item')}. Find out, or name them as a taker.`,
    },
  },
};

/** What a broken rule is called; the kind itself where there are no words for it. */
export function procedureTitle(kind: string, language: Language): string {
  return words[language][kind]?.title ?? kind;
}

/** What was broken, and what to do next; empty where there are no words for its kind. */
export function procedureSentence(
  { kind, values }: { readonly kind: string; readonly values: SentenceValues },
  language: Language,
): string {
  const text = words[language][kind];
  return (
    text?.sentence(
      (name) => String(values[name] ?? ''),
      (name) => Number(values[name] ?? 0),
    ) ?? ''
  );
}
