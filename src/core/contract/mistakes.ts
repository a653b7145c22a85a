// What is wrong with what somebody wrote, told by name: a schema's own messages are English for programmers ("expected array to
// have >=1 items"). The renderer has a sentence for each kind under `errors.mistake.`.

export const mistakeKinds = [
  'unknown-key',
  'unknown-key-for',
  'misplaced-key',
  'missing',
  'missing-choice',
  'wrong-type',
  'no-choice',
  'empty-text',
  'short-text',
  'long-text',
  'short-list',
  'long-list',
  'small-number',
  'large-number',
  'no-time',
  'unusable',
] as const;
export type MistakeKind = (typeof mistakeKinds)[number];

/** What may be expected; the renderer has a word for each under `errors.mistakeType.`. */
export const mistakeTypes = [
  'text',
  'number',
  'whole-number',
  'yes-or-no',
  'list',
  'object',
  'value',
] as const;
export type MistakeType = (typeof mistakeTypes)[number];

export interface Mistake {
  readonly mistake: MistakeKind;
  /** Where: `options.rule.within`; of an unknown key, with that key. */
  readonly path: string;
  /** Of an unknown key: the object that has it, and the key; and the key that it may be meant for. */
  readonly object: string;
  readonly key: string;
  readonly lacking: string;
  readonly expected: MistakeType;
  /** The values that can be used. */
  readonly choices: string;
  readonly limit: number;
  /** What was written, shortened; empty where it is not to be repeated. */
  readonly found: string;
}

/** What zod says of a mistake, as far as it is used here. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly expected?: unknown;
  readonly keys?: readonly string[];
  readonly values?: readonly unknown[];
  readonly options?: unknown;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly pattern?: string | undefined;
}

/** Longest piece of what was written in a sentence, in characters. */
const shown = 30;

/** The mistake that tells most: a misspelt key before the one that is missing for it, else the first. */
export function mistakeOf(issues: readonly Issue[], input: unknown): Mistake {
  const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
  const first: Issue = unknown ?? issues[0] ?? { path: [] };
  const { path } = first;
  const object = path.map(String).join('.');
  const value = valueAt(input, path);
  const base: Omit<Mistake, 'mistake'> = {
    path: object,
    object,
    key: '',
    lacking: '',
    expected: 'value',
    choices: '',
    limit: 0,
    found: shortened(value),
  };
  const of = (mistake: MistakeKind, more: Partial<Mistake> = {}): Mistake => ({ mistake, ...base, ...more });
  switch (first.code ?? '') {
    case 'unrecognized_keys': {
      const key = first.keys?.[0] ?? '';
      const missing = issues.find(
        (issue) => isIn(issue.path, path) && valueAt(input, issue.path) === undefined && issue !== first,
      );
      const lacking = String(missing?.path.at(-1) ?? '');
      const whole = [...path, key].map(String).join('.');
      return of(missing === undefined ? 'unknown-key' : 'unknown-key-for', { path: whole, key, lacking });
    }
    case 'invalid_type': {
      const expected = typeOf(first.expected);
      return of(value === undefined ? 'missing' : 'wrong-type', { expected });
    }
    case 'invalid_value':
    case 'invalid_union': {
      const list = first.values ?? first.options;
      if (!Array.isArray(list)) return of('unusable');
      return of(value === undefined ? 'missing-choice' : 'no-choice', {
        choices: list.map(String).join(', '),
      });
    }
    case 'too_small': {
      const limit = Number(first.minimum);
      if (first.origin === 'string') return of(value === '' ? 'empty-text' : 'short-text', { limit });
      return of(first.origin === 'array' ? 'short-list' : 'small-number', { limit });
    }
    case 'too_big': {
      const limit = Number(first.maximum);
      if (first.origin === 'string') return of('long-text', { limit });
      return of(first.origin === 'array' ? 'long-list' : 'large-number', { limit });
    }
    case 'invalid_format':
      return of(first.pattern?.includes('[0-5]\\d') === true ? 'no-time' : 'unusable');
    default:
      return of('unusable');
  }
}

/** A key that stands beside the object that it belongs into. */
export function misplacedKey(key: string, object: string): Mistake {
  const rest = { lacking: '', expected: 'value', choices: '', limit: 0, found: '' } as const;
  return { mistake: 'misplaced-key', path: key, object, key, ...rest };
}

/** Whether a path names something right in the object with the other path. */
function isIn(path: readonly PropertyKey[], object: readonly PropertyKey[]): boolean {
  return path.length === object.length + 1 && object.every((part, index) => part === path[index]);
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([key]) => key === String(part))?.[1];
  }
  return value;
}

function typeOf(expected: unknown): MistakeType {
  switch (expected) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'int':
      return 'whole-number';
    case 'boolean':
      return 'yes-or-no';
    case 'array':
      return 'list';
    case 'object':
    case 'record':
      return 'object';
    default:
      return 'value';
  }
}

/** Of a list or an object just that it is one: it may be of any size and depth. */
function shortened(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'object') return Array.isArray(value) ? '[…]' : '{…}';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const text = String(value);
  const characters = Array.from(text.slice(0, shown * 4));
  return characters.length > shown ? `${characters.slice(0, shown).join('')}…` : characters.join('');
}

const typeWords: Readonly<Record<MistakeType, string>> = {
  text: 'a text',
  number: 'a number',
  'whole-number': 'a whole number',
  'yes-or-no': 'true or false',
  list: 'a list',
  object: 'an object',
  value: 'something else',
};

/** The mistake as a sentence in English, without a full stop. */
export function describeMistake(mistake: Mistake): string {
  const { object, key, lacking, choices, limit, found } = mistake;
  const path = mistake.path === '' ? 'it' : mistake.path;
  const type = typeWords[mistake.expected];
  const butNot = (quote: '"' | '') => (found === '' ? '' : `, not ${quote}${found}${quote}`);
  switch (mistake.mistake) {
    case 'unknown-key':
      return `${object === '' ? 'there is' : `${object} has`} no key "${key}"`;
    case 'unknown-key-for':
      return `${object === '' ? 'there is' : `${object} has`} no key "${key}", and "${lacking}" is missing`;
    case 'misplaced-key':
      return `"${key}" belongs into "${object}"`;
    case 'missing':
      return `${path} is missing; it has to be ${type}`;
    case 'missing-choice':
      return `${path} is missing; it has to be one of ${choices}`;
    case 'wrong-type':
      return `${path} has to be ${type}${butNot('')}`;
    case 'no-choice':
      return `${path} has to be one of ${choices}${butNot('"')}`;
    case 'empty-text':
      return `${path} is an empty text`;
    case 'short-text':
      return `${path} needs ${limit} characters or more`;
    case 'long-text':
      return `${path} has more than ${limit} characters`;
    case 'short-list':
      return `${path} has to list ${limit} or more`;
    case 'long-list':
      return `${path} lists more than ${limit}`;
    case 'small-number':
      return `${path} has to be ${limit} or more${butNot('')}`;
    case 'large-number':
      return `${path} has to be ${limit} or less${butNot('')}`;
    case 'no-time':
      return `${path} has to be a time such as 09:30${butNot('"')}`;
    case 'unusable':
      return `${path} can't be used as it is written`;
  }
}
