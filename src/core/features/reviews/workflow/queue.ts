import type { Milliseconds, ReviewId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { readTemplate } from '../templates/index.ts';
import type { QueueFilter, QueueRow, QueueTab } from './contract.ts';
import { selectActiveDelegations } from './delegation-repository.ts';
import {
  type QueueQuery,
  countQueue,
  selectQueue,
  selectQueueRows,
  selectSeats,
  selectTemplateContents,
} from './queue-repository.ts';

const noFilter: QueueFilter = { text: '', types: [], risks: [], states: [], branch: '' };

/** In whose places somebody may sit now: their own, and those of whom they stand in for. */
async function seatsOf(reader: Reader, userId: UserId, now: Milliseconds): Promise<readonly UserId[]> {
  const rows = await selectActiveDelegations(reader, now, userId);
  return [userId, ...rows.map((row) => row.from_user)];
}

export async function loadQueue(
  reader: Reader,
  userId: UserId,
  now: Milliseconds,
  request: {
    readonly tab: QueueTab;
    readonly filter: QueueFilter;
    readonly offset: number;
    readonly limit: number;
  },
): Promise<{ readonly rows: QueueRow[]; readonly total: number }> {
  const seats = await seatsOf(reader, userId, now);
  const query: QueueQuery = { tab: request.tab, filter: request.filter, userId, seats, now };
  const ids = await selectQueue(reader, query, request);
  return { rows: await loadQueueRows(reader, ids, seats, now), total: await countQueue(reader, query) };
}

export async function loadQueueRowsFor(
  reader: Reader,
  ids: readonly ReviewId[],
  userId: UserId,
  now: Milliseconds,
): Promise<QueueRow[]> {
  return loadQueueRows(reader, ids, await seatsOf(reader, userId, now), now);
}

export async function loadCounts(reader: Reader, userId: UserId, now: Milliseconds) {
  const seats = await seatsOf(reader, userId, now);
  const count = (tab: QueueTab) => countQueue(reader, { tab, filter: noFilter, userId, seats, now });
  return {
    mine: await count('mine'),
    overdue: await count('overdue'),
    waiting: await count('waiting'),
    all: await count('all'),
  };
}

async function loadQueueRows(
  reader: Reader,
  ids: readonly ReviewId[],
  seats: readonly UserId[],
  now: Milliseconds,
): Promise<QueueRow[]> {
  const rows = new Map((await selectQueueRows(reader, ids)).map((row) => [row.id, row]));
  const waiting = Map.groupBy(await selectSeats(reader, ids), (row) => row.review_id);
  const contents = await selectTemplateContents(
    reader,
    [...rows.values()].map((row) => row.template_version_id),
  );
  const templates = new Map([...contents].map(([id, content]) => [id, readTemplate(content)]));
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (row === undefined) return [];
    const template = templates.get(row.template_version_id);
    const people = (waiting.get(id) ?? []).map((person) => ({ id: person.id, name: person.name }));
    return [
      {
        id,
        materialId: row.material_id,
        title: row.title,
        type: row.type,
        branch: row.branch,
        risk: row.risk,
        state: row.state,
        versionId: row.version_id,
        versionNumber: row.version_number,
        templateName: template?.name ?? '',
        stageName: template?.stages.find(({ key }) => key === row.stage_key)?.name ?? null,
        stuck: row.stuck === 1,
        submittedBy: { id: row.submitted_by, name: row.submitter_name },
        openedAt: row.opened_at,
        stageOpenedAt: row.stage_opened_at,
        deadlineAt: row.deadline_at,
        overdue: row.closed_at === null && row.deadline_at !== null && row.deadline_at <= now,
        closedAt: row.closed_at,
        waitingFor: people,
        mine: people.some((person) => seats.includes(person.id)),
        blocks: row.blocks ?? 0,
        openThreads: row.open_threads ?? 0,
      },
    ];
  });
}
