import { describe, expect, test } from 'vitest';

import { day } from '../../../../../test/support/feeds.ts';
import { MaterialId, ReviewId } from '../../../contract/ids.ts';
import type { CaseRow, MaterialRow, ReviewRow } from './app-repository.ts';
import { type Assignments, caseRows, materialRows } from './app-rows.ts';

const openingAt = day('2026-03-01');
const nobody: Assignments = new Map();

const assignedTo = (id: string, taker: string | null): Assignments =>
  new Map([[id, { class: 'materials', item: id, taker, note: '', by: '何明月', at: day('2026-03-20') }]]);

const materialId = MaterialId.parse('019b0000-0000-7000-8000-000000000001');

const material = (change: Partial<MaterialRow> = {}): MaterialRow => ({
  id: materialId,
  title: '春季理财海报',
  state: 'draft',
  draft_differs: 0,
  created_at: day('2026-01-10'),
  updated_at: day('2026-01-11'),
  retired_at: null,
  created_by: '李娜',
  updated_by: '李娜',
  retired_by: null,
  approval_ended_at: null,
  ...change,
});

describe('a material of the leaver’s', () => {
  test.each(['draft', 'in-review', 'returned', 'approved'] as const)('that is %s needs a taker', (state) => {
    expect(materialRows([material({ state })], nobody, openingAt)).toMatchObject([
      { id: materialId, name: '春季理财海报', outcome: 'unexplained', why: 'not-assigned' },
    ]);
  });

  test('passes by being assigned, until that is taken back', () => {
    const [row] = materialRows([material()], assignedTo(materialId, 'wuhao'), openingAt);
    expect(row).toMatchObject({ outcome: 'takenOver', taker: 'wuhao', at: day('2026-03-20') });
    expect(row?.sources.map(({ says }) => says)).toEqual(['material-created', 'assigned']);
    expect(materialRows([material()], assignedTo(materialId, null), openingAt)).toMatchObject([
      { outcome: 'unexplained' },
    ]);
  });

  test('that was retired since the opening needs nobody; before, it is no part of it', () => {
    const retired = (at: string) => material({ state: 'retired', retired_at: day(at), retired_by: '何明月' });
    expect(materialRows([retired('2026-03-05')], nobody, openingAt)).toMatchObject([
      { outcome: 'invalid', why: 'material-retired', at: day('2026-03-05') },
    ]);
    expect(materialRows([retired('2026-02-05')], nobody, openingAt)).toEqual([]);
    expect(materialRows([retired('2026-03-05')], nobody, null)).toEqual([]);
  });

  test('whose approval has run out needs nobody, unless its draft goes on', () => {
    const expired = { state: 'expired', approval_ended_at: day('2026-03-10') } as const;
    expect(materialRows([material(expired)], nobody, openingAt)).toMatchObject([
      { outcome: 'invalid', why: 'material-expired', at: day('2026-03-10') },
    ]);
    expect(materialRows([material({ ...expired, draft_differs: 1 })], nobody, openingAt)).toMatchObject([
      { outcome: 'unexplained' },
    ]);
  });
});

describe('a case of the leaver’s', () => {
  const hit = (change: Partial<CaseRow> = {}): CaseRow => ({
    id: 'hit:7',
    name: '保本保息',
    state: 'open',
    arose_at: day('2026-02-10'),
    decided_at: null,
    decided_by: null,
    ...change,
  });

  test('that is open or escalated needs a taker', () => {
    expect(caseRows([hit()], [], nobody, openingAt)).toMatchObject([
      { id: 'hit:7', name: '保本保息', outcome: 'unexplained', why: 'case-hit-open' },
    ]);
    const escalated = hit({ id: 'finding:a', name: '', state: 'escalated', decided_at: day('2026-02-12') });
    expect(caseRows([escalated], [], nobody, openingAt)).toMatchObject([
      { outcome: 'unexplained', why: 'case-finding-open' },
    ]);
    expect(caseRows([hit()], [], assignedTo('hit:7', 'wuhao'), openingAt)).toMatchObject([
      { outcome: 'takenOver', taker: 'wuhao' },
    ]);
  });

  test('that was decided since the opening is settled; before, it is no part of it', () => {
    const decided = (at: string) => hit({ state: 'dismissed', decided_at: day(at), decided_by: '何明月' });
    expect(caseRows([decided('2026-03-05')], [], nobody, openingAt)).toMatchObject([
      { outcome: 'invalid', why: 'case-decided', at: day('2026-03-05') },
    ]);
    expect(caseRows([decided('2026-02-12')], [], nobody, openingAt)).toEqual([]);
  });

  const review: ReviewRow = {
    id: ReviewId.parse('019b0000-0000-7000-8000-000000000002'),
    name: '春季理财海报',
    stage_opened_at: day('2026-03-02'),
    opened_at: day('2026-02-20'),
    submitted_by: '赵一',
    released_at: null,
  };

  test('may be a review that waits for the leaver', () => {
    expect(caseRows([], [review], nobody, openingAt)).toMatchObject([
      { id: `review:${review.id}`, outcome: 'unexplained', why: 'case-review-open' },
    ]);
  });

  test('that is a review stays in the balance once it waits no more; before the opening it is no part of it', () => {
    const released = (at: string) => [{ ...review, stage_opened_at: null, released_at: day(at) }];
    const [row, ...none] = caseRows([], released('2026-03-09'), nobody, openingAt);
    expect(row).toMatchObject({ outcome: 'invalid', why: 'case-review-over', at: day('2026-03-09') });
    expect(row?.sources.map(({ says, at }) => [says, at])).toEqual([
      ['case-review', day('2026-02-20')],
      ['case-review-over', day('2026-03-09')],
    ]);
    expect(none).toEqual([]);
    expect(caseRows([], released('2026-02-25'), nobody, openingAt)).toEqual([]);
    expect(caseRows([], released('2026-03-09'), nobody, null)).toEqual([]);
    expect(
      caseRows([], released('2026-03-09'), assignedTo(`review:${review.id}`, 'wuhao'), openingAt),
    ).toMatchObject([{ outcome: 'takenOver', taker: 'wuhao' }]);
  });
});
