import { type ColumnMapping, type TableField, type TableKind, neededFields, tableFields } from '../model.ts';

// Headers that WeCom's console, SCRM systems and banks' HR systems use, in Chinese and English. Case, blanks, hyphens, underscores and
// brackets don't matter. Of several that fit, the earliest in the list wins: 姓名 before 备注.

const employee = [
  'userid',
  'useraccount',
  'account',
  'employeeid',
  'staffid',
  '员工userid',
  '成员userid',
  '账号',
  '帐号',
  '成员账号',
  '员工账号',
  '工号',
  '员工编号',
  '员工id',
  '用户id',
  '成员id',
  '企业微信账号',
  '企业微信id',
] as const;
const customer = [
  'externaluserid',
  'externalid',
  'customerid',
  'customeruserid',
  '客户id',
  '客户编号',
  '客户userid',
  '客户externaluserid',
  '外部联系人id',
  '外部联系人userid',
] as const;
const time = [
  'time',
  'at',
  'timestamp',
  'datetime',
  'opertime',
  '时间',
  '操作时间',
  '发生时间',
  '截屏时间',
  '截图时间',
  '日期',
] as const;
const operation = [
  'opertype',
  'operationtype',
  'operation',
  'type',
  'action',
  '操作类型',
  '操作',
  '类型',
  '行为',
] as const;
const device = [
  'device',
  'devicecode',
  'deviceid',
  '设备',
  '设备码',
  '设备编号',
  '设备名称',
  '登录设备',
  '系统',
  'system',
  'ip',
] as const;
const addedAt = [
  'createtime',
  'addtime',
  'addedat',
  'createdat',
  '添加时间',
  '添加日期',
  '创建时间',
  '建群时间',
] as const;
const state = ['status', 'state', '状态', '群状态', '任务状态', '活码状态', '完成状态', '启用状态'] as const;

type Aliases = Readonly<Partial<Record<TableField, readonly string[]>>>;

const aliases: Readonly<Record<TableKind, Aliases>> = {
  roster: {
    employee: [
      ...employee,
      'handoveruserid',
      'leaver',
      '离职员工账号',
      '离职成员账号',
      '移交人账号',
      '移交人userid',
      '移交人id',
      '移交人',
      '离职成员',
      '离职员工',
      'id',
      ...customer,
    ],
    name: [
      'name',
      'fullname',
      'username',
      'displayname',
      'customername',
      '姓名',
      '员工姓名',
      '成员姓名',
      '名称',
      '员工名称',
      '客户姓名',
      '客户名称',
      '客户昵称',
      '昵称',
      '备注名',
      '备注',
    ],
    branch: [
      'branch',
      'department',
      'dept',
      'organization',
      'organisation',
      'outlet',
      '网点',
      '机构',
      '支行',
      '分行',
      '部门',
      '所属机构',
      '所属网点',
      '所属部门',
      '所属支行',
      '分支机构',
    ],
    position: ['position', 'title', 'jobtitle', 'job', '职务', '岗位', '职位'],
    lastDay: [
      'lastday',
      'lastworkingday',
      'leavedate',
      'dimissiontime',
      'dimissiondate',
      'resigndate',
      '离职日期',
      '离职日',
      '离职时间',
      '最后工作日',
      '离岗日期',
      '离岗日',
      '调离日期',
      '移交日期',
    ],
    reason: ['reason', 'handoverreason', '移交原因', '离职原因', '离岗原因', '原因', '交接原因'],
    taker: [
      'taker',
      'takeoveruserid',
      'takeover',
      'successor',
      '接交人',
      '接交人账号',
      '接交人userid',
      '接替人',
      '接替人账号',
      '接手人',
      '接手人账号',
      '接收人',
      '交接人',
    ],
    supervisor: ['supervisor', '监交人', '监交人账号', '监交人userid', '监督人'],
  },
  customers: {
    item: [...customer, ...employee, 'id'],
    employee: [
      'followuserid',
      'followuser',
      'owneruserid',
      'owner',
      ...employee,
      '添加人账号',
      '添加人userid',
      '添加人id',
      '添加人',
      '跟进人账号',
      '跟进人userid',
      '跟进人',
      '跟进成员',
      '所属员工账号',
      '所属员工',
      '所属客服',
      '客户经理账号',
      '客户经理',
    ],
    name: [
      'name',
      'customername',
      'fullname',
      'displayname',
      '客户姓名',
      '客户名称',
      '客户昵称',
      '姓名',
      '名称',
      '昵称',
      '备注名',
      '备注',
    ],
    remark: ['remark', '备注', '备注名', '客户备注'],
    tags: ['tags', 'tag', 'tagid', '标签', '客户标签', '企业标签'],
    addedAt,
  },
  groups: {
    item: ['chatid', 'groupid', 'groupchatid', 'roomid', '群id', '客户群id', '群聊id', '群编号'],
    name: ['name', 'groupname', 'chatname', '群名', '群名称', '客户群名称', '名称'],
    employee: ['owner', 'owneruserid', 'ownerid', '群主', '群主账号', '群主userid', '群主id', ...employee],
    state,
    members: ['members', 'membercount', '群人数', '成员数', '群成员数', '人数'],
    addedAt,
  },
  unassigned: {
    item: customer,
    employee: [
      'handoveruserid',
      '离职成员账号',
      '离职成员userid',
      '离职成员',
      '离职员工账号',
      '离职员工',
      '原添加人账号',
      '原添加人',
      '原跟进人',
      '移交人账号',
      '移交人',
      ...employee,
    ],
    lastDay: ['dimissiontime', 'dimissiondate', '离职时间', '离职日期', '离职日'],
  },
  'live-codes': {
    item: [
      'codeid',
      'livecodeid',
      'configid',
      'qrcodeid',
      'contactwayid',
      '活码id',
      '活码编号',
      '渠道活码id',
      '二维码id',
      '联系我id',
      'id',
      '编号',
    ],
    name: [
      'livecode',
      'livecodename',
      'codename',
      'qrcodename',
      '活码',
      '活码名称',
      '渠道活码',
      '渠道活码名称',
      '渠道名称',
      '二维码名称',
      'name',
      '名称',
    ],
    employees: [
      'users',
      'user',
      'userids',
      'useridlist',
      'employees',
      'members',
      '使用成员',
      '使用员工',
      '使用人',
      '接待成员',
      '接待员工',
      '接待人员',
      '活码成员',
      '成员',
      '员工',
      '关联员工',
      '关联成员',
      'owner',
      ...employee,
    ],
    state,
  },
  'sop-tasks': {
    item: ['taskid', 'soptaskid', '任务id', '任务编号', 'sopid', 'id', '编号'],
    name: [
      'task',
      'taskname',
      'tasktitle',
      'sop',
      'sopname',
      'title',
      '任务',
      '任务名称',
      '任务标题',
      'sop名称',
      'sop任务',
      'sop任务名称',
      '任务内容',
      '标题',
      'name',
      '名称',
    ],
    employee: [
      'assignee',
      'executor',
      'owner',
      ...employee,
      '执行人账号',
      '执行人userid',
      '执行人',
      '执行成员',
      '执行员工',
      '负责人账号',
      '负责人',
      '所属员工',
    ],
    state,
    dueAt: [
      'due',
      'dueat',
      'duedate',
      'dueday',
      'deadline',
      'endtime',
      '截止时间',
      '截止日期',
      '到期时间',
      '到期日',
      '计划完成时间',
      '应完成时间',
      '执行时间',
    ],
    customer: [...customer, 'customer', '客户'],
  },
  'file-leaks': {
    employee: [...employee, '操作人账号', '操作人userid', '操作人', '操作成员', '成员', '员工', 'operator'],
    time,
    operation,
    file: ['fileinfo', 'filename', 'file', '文件名', '文件名称', '文件', '操作文件'],
    size: ['filesize', 'size', '文件大小', '大小'],
    customer: ['externaluser', '外部联系人', '发送对象', '接收人', '接收对象'],
    device,
  },
  screenshots: {
    employee: [
      ...employee,
      '操作人账号',
      '操作人',
      '截屏成员',
      '截图成员',
      '截屏人',
      '成员',
      '员工',
      'operator',
    ],
    time,
    operation: ['screenshottype', '截屏类型', '截图类型', '截屏场景', '截图场景', ...operation],
    detail: ['screenshotcontent', '截屏内容', '截图内容', '截屏对象', '内容', 'content', 'detail'],
    device,
  },
  'member-log': {
    employee: [...employee, '操作人账号', '操作人userid', '操作人', '操作成员', '成员', '员工', 'operator'],
    time,
    operation,
    detail: [
      'detailinfo',
      'detail',
      'details',
      'description',
      '详情',
      '操作详情',
      '操作内容',
      '描述',
      '相关数据',
    ],
    device,
  },
};

/** Headers that only tables of that feed have: one of them is needed where the kind was not given. */
const telling: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  customers: customer,
  'live-codes': [
    ...(aliases['live-codes'].item ?? []).slice(0, -2),
    ...(aliases['live-codes'].name ?? []).slice(0, -2),
  ],
  'sop-tasks': [
    ...(aliases['sop-tasks'].item ?? []).slice(0, -2),
    ...[
      'task',
      'taskname',
      'tasktitle',
      'sop',
      'sopname',
      '任务',
      '任务名称',
      '任务标题',
      'sop名称',
      'sop任务',
      'sop任务名称',
      '任务内容',
    ],
  ],
  screenshots: [
    'screenshottype',
    'screenshotcontent',
    '截屏类型',
    '截图类型',
    '截屏场景',
    '截图场景',
    '截屏内容',
    '截图内容',
    '截屏时间',
    '截图时间',
    '截屏成员',
    '截图成员',
    '截屏人',
  ],
  'member-log': ['opertype', 'operationtype', '操作类型', 'detailinfo', '操作详情', '操作内容', '操作时间'],
  unassigned: [
    'handoveruserid',
    'dimissiontime',
    'dimissiondate',
    '离职时间',
    '离职日期',
    '离职成员账号',
    '离职成员userid',
    '离职成员',
    '离职员工账号',
    '离职员工',
    '原添加人账号',
    '原添加人',
    '原跟进人',
  ],
};

/** In this order: what is more particular first. */
const kindsInOrder: readonly TableKind[] = [
  'live-codes',
  'sop-tasks',
  'screenshots',
  'file-leaks',
  'member-log',
  'unassigned',
  'customers',
  'groups',
  'roster',
];

/** Where each field stands in a row. */
export type Columns = Readonly<Partial<Record<TableField, number>>>;

const normal = (header: string) =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-()（）【】[\]*＊.:：]/gu, '');

/** The columns of a header row for a table of that kind, by their usual names or by a mapping. */
export function columnsOf(
  header: readonly string[],
  kind: TableKind,
  mapping: ColumnMapping | null,
): Columns {
  const names = header.map(normal);
  const columns: Partial<Record<TableField, number>> = {};
  const taken = new Set<number>();
  for (const field of tableFields[kind]) {
    const mapped = mapping?.columns[field];
    const wanted =
      mapping === null ? (aliases[kind][field] ?? []) : mapped === undefined ? [] : [normal(mapped)];
    for (const alias of wanted) {
      const index = names.indexOf(alias);
      // By its usual name a column says one thing; a mapping may want it for two.
      if (index >= 0 && (mapping !== null || !taken.has(index))) {
        columns[field] = index;
        taken.add(index);
        break;
      }
    }
  }
  return columns;
}

/** Whether what a table of that kind needs is among the columns. */
export function suffices(columns: Columns, kind: TableKind): boolean {
  return neededFields[kind].every((choices) => choices.some((field) => columns[field] !== undefined));
}

/** Which feed a header row is one of; null: none. */
export function kindOfHeader(header: readonly string[]): TableKind | null {
  const names = new Set(header.map(normal));
  for (const kind of kindsInOrder) {
    const marks = telling[kind];
    if (marks !== undefined && !marks.some((mark) => names.has(mark))) continue;
    if (suffices(columnsOf(header, kind, null), kind)) return kind;
  }
  return null;
}
