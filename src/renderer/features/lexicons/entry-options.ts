import type {
  DetectorName,
  EntryOptions,
  Operand,
  RuleDefinition,
  Scope,
} from '../../../core/features/screening/rules/model.ts';
import { type FoldName, foldNames } from '../../../core/features/screening/model.ts';

// The model's schemas stay out of the renderer's bundle (zod's compiler trips over the page's policy), so their defaults
// and lists stand here again; the compiler compares them.

export type RuleKind = RuleDefinition['kind'];
/** What an entry can be: its own text, or a rule of this kind. */
export type EntryKind = 'word' | RuleKind;
export type OperandKind = Operand['kind'];

const entryKindOrder: Readonly<Record<EntryKind, number>> = {
  word: 0,
  near: 1,
  'all-of': 2,
  'any-of': 3,
  pattern: 4,
  detector: 5,
  required: 6,
};
export const entryKinds: readonly EntryKind[] = orderedKeys(entryKindOrder);

const operandKindOrder: Readonly<Record<OperandKind, number>> = {
  words: 0,
  term: 1,
  pattern: 2,
  detector: 3,
};
export const operandKinds: readonly OperandKind[] = orderedKeys(operandKindOrder);

const detectorOrder: Readonly<Record<DetectorName, number>> = {
  'id-card': 0,
  'bank-card': 1,
  mobile: 2,
  landline: 3,
  email: 4,
  url: 5,
  'wechat-id': 6,
  amount: 7,
  rate: 8,
};
export const detectors: readonly DetectorName[] = orderedKeys(detectorOrder);

function orderedKeys<Key extends string>(order: Readonly<Record<Key, number>>): readonly Key[] {
  // `Object.keys` of a record forgets what its keys are.
  return (Object.keys(order) as Key[]).toSorted((a, b) => order[a] - order[b]);
}

export const anyScope: Scope = { speaker: 'any', channel: 'any', kinds: null, hours: null, branches: null };

/** A plain word: nothing said beyond its text. */
export const plainOptions: EntryOptions = {
  rule: null,
  foldsOn: [],
  foldsOff: [],
  wholeWord: false,
  fillers: null,
  acrossSentences: false,
  initials: false,
  scope: anyScope,
  notWhen: [],
  examples: [],
  suggestion: '',
};

export function kindOf(options: Pick<EntryOptions, 'rule'>): EntryKind {
  return options.rule?.kind ?? 'word';
}

export function newOperand(kind: OperandKind): Operand {
  switch (kind) {
    case 'words':
      return { kind, words: [] };
    case 'term':
      return { kind, text: '' };
    case 'pattern':
      return { kind, pattern: '', ignoreCase: true };
    case 'detector':
      return { kind, detector: 'id-card', allow: [], deny: [] };
  }
}

/** A rule with its blanks still to be filled in; null for a word. */
export function newRule(kind: EntryKind): RuleDefinition | null {
  const words = () => newOperand('words');
  switch (kind) {
    case 'word':
      return null;
    case 'near':
      return { kind, first: words(), second: words(), within: 10, ordered: false };
    case 'all-of':
      return { kind, operands: [words(), words()], window: 'message' };
    case 'any-of':
      return { kind, operands: [words()] };
    case 'pattern':
      return { kind, pattern: '', ignoreCase: true };
    case 'detector':
      return { kind, detector: 'id-card', allow: [], deny: [] };
    case 'required':
      return { kind, when: words(), productTypes: [], disclosures: [words()], within: null };
  }
}

/** The folds that an entry really has: the lexicon's, with its own differences. */
export function foldsOf(
  options: Pick<EntryOptions, 'foldsOn' | 'foldsOff'>,
  lexiconFolds: readonly FoldName[],
): ReadonlySet<FoldName> {
  const folds = new Set([...lexiconFolds, ...options.foldsOn]);
  for (const fold of options.foldsOff) folds.delete(fold);
  return folds;
}

/** The same entry with one fold on or off; only what differs from the lexicon's own is written down. */
export function withFold(
  options: EntryOptions,
  lexiconFolds: readonly FoldName[],
  fold: FoldName,
  on: boolean,
): EntryOptions {
  const without = (list: readonly FoldName[]) => list.filter((name) => name !== fold);
  const inOrder = (list: readonly FoldName[]) => foldNames.filter((name) => list.includes(name));
  const differs = lexiconFolds.includes(fold) !== on;
  return {
    ...options,
    foldsOn: inOrder([...without(options.foldsOn), ...(differs && on ? [fold] : [])]),
    foldsOff: inOrder([...without(options.foldsOff), ...(differs && !on ? [fold] : [])]),
  };
}

/** How many conditions a scope sets. */
export function scopeSize(scope: Scope): number {
  return [
    scope.speaker !== 'any',
    scope.channel !== 'any',
    scope.kinds !== null,
    scope.hours !== null,
    scope.branches !== null,
  ].filter(Boolean).length;
}
