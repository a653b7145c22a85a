import { useMemo } from 'react';

import type { AuditEventView } from '../../../core/features/audit/contract.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { withVisibleMarks } from '../../components/invisible.ts';
import { employeeName } from '../handovers/names.ts';
import { titleOf } from '../imports/import-title.ts';

type RecordOf = Pick<AuditEventView, 'recordKind' | 'recordId'>;

/** An id in few characters, for records that have no name. */
function shortId(id: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? `…${id.slice(-8)}` : id;
}

/**
 * What people call the records of the log: a user's name, a lexicon's, an import's first file, a handover's leaver. The log itself keeps ids
 * only; names are looked up as they are today, and only for those who may read them.
 */
export function useRecordNames(): (record: RecordOf) => string {
  const can = useCan();
  const users = useProcedure('users.list', {}, { enabled: can('users:read') }).data;
  const lexicons = useProcedure('lexicons.list', {}, { enabled: can('lexicons:read') }).data;
  const imports = useProcedure('archive.imports', { limit: 200 }, { enabled: can('archive:read') }).data;
  const handovers = useProcedure('handovers.list', {}, { enabled: can('handovers:read') }).data?.handovers;
  const names = useMemo(
    () =>
      new Map<string, string>([
        ...(users ?? []).map((user) => [`user ${user.id}`, withVisibleMarks(user.displayName)] as const),
        ...(lexicons ?? []).map(
          (lexicon) => [`lexicon ${lexicon.id}`, withVisibleMarks(lexicon.name)] as const,
        ),
        ...(imports ?? []).map((view) => [`import ${view.id}`, titleOf(view)] as const),
        ...(handovers ?? []).map(({ id, leaver }) => [`handover ${id}`, employeeName(leaver)] as const),
      ]),
    [users, lexicons, imports, handovers],
  );
  return ({ recordKind, recordId }) => names.get(`${recordKind} ${recordId}`) ?? shortId(recordId);
}
