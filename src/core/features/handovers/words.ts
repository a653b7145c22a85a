import type { Language } from '../../contract/language.ts';
import { type FeedKind, feedTitles } from '../feeds/model.ts';
import type { ClassFigures, HandoverClass, PartyRole } from './model.ts';

/** What the things of a handover are called: the one place, for screens, the register and the certificate alike. */
export interface HandoverWords {
  readonly class: Readonly<Record<HandoverClass, string>>;
  /** The outcomes, and what else is counted of a class. */
  readonly figure: Readonly<Record<keyof ClassFigures, string>>;
  /** What a single row is marked with. */
  readonly mark: Readonly<Record<'conflict' | 'late', string>>;
  readonly role: Readonly<Record<PartyRole, string>>;
  readonly feed: Readonly<Record<FeedKind, string>>;
}

export const handoverWords: Readonly<Record<Language, HandoverWords>> = {
  'zh-CN': {
    class: {
      customers: '客户',
      groups: '客户群',
      liveCodes: '活码',
      tasks: '任务',
      materials: '素材与备案',
      cases: '未结案件',
    },
    figure: {
      opening: '期初',
      takenOver: '已接收',
      waiting: '等待接收',
      refused: '客户拒绝',
      takerAtLimit: '接交人达上限',
      deletedByCustomer: '客户已删除',
      deletedByLeaver: '移交人已删除',
      invalid: '无需交接',
      unexplained: '未说明',
      conflicts: '记录矛盾',
      late: '接替超时',
      explained: '已写明',
    },
    mark: {
      conflict: '记录矛盾',
      late: '接替超时',
    },
    role: {
      leaver: '移交人',
      taker: '接交人',
      supervisor: '监交人',
    },
    feed: feedTitles['zh-CN'],
  },
  'en-US': {
    class: {
      customers: 'Customers',
      groups: 'Groups',
      liveCodes: 'Live codes',
      tasks: 'Tasks',
      materials: 'Materials',
      cases: 'Open cases',
    },
    figure: {
      opening: 'Opening',
      takenOver: 'Taken over',
      waiting: 'Waiting',
      refused: 'Refused',
      takerAtLimit: 'Taker at limit',
      deletedByCustomer: 'Deleted by customer',
      deletedByLeaver: 'Deleted by leaver',
      invalid: 'Nothing to hand over',
      unexplained: 'Unexplained',
      conflicts: 'Conflicts',
      late: 'Late transfers',
      explained: 'In writing',
    },
    mark: {
      conflict: 'Conflict',
      late: 'Late transfer',
    },
    role: {
      leaver: 'Leaver',
      taker: 'Taker',
      supervisor: 'Supervisor',
    },
    feed: feedTitles['en-US'],
  },
};
