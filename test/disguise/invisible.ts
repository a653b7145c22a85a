import { cases } from './format.ts';

export const invisible = cases('invisible', 'standard', [
  // Zero-width characters and joiners
  ['保本', '这款⟦保\u200b本⟧，放心'],
  ['保本保息', '⟦保\u200b本\u200b保\u200b息⟧写进合同'],
  ['加我微信', '⟦加\u200c我\u200c微\u200c信⟧'],
  ['微信', '私人⟦微\u200d信⟧'],
  ['返点', '给您⟦返\u2060点⟧'],
  ['飞单', '不算⟦飞\ufeff单⟧'],
  ['稳赚不赔', '⟦稳赚\u200b\u200c\u200d\u2060不赔⟧'],
  ['内部消息', '⟦内\u180e部消息⟧，今晚发'],
  ['刚性兑付', '⟦刚性\u034f兑付⟧'],
  ['代客理财', '⟦代\u2061客\u2062理\u2063财⟧'],
  ['私下转账', '⟦私下\u2064转账⟧'],
  // More of them than fillers would be allowed
  ['保本', '⟦保\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b本⟧的'],
  ['返佣', '⟦返\u200b\u200c\u200b\u200c\u200b\u200c佣⟧八成'],
  ['微信', `⟦微${'\u2060'.repeat(40)}信⟧上说`],
  // Soft hyphens
  ['保本', '⟦保\u00ad本⟧理财'],
  ['WeChat', 'my ⟦We\u00adChat⟧ is below'],
  ['guaranteed', 'a ⟦guar\u00adan\u00adteed⟧ coupon'],
  ['飞单', '⟦飞\u00ad\u00ad单⟧'],
  // Bidi marks, embeddings and isolates
  ['微信', '⟦微\u200e信⟧同号'],
  ['微信', '⟦微\u200f信⟧同号'],
  ['保本', '⟦保\u202a本⟧\u202c的'],
  ['保本', '⟦保\u202e本⟧\u202c的'],
  ['返点', '\u2067⟦返\u2069点⟧'],
  ['私下转账', '⟦私\u2066下\u2068转\u2069账⟧'],
  ['高收益', '⟦高\u061c收益⟧'],
  ['VIP', '⟦V\u202dI\u202cP⟧内部'],
  // Variation selectors
  ['保本', '⟦保\ufe0f本⟧'],
  ['保本', '⟦保\ufe00本⟧\ufe00'],
  ['内幕', '⟦内\u{e0100}幕⟧\u{e0101}价'],
  ['零风险', '⟦零\ufe0e风\ufe0e险⟧'],
  ['套现', '⟦套\u{e01ef}现⟧秒到'],
  // Combining marks: strike-through, underline, circles, accents
  ['保本', '⟦保\u0336本⟧\u0336'],
  ['保本保息', '⟦保\u0332本\u0332保\u0332息⟧\u0332'],
  ['稳赚', '⟦稳\u20dd赚⟧\u20dd'],
  ['内部消息', '⟦内\u0305部\u0305消\u0305息⟧'],
  ['刚兑', '⟦刚\u0338兑⟧\u0338信仰'],
  ['返利', '⟦返\u0489利⟧群'],
  ['vip', '⟦v\u0301i\u0307p⟧'],
  ['wx', '⟦w\u0335x⟧同号'],
  ['QQ', '⟦Q\u0323Q⟧上发'],
  ['代持', '⟦代\u3099持⟧'],
  ['私募', '⟦私\u0334\u0335\u0336募⟧拼单'],
  // Fillers of other scripts that show nothing, tags
  ['加微', '⟦加\u3164微⟧'],
  ['加微', '⟦加\uffa0微⟧', 'invisible'],
  ['飞单', '⟦飞\u115f单⟧'],
  ['飞单', '⟦飞\u1160单⟧'],
  ['洗钱', '⟦洗\u17b4钱⟧'],
  ['微信', '⟦微\u{e0020}信⟧'],
  ['返点', '⟦返\u{e0061}\u{e0062}\u{e007f}点⟧'],
  ['高息揽储', '⟦高\u200b息揽\u{e0030}储⟧'],
  // At the edges they stay outside
  ['保本', '\ufeff⟦保\u200b本⟧\u200b\u200b'],
  ['微信', '加\u200b⟦微\u200b信⟧\u200b号'],
  ['USDT', '\u202e⟦U\u200bS\u200bD\u200bT⟧\u202c'],
  // Inside surrogate pairs' neighbourhood
  ['𠮷祥金', '⟦𠮷\u200b祥金⟧'],
  ['💰返点', '⟦💰\ufe0f返点⟧'],
  ['保本😀', '⟦保\u200b本\u200d😀⟧'],
]);
