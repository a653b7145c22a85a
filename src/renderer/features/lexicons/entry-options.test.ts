import { describe, expect, it } from 'vitest';

import { EntryOptions, RuleDefinition, Scope } from '../../../core/features/screening/rules/model.ts';
import { foldSets } from '../../../core/features/screening/model.ts';
import {
  anyScope,
  entryKinds,
  foldsOf,
  newRule,
  plainOptions,
  scopeSize,
  withFold,
} from './entry-options.ts';

describe('entry options', () => {
  it('begin as the model has them', () => {
    expect(plainOptions).toEqual(EntryOptions.parse({}));
    expect(anyScope).toEqual(Scope.parse({}));
  });

  it('offer every kind of rule that the model has', () => {
    const kinds = RuleDefinition.options.map((option) => option.shape.kind.value);
    expect(entryKinds.filter((kind) => kind !== 'word').toSorted()).toEqual(kinds.toSorted());
    for (const kind of kinds) expect(newRule(kind)?.kind).toBe(kind);
    expect(newRule('word')).toBeNull();
  });

  it('store only the folds that differ from the lexicon', () => {
    const lexicon = foldSets.standard;
    const added = withFold(plainOptions, lexicon, 'homophones', true);
    expect(added).toMatchObject({ foldsOn: ['homophones'], foldsOff: [] });
    expect(foldsOf(added, lexicon).has('homophones')).toBe(true);
    expect(withFold(added, lexicon, 'homophones', false)).toEqual(plainOptions);
    const without = withFold(plainOptions, lexicon, 'filler', false);
    expect(without).toMatchObject({ foldsOn: [], foldsOff: ['filler'] });
    expect(foldsOf(without, lexicon).has('filler')).toBe(false);
    expect(withFold(without, lexicon, 'filler', true)).toEqual(plainOptions);
  });

  it('count the conditions of a scope', () => {
    expect(scopeSize(anyScope)).toBe(0);
    expect(scopeSize({ ...anyScope, speaker: 'customer', hours: { from: '18:00', to: '09:00' } })).toBe(2);
  });
});
