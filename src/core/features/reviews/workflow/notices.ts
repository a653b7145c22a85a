import { z } from 'zod';

import type { ApprovalId, Milliseconds, ReviewId, UserId } from '../../../contract/ids.ts';
import type { Reader, Writer } from '../../../platform/database/connection.ts';
import type { Services } from '../../../platform/services.ts';
import type { NoticeView } from './contract.ts';
import { selectActiveDelegations } from './delegation-repository.ts';
import type { NoticeKind } from './model.ts';
import { countUnread, insertNotices, selectNotices } from './notice-repository.ts';

const NoticeKey = z.uuid();
const Params = z.record(z.string(), z.string());

export interface Notice {
  /** What it is about: with the kind and the person it is told once. */
  readonly about: string;
  readonly kind: NoticeKind;
  readonly to: readonly UserId[];
  readonly reviewId: ReviewId | null;
  readonly approvalId?: ApprovalId;
  readonly params?: Readonly<Record<string, string>>;
}

/** Tells people, in the transaction of what they are told. */
export async function tell(
  writer: Writer,
  services: Pick<Services, 'ids' | 'clock'>,
  notice: Notice,
  at: Milliseconds = services.clock.now(),
): Promise<void> {
  await insertNotices(
    writer,
    [...new Set(notice.to)].map((userId) => ({
      id: services.ids.next(NoticeKey),
      key: `${notice.about}:${notice.kind}:${userId}`,
      user_id: userId,
      kind: notice.kind,
      review_id: notice.reviewId,
      approval_id: notice.approvalId ?? null,
      params: JSON.stringify(notice.params ?? {}),
      at,
      read_at: null,
    })),
  );
}

/** These people, and whoever stands in for them now. */
export async function withDelegates(
  reader: Reader,
  users: readonly UserId[],
  at: Milliseconds,
): Promise<readonly UserId[]> {
  const standIns = (await selectActiveDelegations(reader, at)).filter((row) => users.includes(row.from_user));
  return [...new Set([...users, ...standIns.map((row) => row.to_user)])];
}

export async function loadNotices(
  reader: Reader,
  userId: UserId,
  unreadOnly: boolean,
): Promise<{ readonly notices: NoticeView[]; readonly unread: number }> {
  const rows = await selectNotices(reader, userId, unreadOnly);
  return {
    unread: await countUnread(reader, userId),
    notices: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      reviewId: row.review_id,
      approvalId: row.approval_id,
      materialId: row.material_id,
      title: row.title ?? '',
      params: Params.parse(JSON.parse(row.params)),
      at: row.at,
      readAt: row.read_at,
    })),
  };
}
