import { describe, expect, it } from 'vitest';

import { contract, type ProcedureName } from '../../core/contract/index.ts';
import { familiesOf, familyOf, topicsOfEnded } from './families.ts';

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

  it('refetches lists and counts when a job ended, stopped or not, and nothing while it works', () => {
    const families = familiesOf(topicsOfEnded({ kind: 'import', state: 'cancelled' }));
    for (const name of ['archive.imports', 'archive.summary', 'supervision.summary'] as const)
      expect(families).toContain(familyOf(name));
    expect(familiesOf(topicsOfEnded({ kind: 'screening', state: 'failed' }))).toContain(
      familyOf('supervision.runs'),
    );
    expect(topicsOfEnded({ kind: 'import', state: 'running' })).toEqual([]);
  });
});
