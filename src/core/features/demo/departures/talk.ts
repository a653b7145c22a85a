import type { Draft } from '../draft.ts';
import { type Choices, createChoices, expand } from '../random.ts';
import { type DepartingCustomer, type Departure, type DeparturePlan, type Fate, dateOf } from './plan.ts';

// What is said around the departures. All of it is made up for this project.

const day = 86_400_000;
const hour = 3_600_000;
const minute = 60_000;

/** The words that lead customers out of the bank, plainly and in disguise. */
const diversions = [
  '<address>，我下个月就不在行里了，您加我私人微信，以后有好产品第一时间告诉您。',
  '这个号过几天就收回了，麻烦您加我薇❤信，备注名字就行。',
  '<address>，加一下我的v❤，号码我发名片给您，以后咱们私下联系方便。',
  '行里的号看不到聊天了，您加我个 人 微 信，我单独给您说利率更高的方案。',
] as const;

const goodbyes = [
  '<address>，我将于<last>离岗，之后由<taker>继续为您服务，{感谢一直以来的信任|有事您随时找她}。',
  '<address>您好，跟您说一声，我{下周|过几天}调离岗位，您的业务由<taker>接手，{资料都已交接|她会主动联系您}。',
] as const;

const mass = '各位老客户，子衿换平台啦，以后理财还是找我，老朋友享专属额度，名片已发，通过一下。';

/** Promises that are still open when their maker has left, and a complaint that nobody has answered. */
const promises: readonly (readonly [before: number, turns: readonly (readonly ['e' | 'c', string])[]])[] = [
  [3, [['c', '上次说的大额存单还有额度吗'], ['e', '<address>，我帮您登记了，下周一给您回电话确认额度。'], ['c', '好，等您消息']]],
  [2, [['c', '我那笔安盈六个月快到期了吧'], ['e', '是的，到期后我第一时间把新的方案发给您。'], ['c', '别忘了']]],
  [2, [['c', '贷款的结清证明什么时候能拿'], ['e', '材料已经交上去了，5号前给您办好，到时候通知您来取。'], ['c', '行']]],
  [1, [['c', '对账单明细能不能发我一份'], ['e', '可以的，明天上午给您发过去。']]],
  [1, [['c', '我要投诉，扣了我两次短信费，说好退的一直没退！'], ['e', '非常抱歉，我核实后三天内给您答复。'], ['c', '再不退我找监管部门']]],
  [0, [['e', '<address>，您约的产品说明会改到月底前，定了时间我告诉您。'], ['c', '好的']]],
]; // prettier-ignore

const greetings = [
  '<address>您好，我是<takerPost><taker>，接替<leaver>为您服务，今后业务上的事随时找我。',
  '<address>，您好！我是您的新客户经理<taker>，{您名下的业务我已经接手|之前<leaver>的工作由我接着做}，{方便时跟您通个电话|有需要请直接联系我}。',
] as const;
const answers = ['{好的|您好}，{知道了|以后麻烦您了}', '收到', '{行|嗯}，{有事找你|加上了}'] as const;

/** How many of the customers that a taker has hear from them, of ten, and how many of those answer. */
const contacted: Readonly<Record<Departure['key'], readonly [ofTen: number, answering: number]>> = {
  clean: [10, 8],
  messy: [5, 5],
  carrier: [6, 4],
};

const held: ReadonlySet<Fate> = new Set(['taken', 'taken-then-gone', 'second-taker']);

/** What is said because of the departures, in no order. Nothing is said after `endAt`. */
export function departureTalk(plan: DeparturePlan, seed: number, endAt: number): readonly Draft[] {
  const choices = createChoices(seed ^ 0x7a1c);
  return plan.departures
    .flatMap((departure) => [
      ...(departure.key === 'clean' ? farewells(departure, choices) : []),
      ...(departure.key === 'messy' ? openPromises(departure, choices) : []),
      ...(departure.key === 'carrier' ? carryingAway(departure, choices) : []),
      ...takersTalk(departure, choices),
    ])
    .filter(({ at }) => at < endAt);
}

/** From one person to another, in a chat of their own. */
function say(at: number, from: string, to: string, members: Draft['members']): Draft {
  return { at, from, tolist: [to], roomid: '', members };
}

function textOf(
  template: string,
  choices: Choices,
  departure: Departure,
  { address, taker }: DepartingCustomer,
): Draft['members'] {
  const [, month = '', date = ''] = dateOf(departure.lastDay).split('-');
  const content = expand(template, choices, {
    address: () => address,
    taker: () => taker.name,
    takerPost: () => taker.branch,
    leaver: () => departure.leaver.name,
    last: () => `${Number(month)}月${Number(date)}日`,
  });
  return { msgtype: 'text', text: { content } };
}

/** A few each day, as somebody who takes leave properly would. */
function farewells(departure: Departure, choices: Choices): readonly Draft[] {
  const { leaver, lastDay, customers } = departure;
  return customers
    .filter(({ talks }) => talks)
    .flatMap((customer, index) => {
      const at = lastDay - (index % 5) * day + 10 * hour + index * 11 * minute;
      return [
        say(at, leaver.userid, customer.id, textOf(choices.pick(goodbyes), choices, departure, customer)),
        say(
          at + 7 * minute,
          customer.id,
          leaver.userid,
          textOf('{谢谢你|一路顺利}，{知道了|好的}', choices, departure, customer),
        ),
      ];
    });
}

function openPromises(departure: Departure, choices: Choices): readonly Draft[] {
  const { leaver, lastDay, customers } = departure;
  // To those who were taken over, or wait for it: their takers owe it now.
  const talking = customers.filter(({ talks, fate }) => talks && fate !== 'deleted-by-customer');
  return promises.flatMap(([before, turns], index) => {
    const customer = talking[index];
    if (customer === undefined) return [];
    return turns.map(([by, template], turn) => {
      const at = lastDay - before * day + 14 * hour + index * 17 * minute + turn * 2 * minute;
      const members = textOf(template, choices, departure, customer);
      return by === 'e'
        ? say(at, leaver.userid, customer.id, members)
        : say(at, customer.id, leaver.userid, members);
    });
  });
}

/** Leads customers to a private account, sends cards and a list, takes some of the words back, and says goodbye to all at once. */
function carryingAway(departure: Departure, choices: Choices): readonly Draft[] {
  const { leaver, lastDay, customers } = departure;
  const who = leaver.userid;
  const card: Draft['members'] = {
    msgtype: 'card',
    card: { corpname: '个人微信', userid: 'zijin-licai-1998' },
  };
  const led = customers
    .filter(({ diverted }) => diverted)
    .flatMap((customer, index) => {
      const at = lastDay - (17 - index) * day + 19 * hour + index * 5 * minute;
      const template = diversions[index % diversions.length] ?? diversions[0];
      const words = say(at, who, customer.id, textOf(template, choices, departure, customer));
      const exchange = [
        words,
        say(
          at + 3 * minute,
          customer.id,
          who,
          textOf('{好，加了|通过一下|行，私下说}', choices, departure, customer),
        ),
      ];
      if (index % 2 === 0) exchange.push(say(at + minute, who, customer.id, card));
      if (index % 3 === 0)
        exchange.push({ ...say(at + 9 * minute, who, customer.id, { msgtype: 'revoke' }), revokes: words });
      return exchange;
    });
  const [first] = customers;
  const list = {
    msgtype: 'file',
    file: {
      md5sum: '6f1ed002ab5595859014ebf0951522d9',
      filename: '湖滨支行客户名单2026.xlsx',
      fileext: 'xlsx',
      filesize: 183_296,
      sdkfileid: 'CtYAAAdemo0000000000000000000000000000000001',
    },
  };
  return [
    ...led,
    ...(first === undefined ? [] : [say(lastDay - 7 * day + 20 * hour, who, first.id, list)]),
    ...customers
      .filter(({ fate }) => fate !== 'deleted-by-leaver' && fate !== 'deleted-by-customer')
      .map(({ id }, index) =>
        say(lastDay - 2 * day + 18 * hour + index * 40_000, who, id, {
          msgtype: 'text',
          text: { content: mass },
        }),
      ),
  ];
}

/** Those who take over write to their new customers on the days after, not to all of them. */
function takersTalk(departure: Departure, choices: Choices): readonly Draft[] {
  const [ofTen, answering] = contacted[departure.key];
  const mine = departure.customers.filter(({ fate }) => held.has(fate));
  return mine.flatMap((customer, index) => {
    if (index % 10 >= ofTen) return [];
    const late = customer.fate === 'second-taker' ? 6 : 0;
    const at = departure.lastDay + (3 + late + (index % 3)) * day + 9 * hour + index * 6 * minute;
    const { userid } = customer.taker;
    const greeting = say(
      at,
      userid,
      customer.id,
      textOf(choices.pick(greetings), choices, departure, customer),
    );
    return index % 10 < answering
      ? [
          greeting,
          say(
            at + 11 * minute,
            customer.id,
            userid,
            textOf(choices.pick(answers), choices, departure, customer),
          ),
        ]
      : [greeting];
  });
}
