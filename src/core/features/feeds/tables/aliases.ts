import type { TableField, TableKind } from '../model.ts';

// Headers that WeCom's console, SCRM systems and banks' HR systems use, in Chinese and English. Case, blanks, hyphens, underscores and
// brackets don't matter. Of several that fit, the earliest in the list wins: 姓名 before 备注.

const words = (list: string) => list.trim().split(/\s+/);

const employee = words(`
      userid useraccount account employeeid staffid 员工userid 成员userid 账号 帐号 成员账号 员工账号 工号 员工编号 员工id
      用户id 成员id 企业微信账号 企业微信id`);
const customer = words(`
      externaluserid externalid customerid customeruserid 客户id 客户编号 客户userid 客户externaluserid 外部联系人id
      外部联系人userid`);
const time = words('time at timestamp datetime opertime 时间 操作时间 发生时间 截屏时间 截图时间 日期');
const operation = words('opertype operationtype operation type action 操作类型 操作 类型 行为');
const device = words('device devicecode deviceid 设备 设备码 设备编号 设备名称 登录设备 系统 system ip');
const addedAt = words('createtime addtime addedat createdat 添加时间 添加日期 创建时间 建群时间');
const state = words('status state 状态 群状态 任务状态 活码状态 完成状态 启用状态');

type Aliases = Readonly<Partial<Record<TableField, readonly string[]>>>;

export const aliases: Readonly<Record<TableKind, Aliases>> = {
  roster: {
    employee: [
      ...employee,
      ...words(
        'handoveruserid leaver 离职员工账号 离职成员账号 移交人账号 移交人userid 移交人id 移交人 离职成员 离职员工 id',
      ),
      ...customer,
    ],
    name: words(
      'name fullname username displayname customername 姓名 员工姓名 成员姓名 名称 员工名称 客户姓名 客户名称 客户昵称 昵称 备注名 备注',
    ),
    branch: words(
      'branch department dept organization organisation outlet 网点 机构 支行 分行 部门 所属机构 所属网点 所属部门 所属支行 分支机构',
    ),
    position: words('position title jobtitle job 职务 岗位 职位'),
    lastDay: words(`
      lastday lastworkingday leavedate dimissiontime dimissiondate resigndate 离职日期 离职日 离职时间 最后工作日
      离岗日期 离岗日 调离日期 移交日期`),
    reason: words('reason handoverreason 移交原因 离职原因 离岗原因 原因 交接原因'),
    taker: words(
      'taker takeoveruserid takeover successor 接交人 接交人账号 接交人userid 接替人 接替人账号 接手人 接手人账号 接收人 交接人',
    ),
    supervisor: words('supervisor 监交人 监交人账号 监交人userid 监督人'),
  },
  customers: {
    item: [...customer, ...employee, ...words('id')],
    employee: [
      ...words('followuserid followuser owneruserid owner'),
      ...employee,
      ...words(
        '添加人账号 添加人userid 添加人id 添加人 跟进人账号 跟进人userid 跟进人 跟进成员 所属员工账号 所属员工 所属客服 客户经理账号 客户经理',
      ),
    ],
    name: words(
      'name customername fullname displayname 客户姓名 客户名称 客户昵称 姓名 名称 昵称 备注名 备注',
    ),
    remark: words('remark 备注 备注名 客户备注'),
    tags: words('tags tag tagid 标签 客户标签 企业标签'),
    addedAt,
  },
  groups: {
    item: words('chatid groupid groupchatid roomid 群id 客户群id 群聊id 群编号'),
    name: words('name groupname chatname 群名 群名称 客户群名称 名称'),
    employee: [...words('owner owneruserid ownerid 群主 群主账号 群主userid 群主id'), ...employee],
    state,
    members: words('members membercount 群人数 成员数 群成员数 人数'),
    addedAt,
  },
  unassigned: {
    item: customer,
    employee: [
      ...words(
        'handoveruserid 离职成员账号 离职成员userid 离职成员 离职员工账号 离职员工 原添加人账号 原添加人 原跟进人 移交人账号 移交人',
      ),
      ...employee,
    ],
    lastDay: words('dimissiontime dimissiondate 离职时间 离职日期 离职日'),
  },
  'live-codes': {
    item: words(
      'codeid livecodeid configid qrcodeid contactwayid code qrcode 活码id 活码编号 渠道活码id 二维码id 联系我id id 编号',
    ),
    name: words(
      'livecode livecodename codename qrcodename 活码 活码名称 渠道活码 渠道活码名称 渠道名称 二维码名称 name 名称',
    ),
    employees: [
      ...words(`
      users user userids useridlist employees members 使用成员 使用员工 使用人 接待成员 接待员工 接待人员 活码成员 成员 员工 关联员工
      关联成员 owner`),
      ...employee,
    ],
    state,
  },
  'sop-tasks': {
    item: words('taskid soptaskid 任务id 任务编号 sopid id 编号'),
    name: words(
      'task taskname tasktitle sop sopname title 任务 任务名称 任务标题 sop名称 sop任务 sop任务名称 任务内容 标题 name 名称',
    ),
    employee: [
      ...words('assignee executor owner'),
      ...employee,
      ...words('执行人账号 执行人userid 执行人 执行成员 执行员工 负责人账号 负责人 所属员工'),
    ],
    state,
    dueAt: words(
      'due dueat duedate dueday deadline endtime 截止时间 截止日期 到期时间 到期日 计划完成时间 应完成时间 执行时间',
    ),
    customer: [...customer, ...words('customer 客户')],
  },
  'file-leaks': {
    employee: [...employee, ...words('操作人账号 操作人userid 操作人 操作成员 成员 员工 operator')],
    time,
    operation,
    file: words('fileinfo filename file 文件名 文件名称 文件 操作文件'),
    size: words('filesize size 文件大小 大小'),
    customer: words('externaluser 外部联系人 发送对象 接收人 接收对象'),
    device,
  },
  screenshots: {
    employee: [...employee, ...words('操作人账号 操作人 截屏成员 截图成员 截屏人 成员 员工 operator')],
    time,
    operation: [...words('screenshottype 截屏类型 截图类型 截屏场景 截图场景'), ...operation],
    detail: words('screenshotcontent 截屏内容 截图内容 截屏对象 内容 content detail'),
    device,
  },
  'member-log': {
    employee: [...employee, ...words('操作人账号 操作人userid 操作人 操作成员 成员 员工 operator')],
    time,
    operation,
    detail: words('detailinfo detail details description 详情 操作详情 操作内容 描述 相关数据'),
    device,
  },
};

/** Headers that only tables of that feed have: one of them is needed where the kind was not given. */
export const telling: Readonly<Partial<Record<TableKind, readonly string[]>>> = {
  customers: customer,
  'live-codes': [
    ...(aliases['live-codes'].item ?? []).slice(0, -2),
    ...(aliases['live-codes'].name ?? []).slice(0, -2),
  ],
  'sop-tasks': [
    ...(aliases['sop-tasks'].item ?? []).slice(0, -2),
    ...words(
      'task taskname tasktitle sop sopname 任务 任务名称 任务标题 sop名称 sop任务 sop任务名称 任务内容',
    ),
  ],
  screenshots: words(
    'screenshottype screenshotcontent 截屏类型 截图类型 截屏场景 截图场景 截屏内容 截图内容 截屏时间 截图时间 截屏成员 截图成员 截屏人',
  ),
  'member-log': words('opertype operationtype 操作类型 detailinfo 操作详情 操作内容 操作时间'),
  unassigned: words(`
      handoveruserid dimissiontime dimissiondate 离职时间 离职日期 离职成员账号 离职成员userid 离职成员 离职员工账号 离职员工 原添加人账号
      原添加人 原跟进人`),
};
