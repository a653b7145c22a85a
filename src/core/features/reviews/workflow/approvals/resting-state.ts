import type { MaterialId, MaterialVersionId, Milliseconds } from '../../../../contract/ids.ts';
import type { Reader, Writer } from '../../../../platform/database/connection.ts';
import { selectStandingApprovals } from './repository.ts';
import { setMaterialState } from '../../material/index.ts';

/**
 * Says where a material stands while no review of it is open: approved while any of its approvals holds, expired where the last
 * that was not withdrawn has ended, else `otherwise`.
 */
export async function restMaterial(
  writer: Writer,
  id: MaterialId,
  now: Milliseconds,
  otherwise: 'draft' | 'withdrawn',
): Promise<void> {
  const standing = await selectStandingApprovals(writer, id);
  const holds = standing.some((approval) => now < approval.expires_at);
  await setMaterialState(writer, id, holds ? 'approved' : standing.length > 0 ? 'expired' : otherwise);
}

/** The version of a material that may be published now: that of its newest approval that holds. */
export async function findApproved(
  reader: Reader,
  id: MaterialId,
  now: Milliseconds,
): Promise<MaterialVersionId | null> {
  const standing = await selectStandingApprovals(reader, id);
  return standing.find((approval) => now < approval.expires_at)?.version_id ?? null;
}
