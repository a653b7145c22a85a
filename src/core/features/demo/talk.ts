// What people say in the demo. Each scenario is a short exchange: `e` the employee speaks, `c` the customer, `m` another
// member of a group. `{a|b}` picks one, `<slot>` is filled in (generate.ts). All of it is made up for this project.

export type Turn =
  | { readonly by: 'e' | 'c' | 'm'; readonly text: string }
  | { readonly by: 'e' | 'c' | 'm'; readonly kind: RichKind };

/** Messages that are no plain text; generate.ts makes their bodies. */
export type RichKind =
  | 'image' | 'voice' | 'emotion' | 'file' | 'link' | 'weapp' | 'location' | 'card' | 'redpacket' | 'calendar'
  | 'meeting' | 'chatrecord' | 'mixed' | 'markdown' | 'news' | 'collect' | 'video'; // prettier-ignore

export interface Scenario {
  readonly weight: number;
  readonly turns: readonly Turn[];
}

const e = (text: string): Turn => ({ by: 'e', text });
const c = (text: string): Turn => ({ by: 'c', text });
const m = (text: string): Turn => ({ by: 'm', text });
const rich = (by: 'e' | 'c' | 'm', kind: RichKind): Turn => ({ by, kind });

/** Ordinary days: no word here is meant to be a violation, though a word filter may trip over some. */
export const everyday: readonly Scenario[] = [
  {
    weight: 8,
    turns: [
      e('<address>{您好|早上好|下午好}，我是<branch>的<position><me>，{您的专属客户经理|以后由我为您服务}。'),
      c('{你好|您好|好的}，{知道了|之前是小陈联系我的|有事找你}'),
      e('{有任何业务问题随时联系我|需要办理业务可以提前跟我说，帮您预约}，工作日<hour>点前都在。'),
    ],
  },
  {
    weight: 9,
    turns: [
      c('{我那笔|想问下，我的}<product>{什么时候到期|是不是快到期了}？'),
      e('我查一下，您稍等。'),
      e('<address>，您<amount>万的<product>是<date>到期，{本息会自动回到您的卡上|到期后资金当天可用}。'),
      c('{好的谢谢|收到|那到期我再看看}'),
      e('{到期前一天我再提醒您|到时候给您发消息}。理财非存款，产品有风险，投资须谨慎。'),
    ],
  },
  {
    weight: 8,
    turns: [
      c('{你们|咱们行}现在三年定期利率多少？'),
      e('目前三年期整存整取挂牌利率是<rate>%，{大额存单另有额度|以柜台当日公布为准}。'),
      c('{有点低啊|比去年又降了|哦}'),
      e('{现在整体利率都在往下走|是的，市场利率下行}，您可以结合资金安排{长短搭配|分几笔存}。'),
    ],
  },
  {
    weight: 7,
    turns: [
      c('{信用卡账单|上个月账单}怎么多了<smallamount>块？'),
      rich('c', 'image'),
      e('{我帮您看一下|麻烦您稍等，我核实}，是<date>那笔分期的手续费。'),
      c('{我没办分期啊|哦对，是我自己点的|能取消吗}'),
      e('{可以在手机银行里提前结清|我把客服流程发您}，{剩余手续费按规则处理|有疑问可以打背面的客服电话}。'),
    ],
  },
  {
    weight: 9,
    turns: [
      rich('e', 'link'),
      e('<address>，{今天的市场早报|本周市场回顾}发您，{供参考|有空看看}。以上信息不构成投资建议。'),
      c('{收到|谢谢|👍|好的，每天都看}'),
    ],
  },
  {
    weight: 6,
    turns: [
      c('{我的房贷|我们家贷款}利率{调了没|什么时候调整}？'),
      e(
        '存量房贷是按<date>的报价重定价，您这笔调整后是<rate>%，{下个月还款开始生效|还款计划手机银行可以查}。',
      ),
      c('{每个月少还多少|能少多少}'),
      e('大概每月少还<smallamount>元，具体以系统还款计划为准。'),
      c('{那不错|好的，知道了}'),
    ],
  },
  {
    weight: 6,
    turns: [
      c('{手机银行登不上了|换手机了，手机银行要重新认证|转账提示限额}'),
      e('{您把提示截图发我看看|是哪一步提示的呢}？'),
      rich('c', 'image'),
      e(
        '{这个需要本人带身份证到网点更新一下信息|您在设置里重新做一次人脸认证就好}，{验证码自己输入就行，别告诉任何人|我们工作人员不会问您要密码}。',
      ),
      c('{弄好了|可以了，谢谢|那我下午去网点}'),
    ],
  },
  {
    weight: 5,
    turns: [
      c('{明天|这周六}网点{上班吗|几点开门}？'),
      e('<branch>{周六周日值班|工作日}<hour>点到17点，{您办什么业务？我帮您预约|提前取号能少排队}。'),
      c('{换存折|取大额|开个户}'),
      e('{超过五万麻烦提前一天预约|记得带身份证原件}，{我给您登记好了|到了找大堂报我名字就行}。'),
      rich('e', 'location'),
    ],
  },
  {
    weight: 5,
    turns: [
      e(
        '<address>，{提醒您防范电信诈骗|最近冒充客服的诈骗比较多}：{不点陌生链接|陌生人要求屏幕共享一律拒绝}，{不把卡号密码告诉别人|转账前多核实}。',
      ),
      c('{昨天还真接到一个|收到，谢谢提醒|我妈差点上当}'),
      e('{有疑问先打给我|不确定就先挂电话，打官方客服核实}。'),
    ],
  },
  {
    weight: 5,
    turns: [
      e('<address>，{祝您生日快乐，身体健康|中秋快乐，阖家团圆|天气转凉，注意添衣}！'),
      rich('e', 'emotion'),
      c('{谢谢|有心了|同乐同乐}'),
    ],
  },
  {
    weight: 6,
    turns: [
      c('{基金定投|我定投那只}最近{跌了不少|一直绿}，{要不要停|还投不投}？'),
      e('定投本身就是{分批买入摊平成本|为长期准备的}，{先看您这笔钱什么时候要用|短期波动比较大}。'),
      c('{三年内不用|明年孩子上学要用}'),
      e('{那可以按计划继续，市场有风险，您自己拿主意|那建议留足要用的钱，风险等级别超过您的测评结果}。'),
    ],
  },
  {
    weight: 5,
    turns: [
      c('{公司要开对公账户|想咨询下经营贷}，{需要什么材料|流程是怎样的}？'),
      e('{营业执照、法人身份证、公章和经营场所证明|我发一份清单给您}。'),
      rich('e', 'file'),
      c('{好，我让财务准备|收到，我先看看}'),
      e('{材料齐了我们上门看一次|初审大概三到五个工作日}，贷款年化利率以审批为准。'),
    ],
  },
  {
    weight: 4,
    turns: [
      e('<address>，您的风险测评{下周到期|已经过期}，{方便时在手机银行重新做一下|不更新没法购买产品}。'),
      c('{在哪里做|好的}'),
      rich('e', 'weapp'),
      c('{做完了|结果是稳健型}'),
    ],
  },
  {
    weight: 4,
    turns: [
      c('{养老金账户|个人养老金}{怎么开|有什么用}？'),
      e(
        '{手机银行搜“个人养老金”就能开|每年缴存有上限，可以抵个税}，{取用有条件限制|到领取条件前一般不能支取}，您先了解清楚。',
      ),
      c('{我再想想|好，明天去网点问}'),
    ],
  },
  {
    weight: 4,
    turns: [
      c('{在吗|忙吗}'),
      rich('c', 'voice'),
      e('{听到了，我查一下|您说的是代发工资那张卡吧}'),
      e('{已经到账了，<time>入账的|今天批量在处理，下午能到}。'),
      c('{看到了|好的}'),
    ],
  },
  {
    weight: 4,
    turns: [
      e('{我们网点|<branch>}<date>{有个亲子财商小课堂|办金融知识讲座}，{名额不多|免费参加}，您有兴趣吗？'),
      rich('e', 'calendar'),
      c('{带孩子可以吗|报一个|那天没空}'),
      e('{可以的，给您登记|下次有活动再叫您}。'),
    ],
  },
  {
    weight: 3,
    turns: [
      c('{ETC|社保卡}{能在你们那办吗|怎么办}'),
      e('可以，{带行驶证和身份证|本人来就行}，{当场能办好|大概一周寄到家}。'),
      c('{行|明白了}'),
    ],
  },
  {
    weight: 3,
    turns: [
      c('{想换点美元|孩子留学要汇款}，{今天牌价多少|额度怎么算}？'),
      e('{牌价实时变，手机银行能看|每人每年等值五万美元便利化额度}，{学费凭录取通知书|材料清单我发您}。'),
      rich('e', 'file'),
      c('谢谢'),
    ],
  },
  {
    weight: 3,
    turns: [
      e(
        '<address>，您上次咨询的<product>{今天开始募集|额度不多了}，{业绩比较基准<rate>%，不代表实际收益|风险等级二级}，{说明书您先看下|感兴趣我再详细讲}。',
      ),
      rich('e', 'file'),
      c('{会亏吗|风险大不大|我先看看}'),
      e(
        '{净值型产品会有波动，不承诺本金不受损失|有可能亏损，不能当存款看}，{按您的测评等级可以买|您考虑好再定}。',
      ),
    ],
  },
  {
    weight: 2,
    turns: [
      c('{地铁口交易厅那个网点还在吗|听说你们搬家了}'),
      e('{搬到对面了|还在，只是改叫城东支行}，{基本保险箱业务也在那边|门口好停车}。'),
      rich('e', 'location'),
    ],
  },
  {
    weight: 2,
    turns: [
      rich('c', 'chatrecord'),
      c('{这个活动我能参加吗|他们说的是真的吗}'),
      e('{可以参加，凭短信入场|以官方公告为准}。'),
    ],
  },
  {
    weight: 1,
    turns: [
      rich('e', 'video'),
      e('{手机银行新版操作演示|防诈小视频}，{一分钟看完|家里老人也能看懂}。'),
      c('{转给我妈了|收到}'),
    ],
  },
  { weight: 3, turns: [c('{好的|嗯嗯|收到|OK|明白}')] },
  { weight: 2, turns: [rich('c', 'emotion')] },
  { weight: 2, turns: [e('{不客气|应该的|有事您随时说}')] },
  {
    weight: 2,
    turns: [
      e('{您先忙，晚点聊|刚在给客户办业务，才看到}'),
      c('没事'),
      rich('e', 'mixed'),
      c('{这个清楚多了|看懂了}'),
    ],
  },
];

/** What goes on in groups: notices, questions, small talk. */
export const groupTalk: readonly Scenario[] = [
  { weight: 6, turns: [rich('e', 'link'), e('{各位早上好，今日早报|周报}已更新，{仅供参考|不构成投资建议}。'), m('{收到|👍|谢谢}')] },
  { weight: 4, turns: [m('{请问|问一下}<branch>{周末开门吗|停车方便吗}？'), e('{周六上午开，周日不营业|门口有二十个车位}。'), c('{感谢|刚好要去}')] },
  { weight: 3, turns: [e('{本群为业务服务群，请勿发布广告|大家有问题可以直接@我}，{涉及个人信息请私聊|请不要在群里发卡号和身份证号}。'), m('{好的|支持}')] },
  { weight: 3, turns: [rich('e', 'news'), m('{这个活动怎么参加|消费券还有吗}'), e('{手机银行首页进|先到先得，领完为止}。')] },
  { weight: 2, turns: [rich('e', 'collect'), m('{填好了|已报名}'), c('{+1|算我一个}')] },
  { weight: 2, turns: [rich('e', 'meeting'), m('{能回看吗|准时参加}')] },
  { weight: 2, turns: [m('{有人知道换零钱要排队吗|新版手机银行还挺好用}'), c('{不用排|我还没更新}'), rich('m', 'emotion')] },
  { weight: 1, turns: [rich('e', 'markdown'), m('收到')] },
  { weight: 1, turns: [rich('m', 'redpacket'), c('{谢谢老板|手慢了}')] },
]; // prettier-ignore

/** What must be found. `tag` says which kind of violation it is; the demo's screening finds each of them. */
export interface Violation extends Scenario {
  readonly tag:
    | 'promise'
    | 'private-channel'
    | 'absolute'
    | 'personal-data'
    | 'complaint'
    | 'insult'
    | 'off-book';
}

export const violations: readonly Violation[] = [
  { tag: 'promise', weight: 4, turns: [c('这个产品{保险吗|会不会亏}？'), e('{放心，保本保息的|这款稳赚不赔，我自己也买了|零风险，收益有保证}，{到期肯定拿得到|亏了我赔给您}。'), c('{那我买<amount>万|真的吗}')] },
  { tag: 'promise', weight: 3, turns: [e('<address>，{内部额度|最后三天}，{保证收益<rate>%|承诺年化<rate>%，无风险}，{比存定期强多了|手慢无}。'), c('{帮我留一点|我问问家里}')] },
  { tag: 'promise', weight: 2, turns: [e('{刚性兑付，您就当存款放着|跟存款一样安全，本金绝对没问题}。'), c('好，听你的')] },
  { tag: 'private-channel', weight: 4, turns: [e('{这个在这边不方便说|工作号有监控}，{加我私人微信聊|您加我个人微信}，{号码我等下发您|备注写名字}。'), c('{好|已加}')] },
  { tag: 'private-channel', weight: 2, turns: [e('{以后有好产品我用私人微信通知您|我换单位前先加个私人微信}。'), rich('e', 'card'), c('通过了')] },
  { tag: 'off-book', weight: 3, turns: [e('{我手上有个外面的项目，不是行里的|朋友公司的私募}，{一年<highrate>%|三个月就回本}，{钱直接转到我卡上|打给我个人账户，我帮您操作}。'), c('{靠谱吗|合同有吗}'), e('{绝对靠谱，别跟别人说|老客户才给，签个协议就行}。')] },
  { tag: 'absolute', weight: 4, turns: [e('我们这款是{全国最好的理财|全行业第一|史上最高收益|国家级平台背书}，{闭眼买|独一无二}。'), c('{发我看看|哦}')] },
  { tag: 'absolute', weight: 2, turns: [rich('e', 'image'), e('{本行首只、唯一|排名第一}，{业绩遥遥领先|同类最佳}，{错过再等一年|限今日}。')] },
  { tag: 'personal-data', weight: 3, turns: [e('{您把身份证正反面拍给我|卡号和密码发我一下}，{我帮您直接操作|省得您跑一趟}。'), c('<identity>'), e('{验证码也发我|短信验证码报给我}。')] },
  { tag: 'personal-data', weight: 2, turns: [c('{我的卡号是<card>，帮我查下|手机号换成<mobile>了}'), e('{收到，给您登记|以后这类信息当面说}。')] },
  { tag: 'complaint', weight: 4, turns: [c('{我要投诉你们|再不解决我打银保监会电话}，{说好的收益呢|买的时候没说会亏}！'), e('{非常抱歉，我马上向主管反映|您先消消气，我今天给您答复}。'), c('{都推了三次了|你们就是欺骗老人}')] },
  { tag: 'complaint', weight: 2, turns: [c('{乱扣费|不经我同意就开通}，{我要退钱|给个说法}，{不然我找媒体曝光|消费者协会见}。'), e('理解您的心情，{我核实后回电|已登记工单}。')] },
  { tag: 'insult', weight: 2, turns: [c('{你们就是骗子|一群骗子银行}，{滚|不要脸}！'), e('您好，{请您冷静|我们会妥善处理}。')] },
  { tag: 'insult', weight: 1, turns: [e('{听不懂人话是吧|脑子有病}，{爱买不买|别来烦我}。'), c('{你什么态度|截图了，投诉你}')] },
]; // prettier-ignore
