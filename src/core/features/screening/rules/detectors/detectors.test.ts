import { domainToASCII } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { foldNamesOf } from '../../folds.ts';
import { type DetectorName, detectorNames } from '../model.ts';
import { sourceText } from '../source-text.ts';
import { passesLuhn } from './bank-cards.ts';
import { createDetector } from './index.ts';
import { isIdentityNumber } from './identity-numbers.ts';
import { decodePunycode } from './punycode.ts';
import { countUnits, isPossible } from './unit-counts.ts';

const seed = Number(process.env['COUNTERSIGN_TEST_SEED'] ?? Date.now() % 2 ** 31);

function unitsOf(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

function detect(name: DetectorName, text: string, lists = { allow: [] as string[], deny: [] as string[] }) {
  const units = unitsOf(text);
  return createDetector(
    name,
    lists,
  )(sourceText(units, 0, units.length)).map(({ start, end, folds, from }) => ({
    text: text.slice(start, end),
    read: from.kind === 'read' ? from.read : '',
    folds: foldNamesOf(folds),
  }));
}

/** Texts, and what is found in them. */
type Cases = readonly (readonly [text: string, found: readonly string[]])[];

function check(name: DetectorName, cases: Cases, lists?: { allow: string[]; deny: string[] }) {
  for (const [text, found] of cases) {
    expect({ text, found: detect(name, text, lists).map((each) => each.text) }).toEqual({ text, found });
    const units = unitsOf(text);
    if (found.length > 0) expect(isPossible(name, countUnits(units, 0, units.length)), text).toBe(true);
  }
}

/** An invented identity number: a region, a date, an order, and the check that GB 11643 gives them. */
function identityNumber(region: string, date: string, order: string): string {
  const digits = region + date + order;
  // By the standard's own formula: the sum of a_i × 2^(i−1) over the 18 places, counted from the right, is 1 modulo 11.
  for (const last of '0123456789X') {
    const sum = [...digits, last].reduce(
      (total, digit, place) => total + (digit === 'X' ? 10 : Number(digit)) * (2 ** (17 - place) % 11),
      0,
    );
    if (sum % 11 === 1) return digits + last;
  }
  throw new Error('no check');
}

function cardNumber(prefix: string, length: number): string {
  const digits = prefix.padEnd(length - 1, '4207315986');
  for (const last of '0123456789') {
    let sum = 0;
    [...digits, last].toReversed().forEach((digit, place) => {
      const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
      sum += Math.floor(value / 10) + (value % 10);
    });
    if (sum % 10 === 0) return digits + last;
  }
  throw new Error('no check');
}

describe('id-card', () => {
  const valid = identityNumber('440305', '19880229', '101');

  it('takes numbers with the right check, an existing date and region, however they are written', () => {
    const wide = Array.from(valid, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const hanzi = Array.from(valid, (digit) => '零一二三四五六七八九'[Number(digit)] ?? digit).join('');
    const apart = Array.from(valid).join('*');
    check('id-card', [
      [valid, [valid]],
      [`身份证号码是${valid}，谢谢`, [valid]],
      [wide, [wide]],
      [hanzi, [hanzi]],
      [apart, [apart]],
      [
        `${valid.slice(0, 6)} ${valid.slice(6, 14)} ${valid.slice(14)}`,
        [`${valid.slice(0, 6)} ${valid.slice(6, 14)} ${valid.slice(14)}`],
      ],
      ['440305880229101', ['440305880229101']],
    ]);
    const withLetter = Array.from('0123456789')
      .map((order) => identityNumber('110101', '19900307', `77${order}`))
      .find((each) => each.endsWith('X'));
    expect(withLetter).toBeDefined();
    check('id-card', [[`证件${withLetter?.toLowerCase()}。`, [withLetter?.toLowerCase() ?? '']]]);
  });

  it('leaves alone what is none', () => {
    const wrongCheck = valid.slice(0, 17) + (valid.endsWith('1') ? '2' : '1');
    check('id-card', [
      [wrongCheck, []],
      [identityNumber('440305', '19870229', '101'), []],
      [identityNumber('440305', '19881301', '101'), []],
      [identityNumber('990305', '19880229', '101'), []],
      [identityNumber('440305', '17880229', '101'), []],
      [`1${valid}`, []],
      [`${valid}1`, []],
      ['440305881329101', []],
      ['123456789012345678', []],
    ]);
  });

  it('notices any one wrong figure and any two swapped', () => {
    for (let place = 0; place < 17; place += 1) {
      const other = String((Number(valid.charAt(place)) + 1) % 10);
      expect(isIdentityNumber(valid.slice(0, place) + other + valid.slice(place + 1))).toBe(false);
      const [a, b] = [valid.charAt(place), valid.charAt(place + 1)];
      if (a !== b)
        expect(isIdentityNumber(valid.slice(0, place) + b + a + valid.slice(place + 2))).toBe(false);
    }
  });
});

describe('bank-card', () => {
  it('takes 16 to 19 figures of an issuer that pass the Luhn check', () => {
    for (const [prefix, length] of [
      ['622202', 19],
      ['6225', 16],
      ['62', 17],
      ['62', 18],
      ['4367', 19],
      ['5187', 16],
      ['955880', 19],
      ['3568', 16],
      ['3412', 15],
      ['3782', 15],
    ] as const) {
      const number = cardNumber(prefix, length);
      check('bank-card', [[`卡号${number}`, [number]]]);
    }
    const short = cardNumber('3782', 15);
    const printed = `${short.slice(0, 4)} ${short.slice(4, 10)} ${short.slice(10)}`;
    check('bank-card', [[printed, [printed]]]);
    const number = cardNumber('622202', 19);
    const spaced = number.replaceAll(/\d{4}(?=\d)/g, '$& ');
    check('bank-card', [
      [spaced, [spaced]],
      [spaced.replaceAll(' ', '-'), [spaced.replaceAll(' ', '-')]],
      [spaced.replaceAll(' ', '·'), [spaced.replaceAll(' ', '·')]],
    ]);
  });

  it('leaves alone other numbers, identity numbers that pass the check among them', () => {
    const number = cardNumber('622202', 19);
    const both = Array.from({ length: 999 }, (_, order) =>
      identityNumber('620102', '19900307', String(order).padStart(3, '0')),
    ).find((each) => passesLuhn(each));
    check('bank-card', [
      [number.slice(0, 18) + String((Number(number.at(-1)) + 1) % 10), []],
      [cardNumber('1122', 16), []],
      [cardNumber('6222', 15), []],
      [cardNumber('3612', 15), []],
      [cardNumber('3782', 16), []],
      [`${number}0`, []],
      [both ?? '', []],
    ]);
    expect(both).toBeDefined();
  });
});

describe('mobile', () => {
  it('takes numbers however their figures are written and held apart', () => {
    for (const written of [
      '13800138000',
      '１３８00138000',
      '一三八零零一三八零零零',
      '幺三八〇〇幺三八〇〇〇',
      '壹叁捌零零壹叁捌零零零',
      '①③⑧00138000',
      '138oo138ooo',
      '138-0013-8000',
      '138 0013 8000',
      '+86 13800138000',
      '+86-138-0013-8000',
      '008613800138000',
      '8613800138000',
      '1 3 8 0 0 1 3 8 0 0 0',
      '1😀3😀8😀0😀0😀1😀3😀8😀0😀0😀0',
      '138*0013*8000',
      '138\u200b0013\u200b8000',
      '𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎',
      '١٣٨٠٠١٣٨٠٠٠',
    ]) {
      const [found, ...others] = detect('mobile', `加我${written}吧`);
      expect({ written, found: found?.text, read: found?.read, others }).toEqual({
        written,
        found: written,
        read: '13800138000',
        others: [],
      });
    }
  });

  it('takes numbers held apart by tags, faces and several kinds of signs', () => {
    for (const written of [
      '138 0013😀8000',
      '138😀0013 8000',
      '１３８ 0013😀8000',
      '138<br>0013<br>8000',
      '138</p><p>0013 8000',
      '138<span style="color:red">00138000',
      '138[微笑]00138000',
      '138[微笑]0013 8000',
      '138&nbsp;0013&nbsp;8000',
      '138 00 13 80 00',
      '138-0013·8000',
    ]) {
      const found = detect('mobile', `加我${written}吧`).map(({ text }) => text);
      expect({ written, found }).toEqual({ written, found: [written] });
    }
    check('mobile', [
      ['1<a href="tel:13800138000">', ['13800138000']],
      ['138[一]00138000', []],
      ['138、0013 8000', []],
      ['138 0013,8000', []],
      ['138 [很好看的一张图片吧] 00138000', []],
      ['15 18 20 22😀301', []],
    ]);
    const card = cardNumber('622202', 16);
    const parts = [card.slice(0, 4), card.slice(4, 8), card.slice(8, 12), card.slice(12)] as const;
    const mixed = `${parts[0]} ${parts[1]}😀${parts[2]}<br>${parts[3]}`;
    check('bank-card', [[mixed, [mixed]]]);
    const identity = identityNumber('440305', '19880229', '101');
    const apart = `${identity.slice(0, 6)}[微笑]${identity.slice(6, 14)} ${identity.slice(14)}`;
    check('id-card', [[apart, [apart]]]);
    check('landline', [['010😀6234 5678', ['010😀6234 5678']]]);
  });

  it('leaves alone pieces of longer numbers, sums, dates and lists', () => {
    check('mobile', [
      ['138001380001', []],
      ['213800138000', []],
      ['12800138000', []],
      [cardNumber('622202', 19), []],
      ['6225 1380 0138 0004 321', []],
      ['13,800,138,000元', []],
      ['0.13800138000', []],
      ['13800138000.50', []],
      ['15 18 20 22 301', []],
      ['2 1 3 8 0 0 1 3 8 0 0 0 5', []],
      ['a13800138000f', []],
      ['138****8000', []],
      ['订单2024051013800138000', []],
      [identityNumber('130102', '13800138', '000'), []],
    ]);
  });

  it('finds each of several', () => {
    check('mobile', [
      ['13800138000,13900139000', ['13800138000', '13900139000']],
      ['13800138000/139 0013 9000', ['13800138000', '139 0013 9000']],
      ['2024-05-06 13800138000 一定', ['13800138000']],
      ['13800138000一定来', ['13800138000']],
    ]);
  });
});

describe('landline', () => {
  it('takes numbers of existing areas only', () => {
    check('landline', [
      ['010-62345678', ['010-62345678']],
      ['(0755)26001234', ['(0755)26001234']],
      ['（021）6234 5678', ['（021）6234 5678']],
      ['075526001234', ['075526001234']],
      ['+86 10 62345678', ['+86 10 62345678']],
      ['0086-755-26001234', ['0086-755-26001234']],
      ['0571-8765432-801', ['0571-8765432']],
      ['零一零六二三四五六七八', ['零一零六二三四五六七八']],
      ['热线400-800-1234', ['400-800-1234']],
      ['400 6123 456', ['400 6123 456']],
      ['4008-001-234转2', ['4008-001-234']],
      ['4008001234', ['4008001234']],
      ['800-810-1234', ['800-810-1234']],
      ['8008101234', []],
      ['400-800-123', []],
      ['1400-800-1234', []],
      ['400,800,1234', []],
      ['0100-1234567', []],
      ['026-62345678', []],
      ['010-6234567', []],
      ['010-12345678', []],
      ['2024-0510-1234', []],
      ['0411', []],
    ]);
  });
});

describe('email', () => {
  it('takes addresses, hidden signs and dots too', () => {
    check('email', [
      ['写到zhang.san@example.com吧', ['zhang.san@example.com']],
      ['ｚｈａｎｇ＠ｑｑ．ｃｏｍ', ['ｚｈａｎｇ＠ｑｑ．ｃｏｍ']],
      ['zhang#qq.com', ['zhang#qq.com']],
      ['zhang(at)163点com', ['zhang(at)163点com']],
      ['zhang @ qq . com', ['zhang @ qq . com']],
      ['a@b', []],
      ['张三@公司.中国', ['张三@公司.中国']],
      ['写到zhang@例子.公司吧', ['zhang@例子.公司']],
      ['@张三.中国', []],
      ['张三@公司.不是', []],
      ['@张三 你好', []],
      ['c#main.net', []],
      ['x@y.nowhere', []],
    ]);
    check('email', [['a@bank.example.com b@example.org', ['b@example.org']]], {
      allow: ['example.com'],
      deny: [],
    });
  });
});

describe('url', () => {
  it('takes addresses and bare domains, and knows where they end', () => {
    check('url', [
      ['请看https://www.example.com/a?b=1&c=2点击。', ['https://www.example.com/a?b=1&c=2']],
      ['访问example.com吧', ['example.com']],
      ['（example.com/x）', ['example.com/x']],
      ['ＥＸＡＭＰＬＥ．ＣＯＭ', ['ＥＸＡＭＰＬＥ．ＣＯＭ']],
      ['hxxp://example.top', ['hxxp://example.top']],
      ['http://example.com@example.net/x', ['http://example.com@example.net/x']],
      ['http://192.168.1.1:8080/x', ['http://192.168.1.1:8080/x']],
      ['t.me/abc', ['t.me/abc']],
      ['example点com', ['example点com']],
      ['example . com', ['example . com']],
      ['例子.中国', ['例子.中国']],
      ['xn--fsqu00a.xn--fiqs8s', ['xn--fsqu00a.xn--fiqs8s']],
      ['exa\u200bmple.com', ['exa\u200bmple.com']],
      ['3.14', []],
      ['v2.0.1', []],
      ['node.js', []],
      ['report.zip', []],
      ['README.md', []],
      ['ok.it is', []],
      ['192.168.1.1', []],
      ['3.5.cn版本', []],
      ['v3.5.cn版本', []],
      ['http://3.5.cn', ['http://3.5.cn']],
      ['m.163.com', ['m.163.com']],
      ['a@example.com', []],
      ['好的。com', []],
      ['……', []],
      ['com', []],
      ['.com', []],
    ]);
  });

  it('lets the allowed domains and what is below them pass, and nothing that looks like them', () => {
    const lists = { allow: ['cmbchina.com', 'bank.中国'], deny: [] };
    check(
      'url',
      [
        ['cmbchina.com', []],
        ['https://m.cmbchina.com/x', []],
        ['bank.xn--fiqs8s', []],
        ['notcmbchina.com', ['notcmbchina.com']],
        ['cmbchіna.com', ['cmbchіna.com']],
        ['example.com', ['example.com']],
      ],
      lists,
    );
    const encoded = domainToASCII('cmbchіna.com');
    for (const fake of [
      'cmbchіna.com',
      encoded,
      'cmbch1na.com',
      'cmb-china.com',
      'crnbchina.com',
      'cmbchina.com.example.top',
      'cmbchiná.com',
    ]) {
      expect({ fake, found: detect('url', fake, lists).map(({ folds }) => folds.join()) }).toEqual({
        fake,
        found: ['look-alikes'],
      });
    }
  });

  it('hits only the denied ones where some are named, and what imitates those and the allowed', () => {
    check(
      'url',
      [
        ['example.org', []],
        ['evil.com', ['evil.com']],
        ['a.evil.com/x', ['a.evil.com/x']],
        ['notevil.com', []],
        ['cmbch1na.com', ['cmbch1na.com']],
        ['еvil.com', ['еvil.com']],
        ['cmbchina.com', []],
      ],
      { allow: ['cmbchina.com'], deny: ['evil.com'] },
    );
  });
});

describe('wechat-id', () => {
  it('takes ids with a cue beside them', () => {
    check('wechat-id', [
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

describe('amount', () => {
  it('takes sums, not counts and words', () => {
    check('amount', [
      ['转账50万元', ['50万元']],
      ['5万', ['5万']],
      ['¥1,000.00', ['¥1,000.00']],
      ['￥５００', ['￥５００']],
      ['1.5亿', ['1.5亿']],
      ['三千块', ['三千块']],
      ['一块钱', ['一块钱']],
      ['二十万元', ['二十万元']],
      ['壹佰万元整', ['壹佰万元整']],
      ['50w', ['50w']],
      ['2000多元', ['2000多元']],
      ['一万个客户', []],
      ['3万人', []],
      ['万一', []],
      ['千万别', []],
      ['一块去', []],
      ['三块地', []],
      ['2024', []],
      ['5万步', []],
    ]);
  });
});

describe('rate', () => {
  it('takes rates in figures and in words, and ranges', () => {
    check('rate', [
      ['年化5.2%', ['5.2%']],
      ['5.2个点', ['5.2个点']],
      ['百分之五', ['百分之五']],
      ['4%-5%', ['4%-5%']],
      ['3.5～4.2%', ['3.5～4.2%']],
      ['８％', ['８％']],
      ['年化收益率约5.2', ['5.2']],
      ['月息三厘', ['三厘']],
      ['月息2分', ['2分']],
      ['月息三分', ['三分']],
      ['年息8厘', ['8厘']],
      ['日息万五', ['万五']],
      ['日息万分之五', ['万分之五']],
      ['日利率万3.5', ['万3.5']],
      ['日息低至万二点五', ['万二点五']],
      ['月息千五', ['千五']],
      ['利息万一没付', []],
      ['日息万元', []],
      ['月息千万别信', []],
      ['年息万三千元', []],
      ['5个基点', ['5个基点']],
      ['百分之五到八', ['百分之五到八']],
      ['年化5年', []],
      ['8点半', []],
      ['利息3万', []],
      ['5.2', []],
      ['这个点', []],
    ]);
  });
});

describe('all detectors', () => {
  it(`find only stretches of the text, and never throw, in 3,000 random texts (seed ${seed})`, () => {
    const piece = fc.constantFrom(
      '1',
      '3',
      '8',
      '00138000',
      '138',
      '一',
      '三',
      'o',
      'x',
      'a',
      'com',
      '.',
      '。',
      '点',
      '@',
      '微信',
      'vx',
      ':',
      '万',
      '元',
      '%',
      '年化',
      '百分之',
      '-',
      ' ',
      '*',
      '\ud83d',
      '\ude00',
      '😀',
      '\u200b',
      '\u001e',
      '㏄',
      '⑩',
      'http://',
      'www.',
      '/',
      '例子',
      '中国',
      'а',
      '(',
      '+86',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const units = unitsOf(text);
        for (const name of detectorNames) {
          const source = sourceText(units, 0, units.length);
          const found = createDetector(name, { allow: [], deny: [] })(source);
          if (found.length > 0) expect(isPossible(name, source.counts())).toBe(true);
          for (const { start, end } of found) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(text.slice(start, end)).not.toContain('\u001e');
          }
        }
      }),
      { numRuns: 3_000, seed },
    );
  });

  it.each([
    '1',
    '1 ',
    '1😀',
    'a.',
    '13800138000 ',
    'a@',
    '一',
    '一万',
    '*-',
    '微信abcd12 ',
    '1<a ',
    '1[',
    '我的v ',
    '日息万',
    '张三@公司.',
    '年化',
    '\ud800',
    'http://a.cn/x ',
    '111,',
    '3.5-',
  ])(
    'are done with 200,000 units of %j',
    (piece) => {
      const units = unitsOf(piece.repeat(200_000 / piece.length));
      const started = performance.now();
      for (const name of detectorNames)
        createDetector(name, { allow: ['example.com'], deny: [] })(sourceText(units, 0, units.length));
      // Some seconds at most; what is quadratic takes an hour.
      expect(performance.now() - started).toBeLessThan(30_000);
    },
    60_000,
  );
});

describe('decodePunycode', () => {
  it(`decodes what the platform encodes (seed ${seed})`, () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{0,5}[а-яä-öα-ω一-龥]{1,8}[a-z]{0,5}$/u), (label) => {
        const encoded = domainToASCII(label);
        fc.pre(encoded.startsWith('xn--') && !encoded.includes('.'));
        expect(decodePunycode(encoded.slice(4))).toBe(label.normalize('NFC'));
      }),
      { numRuns: 1_000, seed },
    );
  });

  it('refuses what is no punycode', () => {
    for (const encoded of ['%', '99999999999', 'a-é', '-'])
      expect(() => decodePunycode(encoded)).not.toThrow();
    expect(decodePunycode('99999999999')).toBeNull();
  });
});
