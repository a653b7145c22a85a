import { domainToASCII } from 'node:url';
import { describe, expect, it } from 'vitest';

import { checkDetector, detect } from '../../../../../../test/support/detecting.ts';

describe('email', () => {
  it('takes addresses, hidden signs and dots too', () => {
    checkDetector('email', [
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
    checkDetector('email', [['a@bank.example.com b@example.org', ['b@example.org']]], {
      allow: ['example.com'],
      deny: [],
    });
  });
});

describe('url', () => {
  it('takes addresses and bare domains, and knows where they end', () => {
    checkDetector('url', [
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

  it('takes any host behind http:// and https://, in all forms that browsers take', () => {
    checkDetector('url', [
      ['http://evil.example/x', ['http://evil.example/x']],
      ['http://x.notatld/y', ['http://x.notatld/y']],
      ['看http://intranet/x。', ['http://intranet/x']],
      ['看http://intranet点击', ['http://intranet']],
      ['看http://oa:8080，登录', ['http://oa:8080']],
      ['http://127.0.0.1:8080/a', ['http://127.0.0.1:8080/a']],
      ['http://3232235777/', ['http://3232235777/']],
      ['http://0xc0a80101/', ['http://0xc0a80101/']],
      ['http://0300.0250.1/', ['http://0300.0250.1/']],
      ['http://127.1', ['http://127.1']],
      ['http://1.2.3.4.5/', []],
      ['http://99999999999/', []],
      ['http://[::1]/x', ['http://[::1]/x']],
      ['http://[::ffff:192.168.1.1]:80/x', ['http://[::ffff:192.168.1.1]:80/x']],
      ['http://[1::2::3]/x', []],
      ['http://user@intranet/x', ['http://user@intranet/x']],
      ['http://evil.example./x', ['http://evil.example./x']],
      ['看http://evil.com。', ['http://evil.com']],
      ['HTTPS://ｅｖｉｌ．ｅｘａｍｐｌｅ／ｘ', ['HTTPS://ｅｖｉｌ．ｅｘａｍｐｌｅ／ｘ']],
      ['http://a.example/x http://b.example/y', ['http://a.example/x', 'http://b.example/y']],
      ['https://商城.网店/x', ['https://商城.网店/x']],
      ['https://商城.网店打开看看', ['https://商城.网店']],
      ['https://www.商城.测试/x', ['https://www.商城.测试/x']],
      ['https://evil.com打开看看', ['https://evil.com']],
      ['商城.网店/x', ['商城.网店/x']],
      ['网址以http://开头', []],
      ['http://或https://都行', []],
      ['http://', []],
      ['http:///x', []],
      ['intranet/x', []],
      ['evil.example/x', []],
      ['[::1]/x', []],
    ]);
    expect(detect('url', 'http://3232235777/x').map(({ read }) => read)).toEqual(['192.168.1.1']);
  });

  it('reads dots in brackets as dots', () => {
    checkDetector('url', [
      ['evil[.]com', ['evil[.]com']],
      ['请看evil(.)com点击', ['evil(.)com']],
      ['evil［.］com', ['evil［.］com']],
      ['www[.]evil.top/x', ['www[.]evil.top/x']],
      ['hxxps[:]//evil[.]example/x', ['hxxps[:]//evil[.]example/x']],
      ['a@evil[.]com', []],
      ['f(.)b', []],
      ['evil[.]notatld', []],
    ]);
    expect(detect('url', 'evil[.]com/x')).toEqual([
      { text: 'evil[.]com/x', read: 'evil.com', folds: ['filler'] },
    ]);
  });

  it('judges the hosts of these forms by the lists too', () => {
    checkDetector(
      'url',
      [
        ['http://bank.com/x http://oa.bank.com', []],
        ['http://bank[.]com/x', []],
        ['bank[.]com', []],
        ['http://3232235777/', []],
        ['http://bank.com点击', []],
        ['http://bank。com/x http://bank点com', []],
        ['http://bank.com点击.evil.top/x', ['http://bank.com点击.evil.top/x']],
        ['http://intranet/', ['http://intranet/']],
      ],
      { allow: ['bank.com', '192.168.1.1'], deny: [] },
    );
    checkDetector(
      'url',
      [
        ['http://intranet/ http://[::1]/ http://x.notatld', []],
        ['evil[.]com http://evil.com去看例子.中国', ['evil[.]com', 'http://evil.com去看例子.中国']],
        ['http://evil。com/x', ['http://evil。com/x']],
        ['http://a.evil . com/x', ['http://a.evil . com/x']],
        ['http://0xc0.0xa8.257/', ['http://0xc0.0xa8.257/']],
      ],
      { allow: [], deny: ['evil.com', '192.168.1.1'] },
    );
  });

  it('lets the allowed domains and what is below them pass, and nothing that looks like them', () => {
    const lists = { allow: ['cmbchina.com', 'bank.中国'], deny: [] };
    checkDetector(
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
    checkDetector(
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
