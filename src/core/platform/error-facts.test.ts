import { describe, expect, test } from 'vitest';

import { errorFacts } from './error-facts.ts';

function mistake(message: string, ...calls: readonly string[]): Error {
  const error = new RangeError(message);
  error.stack = [`RangeError: ${message}`, ...calls.map((call) => `    at ${call}`)].join('\n');
  return error;
}

describe('what the log says of a mistake', () => {
  test.each([
    ['read (file:///home/wang/app/read.ts:1:2)', 'read (read.ts:1:2)'],
    ['read (/Users/Wang Xiaoming/app/read.ts:1:2)', 'read (read.ts:1:2)'],
    ['C:\\Users\\Wang Xiaoming (HR)\\app\\read.js:1:2', 'read.js:1:2'],
    ['Reader.read [as next] (C:\\Users\\Wang (HR)\\read.js:1:2)', 'Reader.read [as next] (read.js:1:2)'],
    ['async Promise.all (index 0)', 'async Promise.all (index 0)'],
    ['new Reader (node:fs:12:3)', 'new Reader (node:fs:12:3)'],
  ])('has the call %s without its folder', (call, expected) => {
    expect(errorFacts(mistake('x', call)).at).toEqual([expected]);
  });

  test('has nothing of its message, not even where that looks like a call', () => {
    const error = mistake('王小明\n    at 银行 (x.ts:1:2)', 'read (/app/read.ts:1:2)');
    expect(errorFacts(error)).toEqual({ name: 'RangeError', code: null, at: ['read (read.ts:1:2)'] });
  });

  test('has no calls where the message was replaced: what is left of the old one can’t be told from them', () => {
    const error = mistake('王小明\n    at 银行 (x.ts:1:2)', 'read (/app/read.ts:1:2)');
    error.message = 'something else';
    expect(errorFacts(error)).toEqual({ name: 'RangeError', code: null, at: [] });
  });

  test('has the code of an error of Node or SQLite, and nothing of what is no error', () => {
    expect(errorFacts(Object.assign(mistake('x'), { code: 'SQLITE_BUSY' })).code).toBe('SQLITE_BUSY');
    expect(errorFacts('王小明')).toEqual({ name: 'unknown', code: null, at: [] });
  });
});
