// How these were chosen: characters a stroke, a dot or a side apart, for the words that banks look for: money, returns,
// promises, products, contacts, apps, documents, offences. A look-alike is left out where it makes another everyday word
// of such a word, or where innocent text has the two side by side: 贷 is not read from 货 (货款 is trade), 入 not from 人
// (人群), 债 not from 责 (负责), 验 not from 险 (险资), 邮 not from 油 (油箱), 费 not from 贵 (免贵), 金 not from 全 (全额),
// 还 not from 坏 (坏账), 担 not from 但 (但保证), 投 not from 没 (没资格), 基 not from 其 (其金额), 财 not from 材 (整理
// 材料), 规 not from 现 (结合现场), 元 not from 无 (完美无缺), 板 not from 版 (老版本), 名 not from 各 (上报各部), 止 not from 正
// (真正损失), 存 not from 荐 (推荐款式), 绩 not from 积 (行业积极). The other
// way round is kept where it does no harm (期货 as 期贷). What the script fold makes equal is not here. A token is the
// character of the term and what is written for it.
const lookAlikes = `
微徽薇溦 信伩 徽微 薇溦 群裙 裙群 加咖伽 扣叩 鹅鹤 聊柳 转砖 款歀 钱浅贱栈 银根垠 卡咔佧
现砚 资姿恣 财戝 理埋狸哩 息恩恖 收牧 益盆谥 稳隐檼 赚嫌谦歉 赔陪培 亏亐 损捐 盈盁 保堡褓葆 本夲 证征怔 承丞
诺喏偌 付忖咐 刚钢岗纲 兑锐悦 担坦 障漳樟 佣拥俑 红虹 提堤 成戍戌 奖桨浆 励厉 礼札 券卷劵 购沟狗 股服肢 服股
票漂飘栗 基墓 期棋斯 货贷 权杈 仓仑苍沧 杠扛 杆扦 盘盆 涨胀 跌铁 停仃 板扳 牛午 代伐 客容 操燥澡躁噪 拉垃
带滞 内丙肉 幕慕暮墓 募幕慕墓 集隼 投役 顶项 炒妙抄 抄炒 推椎 导异 师帅 老考 千干 百白 亿忆 角甬 分兮 手毛
未末 末未 己已巳 已己巳 人入 土士 士土 日曰 曰日 大犬 天夭 失矢 于亍 力刀 市巿 免兔 析折晰 折拆 拆折 拔拨 拨拔
候侯 即既 既即 竞竟 竟竞 辩辨辫 抢枪 枪抢 今令 令今 准淮 块快 电甩 话活 机肌杌 码玛犸妈 系糸 络洛骆 线浅栈 网冈罔
址扯趾 箱厢 链涟莲 短矩 讯迅汛 密蜜 构沟 户尸卢 姓性 身射 护炉沪 照煦 印卯 章童 签检笺 字宇 务夯 员贠
经轻径 顾颐 问间 开井 进迸 出岀 查杳 询洵徇 验俭 险验俭检 检捡 部陪 消俏 绝艳 全仝 放牧 抵底 押抻柙
风凤 还环 借惜 逾愈渝谕 催崔摧 黑墨嘿 白臼 贴帖 刷涮 赌睹堵 博搏膊 彩踩 球俅 注洼 洗冼 税锐脱 假暇瑕 刻劾
虚虑嘘 拟似 币巾帀 矿旷扩 合盒 约钓 爆暴瀑 暴爆曝 平乎苹 空究 多夛 建健 追迫 优忧犹 惠蕙 水永 流硫琉
报扱 酬洲 音昔 抖蚪料 支攴 宝室 淘陶掏 真直 播潘幡 视祝 频濒颁 语浯 邀激缴 诉拆 举拳 谎慌 骗编谝 诈炸
坑炕 冒昌 违伟 法珐 禁噤 拘枸 封卦 冻栋 结洁 监盐 管菅 秘泌 料科 泄绁 赠憎 赂路胳 路赂 贪贫 污圬 侵浸
挪哪娜 截裁 租祖 贩贬版 拍柏 录绿碌 删珊栅 除徐涂 撤撒 篡纂 改攻 隐稳 瞒满 满瞒 藏臧 诱绣 惑或 饵洱 挂桂 壳壶
冲仲 绩渍 案桉 警擎 跑炮袍 逃桃 补朴 偿尝赏 富冨 躺淌趟 翻番 倍陪培 赢嬴羸 妖夭 缴激邀 扫归 描瞄 图圆 登凳
陆陌 册栅 绑邦 定淀 咨资恣 官宫 站沾 拼姘 钉盯叮 蝙编骗 蝠福 级圾 组阻祖 团困 伙火 东车 董懂 据锯剧 限狠
杀刹 猪诸 韭非 菜莱 镰廉谦 散撒 砸匝 介芥 绍招 招沼 聘骋 兼谦 职织 嫖漂 贿晄 贸贺 额颌 赃脏
脏赃 刑型 赎牍 储诸 帅师 酒洒 盗盔 偷愉
沽估 估沽 圆园 园圆 销稍 揽榄
`;

function parse(): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const entry of lookAlikes.trim().split(/\s+/)) {
    const [character = '', ...written] = entry;
    const known = table.get(character) ?? [];
    table.set(character, [...new Set([...known, ...written])]);
  }
  return table;
}

/** By a character of a term: the characters that are written for it because they look like it, one UTF-16 unit each. Ours. */
export const confusableHanzi: ReadonlyMap<string, readonly string[]> = parse();
