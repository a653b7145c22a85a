/**
 * What makes a password too weak, after NIST SP 800-63B §5.1.1.2: a length and a list of what everybody tries, and no
 * rules about kinds of characters, which make passwords worse. Ten characters rather than its eight, since a copied
 * database can be guessed at without the throttle.
 */
export const minimumPasswordLength = 10;

export type PasswordProblem = 'too-short' | 'contains-name' | 'repeated' | 'sequence' | 'common';

/** Words that a guesser tries first here: the product, what it is for, and the usual ones. */
const commonWords = [
  'password',
  'passw0rd',
  'countersign',
  'huiqiantai',
  'compliance',
  'administrator',
  'admin',
  'welcome',
  'changeme',
  'letmein',
  'iloveyou',
  'woaini',
  'qwerty',
  'asdfgh',
  'zxcvbn',
  'abc123',
  'a123456',
  'test',
  'demo',
  'user',
  'bank',
  'root',
  'login',
  'secret',
  'master',
  '会签台',
  '密码',
  '管理员',
];

/** Rows of the keyboard and the alphabet: a run along one of them is a sequence. */
const rows = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];

/** Everything that is wrong with a password; empty when it may be used. */
export function passwordProblems(password: string, names: readonly string[]): readonly PasswordProblem[] {
  const text = password.normalize('NFKC').toLowerCase();
  const problems: PasswordProblem[] = [];
  if ([...text].length < minimumPasswordLength) problems.push('too-short');
  if (names.some((name) => name.length >= 3 && text.includes(name.toLowerCase())))
    problems.push('contains-name');
  if (isRepeated(text)) problems.push('repeated');
  else if (isSequence(text)) problems.push('sequence');
  else if (isCommon(text)) problems.push('common');
  return problems;
}

/** The same one to four characters over and over: `aaaaaaaaaa`, `abcabcabcabc`. */
function isRepeated(text: string): boolean {
  return /^(.{1,4})\1+(.{0,3})$/u.test(text) && new Set(text).size <= 4;
}

/** Nothing but steps along a row, in either direction: `1234567890`, `qwertyuiop`, `987654321abc`. */
function isSequence(text: string): boolean {
  let along = 0;
  for (let index = 1; index < text.length; index += 1) {
    const pair = text.slice(index - 1, index + 1);
    const back = [...pair].toReversed().join('');
    if (rows.some((row) => row.includes(pair) || row.includes(back))) along += 1;
  }
  // Two breaks allowed: `qwertyuiop123` is one run after another.
  return text.length > 3 && along >= text.length - 3;
}

/** A common word with only digits, punctuation or two letters around it: `Password2026!`. */
function isCommon(text: string): boolean {
  let rest = text;
  for (const word of commonWords) rest = rest.replaceAll(word, '');
  return rest.length < text.length && rest.replaceAll(/[^\p{L}]/gu, '').length <= 2;
}
