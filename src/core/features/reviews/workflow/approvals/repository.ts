import { type ExpressionBuilder, type Insertable, sql } from 'kysely';

import type { ApprovalId, MaterialId, Milliseconds, ReviewId } from '../../../../contract/ids.ts';
import type { Reader, Writer } from '../../../../platform/database/connection.ts';
import type { Tables } from '../../../../platform/database/schema.ts';
import type { ApprovalState } from './model.ts';

/** Most uses of one approval that are listed. */
const mostUses = 5_000;

function approvals(reader: Reader) {
  return reader
    .selectFrom('approvals')
    .innerJoin('materials', 'materials.id', 'approvals.material_id')
    .innerJoin('material_versions as version', 'version.id', 'approvals.version_id')
    .leftJoin('approval_withdrawals as withdrawal', 'withdrawal.approval_id', 'approvals.id')
    .leftJoin('users as withdrawer', 'withdrawer.id', 'withdrawal.withdrawn_by')
    .selectAll('approvals')
    .select([
      'materials.type',
      'materials.created_by as preparer_id',
      'version.number as version_number',
      'version.title',
      'withdrawal.at as withdrawn_at',
      'withdrawal.reason as withdrawal_reason',
      'withdrawal.withdrawn_by',
      'withdrawal.told',
      'withdrawer.display_name as withdrawer_name',
    ]);
}

export type ApprovalRecordRow = NonNullable<Awaited<ReturnType<typeof selectApproval>>>;

export async function selectApproval(reader: Reader, id: ApprovalId) {
  return approvals(reader).where('approvals.id', '=', id).executeTakeFirst();
}

export async function selectApprovalOfReview(reader: Reader, id: ReviewId) {
  return reader
    .selectFrom('approvals')
    .select(['id', 'number'])
    .where('review_id', '=', id)
    .executeTakeFirst();
}

/** The approvals of a material that were not withdrawn, newest first. */
export async function selectStandingApprovals(reader: Reader, id: MaterialId) {
  return approvals(reader)
    .where('approvals.material_id', '=', id)
    .where('withdrawal.at', 'is', null)
    .orderBy('approvals.approved_at', 'desc')
    .limit(500)
    .execute();
}

export interface ApprovalQuery {
  readonly text: string;
  readonly states: readonly ApprovalState[];
  readonly materialId: MaterialId | null;
  readonly year: number | null;
  readonly now: Milliseconds;
}

/** Newest first. */
export async function selectApprovals(
  reader: Reader,
  query: ApprovalQuery,
  page: { readonly offset: number; readonly limit: number },
): Promise<readonly ApprovalRecordRow[]> {
  return approvals(reader)
    .where((builder) => matches(builder, query))
    .orderBy('approvals.approved_at', 'desc')
    .orderBy('approvals.id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

export async function countApprovals(reader: Reader, query: ApprovalQuery): Promise<number> {
  const row = await reader
    .selectFrom('approvals')
    .innerJoin('materials', 'materials.id', 'approvals.material_id')
    .innerJoin('material_versions as version', 'version.id', 'approvals.version_id')
    .leftJoin('approval_withdrawals as withdrawal', 'withdrawal.approval_id', 'approvals.id')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where((builder) => matches(builder, query))
    .executeTakeFirstOrThrow();
  return row.count;
}

type Columns = ExpressionBuilder<
  Tables & {
    version: Tables['material_versions'];
    withdrawal: { [Key in keyof Tables['approval_withdrawals']]: Tables['approval_withdrawals'][Key] };
  },
  'approvals' | 'materials' | 'version' | 'withdrawal'
>;

function matches(builder: Columns, { text, states, materialId, year, now }: ApprovalQuery) {
  const withdrawn = builder('withdrawal.at', 'is not', null);
  const standing = builder('withdrawal.at', 'is', null);
  const is = (state: ApprovalState) => {
    switch (state) {
      case 'withdrawn':
        return withdrawn;
      case 'valid':
        return builder.and([standing, builder('approvals.expires_at', '>', now)]);
      case 'expired':
        return builder.and([standing, builder('approvals.expires_at', '<=', now)]);
    }
  };
  const contains = (column: 'approvals.number' | 'version.title') =>
    builder(builder.fn<number>('instr', [column, builder.val(text)]), '>', 0);
  return builder.and([
    ...(states.length === 0 ? [] : [builder.or(states.map(is))]),
    ...(materialId === null ? [] : [builder('approvals.material_id', '=', materialId)]),
    ...(year === null ? [] : [builder('approvals.year', '=', year)]),
    ...(text === '' ? [] : [builder.or([contains('approvals.number'), contains('version.title')])]),
  ]);
}

/** The next number of that year. Taken back with the transaction that it is in, so that none is lost. */
export async function takeNumber(writer: Writer, year: number): Promise<number> {
  const row = await writer
    .insertInto('approval_numbers')
    .values({ year, last: 1 })
    .onConflict((conflict) => conflict.column('year').doUpdateSet({ last: sql`approval_numbers.last + 1` }))
    .returning('last')
    .executeTakeFirstOrThrow();
  return row.last;
}

export async function insertApproval(writer: Writer, row: Insertable<Tables['approvals']>): Promise<void> {
  await writer.insertInto('approvals').values(row).execute();
}

export async function insertWithdrawal(
  writer: Writer,
  row: Insertable<Tables['approval_withdrawals']>,
): Promise<void> {
  await writer.insertInto('approval_withdrawals').values(row).execute();
}

export async function selectUses(reader: Reader, id: ApprovalId) {
  return reader
    .selectFrom('approval_uses')
    .innerJoin('users', 'users.id', 'approval_uses.recorded_by')
    .selectAll('approval_uses')
    .select('users.display_name as recorded_by_name')
    .where('approval_uses.approval_id', '=', id)
    .orderBy('approval_uses.used_at')
    .orderBy('approval_uses.id')
    .limit(mostUses)
    .execute();
}

export async function insertUse(writer: Writer, row: Insertable<Tables['approval_uses']>): Promise<void> {
  await writer.insertInto('approval_uses').values(row).execute();
}

/** Approvals that were not withdrawn and expire up to `until`, for which `kind` has not fired. */
export async function selectExpiring(reader: Reader, kind: 'expiring' | 'expired', until: Milliseconds) {
  return approvals(reader)
    .leftJoin('fired_deadlines as fired', (join) =>
      join.on(({ eb, ref, val }) =>
        eb('fired.key', '=', sql<string>`${ref('approvals.id')} || ${val(`:${kind}`)}`),
      ),
    )
    .where('fired.key', 'is', null)
    .where('withdrawal.at', 'is', null)
    .where('approvals.expires_at', '<=', until)
    .limit(1_000)
    .execute();
}
