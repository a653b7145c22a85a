import { describe, expect, it } from 'vitest';

import { contract, type ProcedureName } from '../../core/contract/index.ts';
import { familiesOf, familyOf } from './families.ts';

describe('query families', () => {
  it('has one for every procedure of the contract', () => {
    for (const name of Object.keys(contract) as ProcedureName[]) expect(familyOf(name)).not.toBe('');
  });

  it('keeps imports apart from the archive, so that progress does not refetch conversations', () => {
    expect(familyOf('archive.imports')).toBe('imports');
    expect(familyOf('archive.conversations')).toBe('archive');
  });

  it('refetches the summary of hits when messages came or lexicons changed', () => {
    expect(familiesOf(['archive'])).toContain(familyOf('supervision.summary'));
    expect(familiesOf(['lexicons'])).toContain(familyOf('supervision.summary'));
    expect(familiesOf(['users'])).not.toContain(familyOf('supervision.summary'));
  });
});
