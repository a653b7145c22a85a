import { sql } from 'kysely';

import type { ImportFileId, PersonId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';

/** More lines than this no person reads; the totals are exact beyond it. */
const mostRows = 10_000;
const mostRanges = 200_000;
const mostDangling = 100_000;

export async function listSequences(reader: Reader, files: readonly ImportFileId[]) {
  return reader
    .selectFrom('import_sequences')
    .select(['first', 'last', 'employee_id', 'at'])
    .where('file_id', 'in', files)
    .limit(mostRanges)
    .execute();
}

export async function listUndecryptable(reader: Reader, files: readonly ImportFileId[]) {
  return reader
    .selectFrom('import_undecryptable')
    .select(['employee_id', 'at'])
    .where('file_id', 'in', files)
    .limit(mostDangling)
    .execute();
}

export async function countUndecryptable(reader: Reader, files: readonly ImportFileId[]): Promise<number> {
  const row = await reader
    .selectFrom('import_undecryptable')
    .select((builder) => builder.fn.countAll<number>().as('count'))
    .where('file_id', 'in', files)
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** Revokes of messages that the archive does not have, with the employee of the conversation where the sender is none. */
export async function listDanglingRevokes(reader: Reader, files: readonly ImportFileId[]) {
  return reader
    .selectFrom('messages')
    .leftJoin('people', 'people.id', 'messages.sender_id')
    .select((builder) => [
      'messages.sent_at',
      sql<PersonId | null>`CASE WHEN people.kind = 'employee' THEN people.id ELSE ${builder
        .selectFrom('conversation_members as members')
        .innerJoin('people as others', 'others.id', 'members.person_id')
        .select((inner) => inner.fn.min('others.id').as('id'))
        .whereRef('members.conversation_id', '=', 'messages.conversation_id')
        .where('others.kind', '=', 'employee')} END`.as('employee_id'),
    ])
    .where('messages.revokes', 'is not', null)
    .where('messages.file_id', 'in', files)
    .where((builder) =>
      builder.not(
        builder.exists(
          builder
            .selectFrom('messages as revoked')
            .select('revoked.id')
            .whereRef('revoked.msgid', '=', 'messages.revokes'),
        ),
      ),
    )
    .limit(mostDangling)
    .execute();
}

/** Messages, and customers who never agreed to being archived or took it back, per employee and day. Newest day first. */
export async function listContactDays(reader: Reader, files: readonly ImportFileId[]) {
  return reader
    .selectFrom('import_contacts')
    .leftJoin('consents', (join) =>
      join.onRef('consents.person_id', '=', 'import_contacts.customer_id').on('consents.agreed', '=', 1),
    )
    .select((builder) => [
      'import_contacts.employee_id',
      'import_contacts.day',
      builder.fn.sum<number>('import_contacts.messages').as('messages'),
      sql<number>`count(DISTINCT CASE WHEN import_contacts.customer_id <> 0 AND consents.person_id IS NULL
        THEN import_contacts.customer_id END)`.as('without_consent'),
    ])
    .where('import_contacts.file_id', 'in', files)
    .groupBy(['import_contacts.employee_id', 'import_contacts.day'])
    .orderBy('import_contacts.day', 'desc')
    .orderBy('import_contacts.employee_id')
    .limit(mostRows)
    .execute();
}
