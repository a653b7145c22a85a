import type { Database } from 'better-sqlite3';

import type { ApprovalId, MaterialId, MaterialVersionId } from '../../../contract/ids.ts';

// Reading approved texts one by one on the synchronous handle, for whoever matches thousands of messages with them.

export interface StoredText {
  readonly id: number;
  readonly versionId: MaterialVersionId;
  readonly part: string;
  readonly text: string;
}

export interface StoredApproval {
  readonly id: ApprovalId;
  readonly number: string;
  readonly versionId: MaterialVersionId;
  readonly materialId: MaterialId;
  readonly versionNumber: number;
  readonly title: string;
  readonly approvedAt: number;
  readonly expiresAt: number;
  readonly withdrawnAt: number | null;
}

export interface PublicationSource {
  /** Throws where there is none. */
  text(id: number): StoredText;
  /** All approvals of the version, those that were withdrawn too. */
  approvals(versionId: MaterialVersionId): readonly StoredApproval[];
  /** At most `limit` texts with an id above that one, in order. */
  textsAfter(id: number, limit: number): readonly StoredText[];
}

/** Prepares reading what was approved. */
export function preparePublicationSource(connection: { readonly handle: Database }): PublicationSource {
  const columns = 'SELECT id, version_id AS versionId, part, text FROM publication_texts';
  const text = connection.handle.prepare<[number], StoredText>(`${columns} WHERE id = ?`);
  const after = connection.handle.prepare<[number, number], StoredText>(
    `${columns} WHERE id > ? ORDER BY id LIMIT ?`,
  );
  const approvals = connection.handle.prepare<[string], StoredApproval>(
    `SELECT approvals.id, approvals.number, approvals.version_id AS versionId, approvals.material_id AS materialId,
       version.number AS versionNumber, version.title, approvals.approved_at AS approvedAt,
       approvals.expires_at AS expiresAt, withdrawal.at AS withdrawnAt
     FROM approvals JOIN material_versions AS version ON version.id = approvals.version_id
       LEFT JOIN approval_withdrawals AS withdrawal ON withdrawal.approval_id = approvals.id
     WHERE approvals.version_id = ? ORDER BY approvals.approved_at, approvals.id`,
  );
  return {
    text(id) {
      const found = text.get(id);
      if (found === undefined) throw new Error(`there is no approved text ${id}`);
      return found;
    },
    approvals: (versionId) => approvals.all(versionId),
    textsAfter: (id, limit) => after.all(id, limit),
  };
}
