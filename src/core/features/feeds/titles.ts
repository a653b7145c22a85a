import type { Language } from '../../contract/language.ts';
import type { FeedKind } from './model.ts';

/** What each kind of feed is called where it is imported, where it is evidence, and in registers. */
export const feedTitles: Readonly<Record<Language, Readonly<Record<FeedKind, string>>>> = {
  'zh-CN': {
    roster: '员工名册',
    customers: '客户列表',
    groups: '客户群',
    unassigned: '待分配客户',
    'transfer-customer': '发起接替',
    'transfer-result': '接替结果',
    'transfer-group': '群接替结果',
    events: '事件日志',
    'live-codes': '活码表',
    'sop-tasks': 'SOP 任务表',
    'file-leaks': '文件防泄漏日志',
    screenshots: '截屏日志',
    'member-log': '成员操作日志',
  },
  'en-US': {
    roster: 'Roster',
    customers: 'Customer list',
    groups: 'Group list',
    unassigned: 'Unassigned customers',
    'transfer-customer': 'Transfer requests',
    'transfer-result': 'Transfer results',
    'transfer-group': 'Group transfers',
    events: 'Event log',
    'live-codes': 'Live codes',
    'sop-tasks': 'SOP tasks',
    'file-leaks': 'File-leak log',
    screenshots: 'Screenshot log',
    'member-log': 'Member log',
  },
};
