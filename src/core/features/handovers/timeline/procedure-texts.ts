type Value = (name: string) => string;

/** Rules of procedure that were broken, in words; what they name are the values of sheet/balance/procedure-findings.ts. */
interface ProcedureText {
  readonly title: string;
  readonly sentence: (value: Value, number: (name: string) => number) => string;
}

/** A person by name and id, or by the id while no feed has given a name. */
const who = (v: Value, id: string, left: string, right: string) =>
  v('name') === '' ? v(id) : `${v('name')}${left}${v(id)}${right}`;

export const procedureTexts: Readonly<Record<'zh-CN' | 'en-US', Readonly<Record<string, ProcedureText>>>> = {
  'zh-CN': {
    'transfer-late': {
      title: '转接超过 24 小时未完成',
      sentence: (v) => `${v('count')} 个客户或客户群发起转接已超过 24 小时，仍未看到结果。请查询转接结果。`,
    },
    'transfer-limit': {
      title: '90 天内在职转接超过 2 次',
      sentence: (v) =>
        `${who(v, 'customer', '（', '）')} 在 90 天内被在职转接 ${v('count')} 次，规定至多 2 次。`,
    },
    'beyond-one-year': {
      title: '离职已满一年',
      sentence: (v, n) =>
        n('started') > 0
          ? `离职满一年后又发起了 ${v('started')} 次转接，企业微信不再受理；尚有 ${v('open')} 项未了结。`
          : `离职已满一年，企业微信不再受理转接；尚有 ${v('open')} 项未了结，请逐项写明原因。`,
    },
    'group-owner-without-customers': {
      title: '名下只有客户群',
      sentence: (v) =>
        `移交人没有客户但有 ${v('groups')} 个客户群，不会出现在待分配名单中。请按客户群列表逐个移交。`,
    },
    'held-by-other': {
      title: '在接交人以外的员工名下',
      sentence: (v) => `${v('count')} 项在 ${who(v, 'employee', '（', '）')} 名下，此人不是指定的接交人。`,
    },
  },
  'en-US': {
    'transfer-late': {
      title: 'Transfers not complete after 24 hours',
      sentence: (v, n) =>
        `${v('count')} ${n('count') === 1 ? 'transfer was' : 'transfers were'} asked for more than 24 hours ago and no result is known. Fetch the transfer results.`,
    },
    'transfer-limit': {
      title: 'More than 2 on-the-job transfers in 90 days',
      sentence: (v) =>
        `${who(v, 'customer', ' (', ')')} was transferred on the job ${v('count')} times within 90 days; at most 2 are allowed.`,
    },
    'beyond-one-year': {
      title: 'More than a year since the last day',
      sentence: (v, n) =>
        n('started') > 0
          ? `${v('started')} ${n('started') === 1 ? 'transfer was' : 'transfers were'} asked for more than a year after the last day, when WeCom accepts none; ${v('open')} items are open.`
          : `A year has passed since the last day and WeCom accepts no more transfers; ${v('open')} items are open. Write down why.`,
    },
    'group-owner-without-customers': {
      title: 'Groups only',
      sentence: (v, n) =>
        `The leaver has no customers but ${v('groups')} ${n('groups') === 1 ? 'group' : 'groups'}, and is in no list of unassigned customers. Hand the groups over by the list of groups.`,
    },
    'held-by-other': {
      title: 'With somebody who is no taker',
      sentence: (v, n) =>
        `${v('count')} ${n('count') === 1 ? 'item is' : 'items are'} with ${who(v, 'employee', ' (', ')')}, who is not named as a taker.`,
    },
  },
};
