import type { Alias } from '../model.ts';

/**
 * Other written forms of words that filters look for, in lower case; the other folds apply to them as to any term, so
 * simplified characters and plain letters are enough. Only forms that nobody writes by accident: 卫星 and 威信 sound like
 * 微信 and are words, so they are left out, as are 企鹅 alone, 反点 (正反点), 理材
 * (整理材料), 代款 (现代款式), 宝本 (支付宝本月), 支付保 (支付保费), 收u (收U盾), 纸飞机. What only takes a character apart (亻言,
 * 月殳) is the component table's.
 * Letters alone (vx, wx, zfb, yhk) count where no other Latin letter stands beside them, which is the caller's to see to.
 * Ours, from what is commonly seen in China's chats.
 */
export const builtInAliases: readonly Alias[] = [
  {
    target: '微信',
    written: [
      'vx',
      'wx',
      'v信',
      'w信',
      'wei信',
      '微x',
      '微❤',
      '薇x',
      '威x',
      '微xin',
      '薇信',
      '徽信',
      '薇心',
      '威芯',

      '薇芯',
      '徽芯',
      'v芯',
      'v心',
      'w芯',
      '葳信',
      '崴信',
      '溦信',

      'wechat',
      'weixin',
      'we chat',
      '胃信',
      '围信',

      '嶶信',
      '微伩',
      '薇伩',

      '➕v',
      '+v',
      '加v',
      '加vx',
      '加wx',
      'jiav',
      'jiawx',

      '蔚芯',
      '喂信',

      '卫芯',
      '微訫',
    ],
  },
  {
    target: '微信号',
    written: ['vx号', 'wx号', 'v号', 'v信号', '薇信号', '徽信号', '薇号', 'wxh', 'vxh', 'wxid'],
  },
  { target: '朋友圈', written: ['盆友圈', '朋友quan', '碰友圈', 'pyq', '棚友圈'] },
  {
    target: '公众号',
    written: ['gzh', '公重号', '公仲号', '龚众号', '公种号', '工众号', '公zhong号'],
  },
  {
    target: 'QQ',
    written: [
      '扣扣',

      '叩叩',
      '企鹅号',
      '秋秋号',
      '球球号',

      '扣q',
      'q扣',
      '🐧号',
      '加🐧',

      'q号',
    ],
  },
  {
    target: '电话',
    written: ['dianhua', '电huo', '电hua', '甸话', '奠话', '☎', '📞'],
  },
  {
    target: '手机号',
    written: [
      'sjh',
      '手ji号',
      '手鸡号',
      '守机号',
      '首机号',
      '手机hao',

      '📱号',
      '手积号',
      'shoujihao',
      '手机蒿',
    ],
  },
  {
    target: '银行卡',
    written: [
      'yhk',
      '银hang卡',
      '银行咔',
      '淫行卡',
      '寅行卡',
      '银杭卡',
      '银航卡',
      '💳',
      '银行ka',
      'yinhangka',
    ],
  },
  {
    target: '支付宝',
    written: [
      'zfb',
      '支付抱',

      '支副宝',
      '只付宝',
      '知付宝',
      '支fu宝',
      '吱付宝',
      '支付堡',
      '芝付宝',
      'zhifubao',
      '枝付宝',
      'alipay',
      '之付宝',
    ],
  },
  {
    target: '加我',
    written: [
      '+我',
      '➕我',
      '佳我',
      '伽我',
      '嘉我',
      '咖我',
      '珈我',
      'jia我',

      '茄我',

      '➕👉我',
    ],
  },
  {
    target: '私聊',
    written: [
      'si聊',

      '撕聊',

      's聊',
      '私liao',
      'siliao',
      '私撩',

      '私廖',
    ],
  },
  { target: '私信', written: ['si信', '私xin', '滴滴我', 'dd我', '私我'] },
  {
    target: '群',
    written: ['裙聊', '加裙', '进裙', '拉裙', '入裙', '扣裙', 'q裙', 'qun', '入qun'],
  },
  {
    target: '二维码',
    written: [
      'ewm',
      '二维🐎',
      '二唯码',
      '二为码',
      '二维马',
      '贰维码',
      '二惟码',
      'erweima',
      '2维码',
      '二wei码',
    ],
  },
  {
    target: '返佣',
    written: ['fan佣', '反佣', '返拥', '返yong', 'fanyong', '饭佣', '泛佣', '返勇', '返涌'],
  },
  { target: '返点', written: ['fan点', '返奌', '返dian', 'fandian'] },
  { target: '返利', written: ['fan利', '返li', 'fanli', '返莉'] },
  { target: '佣金', written: ['拥金', 'yong金', '佣jin', 'yongjin', '踊金'] },
  { target: '回扣', written: ['回叩', '回抠', '回kou', 'hui扣', 'huikou'] },
  { target: '好处费', written: ['好楚费', '好chu费', '好处fei', '好处废'] },
  {
    target: '保本',
    written: [
      'bao本',
      '保ben',
      'baoben',

      '褓本',

      '葆本',

      '保苯',
      '保夲',
      '煲本',
    ],
  },
  { target: '保息', written: ['bao息', '保xi', 'baoxi', '葆息', '保西息'] },
  { target: '保收益', written: ['bao收益', '保收溢', '保收yi', '葆收益'] },
  {
    target: '刚兑',
    written: ['刚dui', 'gang兑', 'gangdui', '钢兑', '冈兑', '缸兑', '纲兑'],
  },
  {
    target: '稳赚',
    written: [
      'wen赚',
      '稳zhuan',
      'wenzhuan',
      '温赚',

      '吻赚',

      '稳撰',
      '稳💰',
      '隐赚不赔',

      '纹赚',
    ],
  },
  {
    target: '赚',
    written: ['zhuan钱', '撰钱', '馔钱', '篆钱', '赚米', '赚💰', '赚🧧', '赚💵'],
  },
  { target: '钱', written: ['💰', '💵', '💴', '🤑', '💲'] },
  { target: '红包', written: ['🧧', 'hongbao', '虹包', '红bao', '鸿包', '洪包'] },
  {
    target: '股票',
    written: [
      'gupiao',

      '骨票',
      '鼓票',

      '股piao',
      'gu票',

      '股漂',

      '股飘',
    ],
  },
  {
    target: '荐股',
    written: ['jian股', '荐gu'],
  },
  { target: '期货', written: ['qihuo', '棋货', '期huo', 'qi货', '期伙'] },
  { target: '配资', written: ['peizi', '陪资', '配zi', 'pei资', '佩资', '配姿', '酡资'] },
  {
    target: '贷款',
    written: ['daikuan', 'dai款', '贷kuan', '怠款', '黛款', '岱款', '贷欵'],
  },
  { target: '信用卡', written: ['xyk', '信用咔', 'xin用卡', '信用ka', '芯用卡', 'xinyongka'] },
  { target: '套现', written: ['taoxian', '桃现', '淘现', '套xian', 'tao现', '陶现'] },
  {
    target: '转账',
    written: ['zhuanzhang', '砖账', '转zhang', 'zhuan账', '转仗'],
  },
  {
    target: '洗钱',
    written: ['xiqian', '洗💰', '洗qian', 'xi钱', '冼钱'],
  },
  {
    target: '理财',
    written: ['licai', '理cai', 'li财', '埋财', '哩财'],
  },
  { target: '收益', written: ['shouyi', '收yi', 'shou益', '收溢', '手益', '受溢', '收翌', '售益', '牧益'] },
  { target: '代客', written: ['dai客', '袋客', '代ke', 'daike', '待客理财', '呆客理财', '岱客'] },
  { target: '飞单', written: ['fei单', '飞dan', '菲单', '绯单', '霏单', '飞担', '飞丹'] },
  { target: '内幕', written: ['neimu', 'nei幕', '内mu', '内募', '内暮', '内慕', '内木消息', '肉幕', '内墓'] },
  {
    target: '虚拟币',
    written: ['xnb', '虚拟b', '虚ni币', '虚你币', '须拟币', '虚拟毕', '嘘拟币', '虚拟bi'],
  },
  { target: '比特币', written: ['btc', '比特b', '笔特币', '大饼币', '比特bi', '必特币', 'bite币', 'bitebi'] },
  { target: '泰达币', written: ['usdt', 'u币', '泰da币', '泰达b'] },
  {
    target: '赌博',
    written: ['dubo', '堵博', '睹博', '赌bo', 'du博', '菠菜网', 'bc平台', '赌搏', '赌啵'],
  },
  { target: '刷单', written: ['shua单', '刷dan', '涮单', 'sd兼职', 'shuadan', '唰单', '刷箪'] },
  {
    target: '抖音',
    written: ['douyin', '抖yin', '斗音号', 'dou音', '🎵音号', '抖因', '陡音', '某音', 'd音'],
  },
  { target: '快手', written: ['快shou', 'kuaishou', 'ks号', '快守'] },
  {
    target: '小红书',
    written: ['xhs', '小🍠', '小洪书', '小红薯号', '小红shu', 'xiaohongshu', '小宏书', '某红书'],
  },
  { target: '钉钉', written: ['dingding', '叮叮号', '丁丁号', 'ding钉', '📌📌', '顶顶号'] },
  {
    target: 'telegram',
    written: ['电报群', '✈群', '飞机群', '电抱群', 'tg群', '土豆群', 't.me'],
  },
  {
    target: '身份证',
    written: [
      'sfz',
      '身fen证',
      '身份zheng',
      '身分zheng',
      '申份证',
      '深份证',
      '身粉证',
      'shenfenzheng',
      '神份证',
    ],
  },
  {
    target: '验证码',
    written: ['yzm', '验证🐎', '验zheng码', '验证ma', 'yanzhengma', '验正码', '燕证码', '验证马', '厌证码'],
  },
  { target: '密码', written: ['mima', '蜜码', '密🐎', '米码', 'mi码', '密ma', '觅码'] },
];
