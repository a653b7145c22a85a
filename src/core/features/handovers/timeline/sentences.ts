import type { Language } from '../../../contract/language.ts';
import type { ContinuityState } from '../continuity/model.ts';
import type { PromiseKind, PromiseStanding } from '../promises/model.ts';
import type { EventKind, RiskLevel } from './kinds.ts';

// Findings, events, promises and continuity in words: the one place, for screens, the register and the command line alike.

export type SentenceValues = Readonly<Record<string, string | number>>;

/** A finding's title, and its sentence from its values. */
interface FindingText {
  readonly title: string;
  readonly sentence: (value: Value, number: (name: string) => number) => string;
}

interface SignTexts {
  /** By the finding's kind. */
  readonly finding: Readonly<Partial<Record<string, FindingText>>>;
  readonly event: Readonly<Record<EventKind, string>>;
  readonly risk: Readonly<Record<RiskLevel, string>>;
  readonly promise: Readonly<Record<PromiseKind, string>>;
  readonly standing: Readonly<Record<PromiseStanding, string>>;
  readonly continuity: Readonly<Record<ContinuityState, string>>;
}

/** `3 customers`, `1 customer`. */
const counted = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

type Value = (name: string) => string;

/** A stretch of days, or the one day. */
const between = (v: Value, joint: string) =>
  v('first') === v('last') ? v('first') : `${v('first')}${joint}${v('last')}`;
const onOrFrom = (v: Value) => (v('first') === v('last') ? `On ${v('first')}` : `From ${between(v, ' to ')}`);

const texts: Readonly<Record<Language, SignTexts>> = {
  'zh-CN': {
    finding: {
      diversion: {
        title: '引导客户转到行外联系',
        sentence: (v, n) =>
          `${v('day')} 对 ${v('who')} 说「${v('words')}」${n('count') > 1 ? `，同类的话共 ${v('count')} 条` : ''}：引导客户改用行外的联系方式。`,
      },
      'off-book': {
        title: '行外产品或私下资金往来',
        sentence: (v, n) =>
          `${v('day')} 对 ${v('who')} 说「${v('words')}」${n('count') > 1 ? `，同类的话共 ${v('count')} 条` : ''}：涉及行外产品或私下资金往来。`,
      },
      'diversion-revoked': {
        title: '引导的话说完又撤回',
        sentence: (v) => `${v('day')} 对 ${v('who')} 说「${v('words')}」，之后撤回了这条消息。`,
      },
      'cards-sent': {
        title: '发送非在册员工的名片',
        sentence: (v) =>
          `${between(v, ' 至 ')} 向 ${v('people')} 位客户或群发送了 ${v('count')} 张名片，名片上的人不是在册员工。`,
      },
      'lists-sent': {
        title: '发送客户名单类文件',
        sentence: (v) =>
          `${v('day')} 起发送了 ${v('count')} 个从文件名看是客户名单的文件，如「${v('file')}」。`,
      },
      'files-leaked': {
        title: '文件防泄漏日志有记录',
        sentence: (v, n) =>
          `${between(v, ' 至 ')} 文件防泄漏日志有 ${v('count')} 条本人记录${n('lists') > 0 ? `，其中 ${v('lists')} 个文件从名称看是客户名单` : ''}。`,
      },
      screenshots: {
        title: '离职前截屏',
        sentence: (v, n) =>
          `最后工作日前 30 天内截屏 ${v('count')} 次${n('contacts') > 0 ? `，其中通讯录 ${v('contacts')} 次` : ''}（此前每 30 天约 ${v('usual')} 次）。`,
      },
      'new-device': {
        title: '离职前换用新设备',
        sentence: (v) => `${v('day')} 起有 ${v('count')} 次在新设备上登录。`,
      },
      'binding-changed': {
        title: '离职前更换绑定微信',
        sentence: (v) => `${v('day')} 更换了企业微信绑定的个人微信（共 ${v('count')} 次）。`,
      },
      'customers-deleted': {
        title: '删除客户',
        sentence: (v, n) =>
          `${between(v, ' 至 ')} 删除了 ${v('count')} 位客户，其中 ${v('near')} 位在最后工作日前后 30 天内${n('diverted') > 0 ? `，${v('diverted')} 位此前被引导到行外` : ''}。`,
      },
      'messages-revoked': {
        title: '撤回消息增多',
        sentence: (v) => `最后工作日前 30 天内撤回消息 ${v('count')} 条（此前每 30 天约 ${v('usual')} 条）。`,
      },
      'mass-contact': {
        title: '集中联系客户',
        sentence: (v, n) =>
          `${v('day')} 一天内联系了 ${v('people')} 位客户（平日约 ${v('usual')} 位）${n('same') > 1 ? `，向其中 ${v('same')} 位发送了同样的话「${v('words')}」` : ''}。`,
      },
      'groups-dismissed': {
        title: '解散客户群',
        sentence: (v) => `${v('day')} 起解散了 ${v('count')} 个本人的客户群，如「${v('group')}」。`,
      },
      'groups-renamed': {
        title: '客户群改名',
        sentence: (v) => `${v('day')} 起 ${v('count')} 个本人的客户群改了名，如「${v('group')}」。`,
      },
      'members-removed': {
        title: '移除群成员',
        sentence: (v) =>
          `${v('day')} 起本人的客户群有 ${v('count')} 次成员退出或被移除，如「${v('group')}」。`,
      },
      'followed-out': {
        title: '客户随移交人离开',
        sentence: (v) =>
          v('how') === 'refused'
            ? `${v('who')} 在 ${v('said')} 被引导到行外联系（「${v('words')}」），${v('day')} 拒绝由接交人接替。`
            : `${v('who')} 在 ${v('said')} 被引导到行外联系（「${v('words')}」），${v('day')} 删除了本行员工。`,
      },
      'customers-left': {
        title: '离职前后客户流失',
        sentence: (v) => `${between(v, ' 至 ')} 有 ${v('count')} 位客户删除了移交人或接交人。`,
      },
      'active-after-leaving': {
        title: '离职后账号仍在使用',
        sentence: (v) => `最后工作日之后，该账号仍发出 ${v('count')} 条消息，最早在 ${v('day')}。`,
      },
    },
    event: {
      'last-day': '最后工作日',
      'customer-deleted': '移交人删除客户',
      'customer-left': '客户删除员工',
      'takeover-refused': '客户拒绝接替',
      'taken-over': '客户已接替',
      card: '发送名片',
      file: '发送文件',
      'file-leak': '文件防泄漏记录',
      screenshot: '截屏',
      'new-device': '新设备登录',
      'binding-changed': '更换绑定微信',
      diversion: '引导到行外的话',
      'off-book': '行外产品或私下资金',
      revoked: '撤回消息',
      'mass-contact': '集中联系客户',
      'group-dismissed': '解散群',
      'group-renamed': '群改名',
      'members-removed': '群成员退出或被移除',
      'owner-changed': '群主变更',
      'active-after-leaving': '离职后仍发消息',
    },
    risk: { none: '无迹象', low: '低', medium: '中', high: '高' },
    promise: { dated: '有期限的承诺', maturity: '产品到期', callback: '回电或回复', complaint: '客户投诉' },
    standing: {
      later: '最后工作日后到期',
      overdue: '逾期未跟进',
      undated: '无明确日期',
      followed: '已有跟进',
    },
    continuity: {
      answered: '已联系并答复',
      contacted: '已联系',
      late: '逾期才联系',
      waiting: '待联系',
      missed: '未联系',
      left: '客户已删除',
    },
  },
  'en-US': {
    finding: {
      diversion: {
        title: 'Leading a customer out of the bank’s channels',
        sentence: (v, n) =>
          `On ${v('day')} the leaver wrote to ${v('who')} “${v('words')}”${n('count') > 1 ? `, ${v('count')} messages of this kind in all` : ''}: words that lead the customer to contacts outside the bank.`,
      },
      'off-book': {
        title: 'Products or money outside the bank',
        sentence: (v, n) =>
          `On ${v('day')} the leaver wrote to ${v('who')} “${v('words')}”${n('count') > 1 ? `, ${v('count')} messages of this kind in all` : ''}: words about products or payments that the bank doesn’t know of.`,
      },
      'diversion-revoked': {
        title: 'Leading words revoked afterwards',
        sentence: (v) =>
          `On ${v('day')} the leaver wrote to ${v('who')} “${v('words')}” and revoked the message afterwards.`,
      },
      'cards-sent': {
        title: 'Contact cards of strangers to the bank',
        sentence: (v, n) =>
          `${onOrFrom(v)} the leaver sent ${counted(n('count'), 'contact card')} of people who are no known employees to ${counted(n('people'), 'customer or group', 'customers or groups')}.`,
      },
      'lists-sent': {
        title: 'Files that look like customer lists',
        sentence: (v, n) =>
          `From ${v('day')} on the leaver sent ${counted(n('count'), 'file')} whose names say that they are lists of customers, such as “${v('file')}”.`,
      },
      'files-leaked': {
        title: 'Records in the file-leak log',
        sentence: (v, n) =>
          `${onOrFrom(v)} the file-leak log has ${counted(n('count'), 'record')} of the leaver${n('lists') > 0 ? `, ${v('lists')} of files whose names say that they are lists of customers` : ''}.`,
      },
      screenshots: {
        title: 'Screenshots before leaving',
        sentence: (v, n) =>
          `In the 30 days before the last day the leaver took ${counted(n('count'), 'screenshot')}${n('contacts') > 0 ? `, ${v('contacts')} of them of the address book` : ''} (about ${v('usual')} in 30 days before).`,
      },
      'new-device': {
        title: 'A new device before leaving',
        sentence: (v, n) =>
          `From ${v('day')} on the leaver signed in ${counted(n('count'), 'time')} on a new device.`,
      },
      'binding-changed': {
        title: 'Another WeChat account bound before leaving',
        sentence: (v, n) =>
          `On ${v('day')} the leaver changed the personal WeChat account that is bound (${counted(n('count'), 'time')} in all).`,
      },
      'customers-deleted': {
        title: 'Customers deleted',
        sentence: (v, n) =>
          `${onOrFrom(v)} the leaver deleted ${counted(n('count'), 'customer')}, ${v('near')} of them within 30 days of the last day${n('diverted') > 0 ? `; ${v('diverted')} had been led out of the bank’s channels before` : ''}.`,
      },
      'messages-revoked': {
        title: 'More messages revoked than usual',
        sentence: (v, n) =>
          `In the 30 days before the last day the leaver revoked ${counted(n('count'), 'message')} (about ${v('usual')} in 30 days before).`,
      },
      'mass-contact': {
        title: 'Many customers written to at once',
        sentence: (v, n) =>
          `On ${v('day')} the leaver wrote to ${counted(n('people'), 'customer')} (about ${v('usual')} on other days)${n('same') > 1 ? `, to ${v('same')} of them the same words “${v('words')}”` : ''}.`,
      },
      'groups-dismissed': {
        title: 'Customer groups dismissed',
        sentence: (v, n) =>
          `From ${v('day')} on ${counted(n('count'), 'customer group')} of the leaver ${n('count') === 1 ? 'was' : 'were'} dismissed, such as “${v('group')}”.`,
      },
      'groups-renamed': {
        title: 'Customer groups renamed',
        sentence: (v, n) =>
          `From ${v('day')} on ${counted(n('count'), 'customer group')} of the leaver ${n('count') === 1 ? 'was' : 'were'} renamed, such as “${v('group')}”.`,
      },
      'members-removed': {
        title: 'Members left or removed',
        sentence: (v, n) =>
          `From ${v('day')} on members left or were removed from the leaver’s customer groups ${counted(n('count'), 'time')}, such as from “${v('group')}”.`,
      },
      'followed-out': {
        title: 'A customer followed the leaver out',
        sentence: (v) =>
          v('how') === 'refused'
            ? `${v('who')} was led out of the bank’s channels on ${v('said')} (“${v('words')}”) and refused the taker on ${v('day')}.`
            : `${v('who')} was led out of the bank’s channels on ${v('said')} (“${v('words')}”) and deleted the bank’s employee on ${v('day')}.`,
      },
      'customers-left': {
        title: 'Customers lost around the last day',
        sentence: (v, n) =>
          `${onOrFrom(v)} ${counted(n('count'), 'customer')} deleted the leaver or a taker.`,
      },
      'active-after-leaving': {
        title: 'The account was used after the last day',
        sentence: (v, n) =>
          `After the last day the account still sent ${counted(n('count'), 'message')}, the first on ${v('day')}.`,
      },
    },
    event: {
      'last-day': 'Last day',
      'customer-deleted': 'Customer deleted by the leaver',
      'customer-left': 'Customer deleted the employee',
      'takeover-refused': 'Customer refused the taker',
      'taken-over': 'Customer taken over',
      card: 'Contact card sent',
      file: 'File sent',
      'file-leak': 'File-leak record',
      screenshot: 'Screenshot',
      'new-device': 'New device',
      'binding-changed': 'Bound WeChat changed',
      diversion: 'Words that lead out of the bank',
      'off-book': 'Products or money outside the bank',
      revoked: 'Message revoked',
      'mass-contact': 'Many customers written to',
      'group-dismissed': 'Group dismissed',
      'group-renamed': 'Group renamed',
      'members-removed': 'Members left or removed',
      'owner-changed': 'Group owner changed',
      'active-after-leaving': 'Message after the last day',
    },
    risk: { none: 'No sign', low: 'Low', medium: 'Medium', high: 'High' },
    promise: {
      dated: 'Promise with a time',
      maturity: 'Product that falls due',
      callback: 'Call or answer',
      complaint: 'Complaint',
    },
    standing: {
      later: 'Due after the last day',
      overdue: 'Overdue, not followed up',
      undated: 'No day said',
      followed: 'Followed up',
    },
    continuity: {
      answered: 'Contacted, answered',
      contacted: 'Contacted',
      late: 'Contacted late',
      waiting: 'To be contacted',
      missed: 'Not contacted',
      left: 'Customer left',
    },
  },
};

/** What a finding is called; its kind itself where there are no words for it. */
export function findingTitle(kind: string, language: Language): string {
  return texts[language].finding[kind]?.title ?? kind;
}

/** A plain sentence of what a finding rests on; empty where there are no words for its kind. */
export function findingSentence(
  { kind, values }: { readonly kind: string; readonly values: SentenceValues },
  language: Language,
): string {
  const text = texts[language].finding[kind];
  return (
    text?.sentence(
      (name) => String(values[name] ?? ''),
      (name) => Number(values[name] ?? 0),
    ) ?? ''
  );
}

/** What an event of the timeline is called. */
export function eventTitle(kind: EventKind, language: Language): string {
  return texts[language].event[kind];
}

export function riskTitle(level: RiskLevel, language: Language): string {
  return texts[language].risk[level];
}

export function promiseTitle(kind: PromiseKind, language: Language): string {
  return texts[language].promise[kind];
}

export function standingTitle(standing: PromiseStanding, language: Language): string {
  return texts[language].standing[standing];
}

export function continuityTitle(state: ContinuityState, language: Language): string {
  return texts[language].continuity[state];
}
