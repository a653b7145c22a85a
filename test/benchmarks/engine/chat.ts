/** Seeded pseudo-random numbers (mulberry32): the same seed gives the same text on every machine. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

// Parts of invented sentences between a bank's customer manager and a customer.
const openings = [
  '您好，',
  '王姐，',
  '早上好！',
  '李总，',
  '张先生您好，',
  '亲，',
  '收到，',
  '不好意思，',
  '是这样的，',
  '',
];
const subjects = [
  '这款理财产品',
  '您的定期存款',
  '我们支行',
  '新出的基金',
  '手机银行',
  '贷款申请',
  '信用卡账单',
  '大额存单',
  '您上次问的保险',
  '周末的沙龙',
];
const verbs = [
  '下周到期',
  '今天上线了',
  '已经帮您登记',
  '需要本人办理',
  '利率有调整',
  '额度还剩一些',
  '目前在审批',
  '可以在网点咨询',
  '风险等级是R2',
  '业绩比较基准有更新',
];
const endings = [
  '，您方便的话来网点看看。',
  '，有问题随时联系我。',
  '，详情请看产品说明书。',
  '，投资须谨慎。',
  '，谢谢您的支持！',
  '，稍后我给您回电话。',
  '[微笑]',
  '，ok',
  '，预计15:30前完成',
  '，谢谢～😊',
  '。',
];
// Frequent characters in rough order of use, for the free part of a message: written text repeats a few often.
export const frequent =
  '的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴切';

export function pick<T>(random: () => number, list: ArrayLike<T>): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** One frequent character, the first ones of the list more often (a power law). */
export function frequentCharacter(random: () => number): string {
  return frequent[Math.floor(frequent.length * random() ** 2)] ?? '的';
}

function freeWords(random: () => number, length: number): string {
  let words = '';
  for (let count = 0; count < length; count += 1) words += frequentCharacter(random);
  return words;
}

/** Chat messages of a few to some hundred characters, without anyone's real words. */
export function createChat(seed: number, count: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const sentences = 1 + Math.floor(random() * 2);
    let message = '';
    for (let sentence = 0; sentence < sentences; sentence += 1) {
      const middle = random() < 0.6 ? freeWords(random, 4 + Math.floor(random() * 30)) : '';
      message += `${pick(random, openings)}${pick(random, subjects)}${pick(random, verbs)}${middle}${pick(random, endings)}`;
    }
    return message;
  });
}

/**
 * Distinct terms of two to eight characters: most of them from anywhere among the common ideographs, as real lexicons
 * name things that ordinary chat does not, some from frequent characters, so that there are hits.
 */
export function createLexicon(seed: number, count: number, alphabet?: string): string[] {
  const random = createRandom(seed);
  const terms = new Set<string>();
  while (terms.size < count) {
    const length = 2 + Math.floor(random() ** 2 * 7);
    let term = '';
    for (let index = 0; index < length; index += 1) {
      if (alphabet !== undefined) term += pick(random, alphabet) ?? '';
      else if (random() < 0.5) term += frequentCharacter(random);
      else term += String.fromCharCode(0x4e00 + Math.floor(random() * 3500));
    }
    // Two frequent characters side by side would be a hit in every message.
    if (length > 2 || random() < 0.05) terms.add(term);
  }
  return [...terms];
}
