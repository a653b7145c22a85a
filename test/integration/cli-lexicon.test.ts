import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runCli } from '../support/cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-lexicon-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function file(name: string, content: unknown): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const entry = (text: string, examples: Record<string, string>, options: object = {}) => ({
  text,
  category: '承诺',
  options: {
    ...options,
    examples: Object.entries(examples).map(([sample, expected]) => ({ text: sample, expect: expected })),
  },
});

describe('countersign lexicon test', () => {
  it('runs the examples of the built-in packs, of which none fails', async () => {
    const result = await runCli(['lexicon', 'test', '--pack']);
    expect(result.stderr).toBe('');
    expect(result.stdout).toMatch(/^\d{3} examples of \d{3} entries in 7 lexicons: none fails\n$/);
    expect(result.code).toBe(0);
  });

  it('runs examples of several messages, from both forms of files, and says in which message what stands', async () => {
    const json = await file('split.json', {
      terms: [
        {
          text: '加我私人微信',
          options: {
            examples: [
              { text: '加我私人', followedBy: ['微', '信'], expect: 'hit' },
              { text: '方便加我私人', followedBy: ['微信号'], expect: 'no-hit' },
              { text: '加我', followedBy: ['企业微信'], expect: 'hit' },
            ],
          },
        },
      ],
    });
    const table = await file(
      'split.csv',
      '词条,命中示例,不命中示例\n加我小号,加我||小号|加我小||号,加我||小额账号\n',
    );
    const result = await runCli(['lexicon', 'test', json, table]);
    expect(result.stdout.trim().split('\n')).toEqual([
      `${json}: 加我私人微信: must not hit "方便加我私人" followed by "微信号", but finds "加我私人" at 2 to 6 of message 1 and "微信" at 0 to 2 of message 2 (split)`,
      `${json}: 加我私人微信: has to hit "加我" followed by "企业微信", but does not`,
      '6 examples of 2 entries in 2 lexicons: 2 fail',
    ]);
    expect(result.code).toBe(1);
  });

  it('prints each example that fails, with what was found, and exits with 1', async () => {
    const good = await file('good.json', { terms: [entry('稳赚', { '稳 赚': 'hit', 安稳: 'no-hit' })] });
    const bad = await file('bad.json', {
      terms: [
        entry(
          '保本',
          { 请确保本人到场: 'no-hit', '不保本，保-本': 'no-hit' },
          { notWhen: [{ phrase: '不保本' }] },
        ),
        entry('保息', { 保证利息: 'hit', 保息: 'hit' }),
      ],
    });
    const result = await runCli(['lexicon', 'test', good, bad]);
    expect(result.stdout.trim().split('\n')).toEqual([
      `${bad}: 保本: must not hit "请确保本人到场", but finds "保本" at 2 to 4`,
      `${bad}: 保本: must not hit "不保本，保-本", but finds "保-本" at 4 to 7 (filler)`,
      `${bad}: 保息: has to hit "保证利息", but does not`,
      '6 examples of 3 entries in 2 lexicons: 3 fail',
    ]);
    expect(result.stderr).toBe('');
    expect(result.code).toBe(1);
  });

  it('reads tables, and the settings of a .json', async () => {
    const table = await file(
      'table.csv',
      '词条,例外,命中示例,不命中示例\n保本,不保本|非保本,这款保本|保本的,不保本|这是非保本\n',
    );
    const strict = {
      settings: { folds: ['width'] },
      terms: [entry('保本', { '保 本': 'no-hit', 保本: 'hit' })],
    };
    const result = await runCli(['lexicon', 'test', table, await file('strict.json', strict)]);
    expect(result).toMatchObject({
      code: 0,
      stdout: '6 examples of 2 entries in 2 lexicons: none fails\n',
      stderr: '',
    });
  });

  it('exits with 2 where a file can not be read or a rule can not work, and still tests the others', async () => {
    const near = {
      rule: {
        kind: 'near',
        first: { kind: 'words', words: ['转账'] },
        second: { kind: 'term', text: '没有的词条' },
        within: 5,
      },
    };
    const broken = await file('broken.json', {
      terms: [entry('向个人转账', { 转账: 'no-hit' }, near), entry('保息', { 别的: 'hit' })],
    });
    const missing = join(folder, 'missing.json');
    const result = await runCli(['lexicon', 'test', missing, broken, await file('no.json', '{"a":1}')]);
    expect(result.code).toBe(2);
    expect(result.stdout).toContain('保息: has to hit "别的", but does not');
    expect(result.stderr).toContain(`countersign: ${missing}: there is no such file`);
    expect(result.stderr).toContain(
      `${broken}: "向个人转账" names the entry "没有的词条", which is not in this lexicon, or is switched off`,
    );
    expect(result.stderr).toContain('it has to be a list of terms');
    expect(result.stdout).toContain(': 1 fails; 1 lexicon has problems; 2 files could not be used\n');
    expect(await runCli(['lexicon', 'test', missing])).toMatchObject({
      code: 2,
      stdout: 'nothing was tested; 1 file could not be used\n',
      stderr: `countersign: ${missing}: there is no such file.\n`,
    });
    expect((await runCli(['lexicon', 'test'])).code).toBe(2);
    expect((await runCli(['lexicon', 'test', folder])).code).toBe(2);
  });

  it('refuses a file with a rule that could only be left out, as scan does', async () => {
    const rule = { rule: { kind: 'any-of', operands: [{ kind: 'words', words: ['转账'] }] } };
    const twice = await file('twice.json', { terms: ['保本', { text: '保本', options: rule }] });
    const sentence =
      'term number 2, "保本", has the same text as an entry further up, and one of the two is a rule';
    const archive = await file('none.jsonl', '');
    for (const command of [
      ['lexicon', 'test', twice],
      ['scan', '--lexicon', twice, archive],
    ]) {
      const result = await runCli(command);
      expect({ code: result.code, says: result.stderr.includes(sentence) }).toEqual({ code: 2, says: true });
    }
    const nameless = await file('nameless.json', { terms: [{ text: '', options: rule }] });
    expect((await runCli(['lexicon', 'test', nameless])).stderr).toContain(
      'term number 1 is a rule without a name',
    );
  });

  it('says what it is that leads back to itself', async () => {
    const itself = { kind: 'any-of', operands: [{ kind: 'term', text: '甲' }] };
    const own = await file('own.json', { terms: [{ text: '甲', options: { rule: itself } }] });
    expect((await runCli(['lexicon', 'test', own])).stderr).toBe(`${own}: "甲" refers to itself\n`);
    const parts = await file('parts.json', {
      settings: { components: [{ character: '保', parts: '亻保' }] },
      terms: ['保本'],
    });
    const result = await runCli(['scan', '--lexicon', parts, await file('none.jsonl', '')]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(
      `${parts}: its settings can't be used: the lexicon's components take "保"`,
    );
  });

  it('says of a broken lexicon without failing examples that it has problems, in sentences', async () => {
    const broken = await file('sentences.json', {
      settings: {
        aliasesOff: [{ target: '微信', written: ['vx', '围信'] }],
        components: [{ character: '保', parts: '亻保' }],
      },
      terms: [
        { text: '保本', options: { notWhen: [{ phrase: '保本' }] } },
        { text: '保证收益' },
        { text: '保證收益' },
        {
          text: '甲',
          options: {
            rule: { kind: 'any-of', operands: [{ kind: 'pattern', pattern: '(?=a)' }] },
          },
        },
      ],
    });
    const result = await runCli(['lexicon', 'test', broken]);
    expect(result.code).toBe(2);
    expect(result.stdout).toMatch(/: no example fails, but 1 lexicon has problems\n$/);
    expect(result.stderr.trim().split('\n')).toEqual([
      `${broken}: "保證收益" reads the same as "保证收益" once folded: both hit together`,
      `${broken}: "保本" contradicts itself: an exemption is the entry itself, so it never hits`,
      `${broken}: "甲" has a wrong regular expression: look-ahead and look-behind are not supported`,
      `${broken}: the lexicon's components take "保" apart into parts that lead back to it`,
      `${broken}: "aliasesOff" of the lexicon's settings has "围信 → 微信", which is not in the built-in table; remove it`,
    ]);
  });
});
