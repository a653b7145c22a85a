import { describe, it } from 'vitest';

import { checkDetector } from '../../../../../../test/support/detecting.ts';

describe('wechat-id', () => {
  it('takes ids with a cue beside them', () => {
    checkDetector('wechat-id', [
      ['加我微信abc_123', ['abc_123']],
      ['微信号：zhangsan', ['zhangsan']],
      ['vx: lisi2020', ['lisi2020']],
      ['VX：lisi2020', ['lisi2020']],
      ['wx13800138000', ['wx13800138000']],
      ['薇❤信abc123', ['abc123']],
      ['wxid_a1b2c3d4e5', ['wxid_a1b2c3d4e5']],
      ['加v：hello_world', ['hello_world']],
      ['我的号lisi_99（微信）', ['lisi_99']],
      ['加微 abc12345', ['abc12345']],
      ['加微abc12345', ['abc12345']],
      ['加微：zhangsan', ['zhangsan']],
      ['加我微13800138000', ['13800138000']],
      ['V：zhang_san66', ['zhang_san66']],
      ['我的v lisi_2020', ['lisi_2020']],
      ['薇 abc12345', ['abc12345']],
      ['我薇：abc12345', ['abc12345']],
      ['微 13800138000', ['13800138000']],
      ['v: running', []],
      ['v1.2: abc12345', []],
      ['tv: abc12345', []],
      ['显微 abc12345', []],
      ['小薇 abc12345', []],
      ['薇是beautiful', []],
      ['加微笑beautiful', []],
      ['添加微量元素 zinc2024', []],
      ['参加微课 python101 报名', []],
      ['加微商 city12345', []],
      ['电压V：AC220V50Hz', []],
      ['版本V：release2024', []],
      ['Henry V：shakespeare1599', []],
      ['轻微 a12345', []],
      ['微信13800138000', ['13800138000']],
      ['下载微信Android版', []],
      ['微信支付100000元', []],
      ['用微信WeChatPay', []],
      ['订单号ab123456', []],
      ['微信：ab1', []],
      ['zhangsan88', []],
    ]);
  });
});
