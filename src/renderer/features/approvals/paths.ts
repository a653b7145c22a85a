import type { ApprovalId } from '../../../core/contract/ids.ts';

const isId = (text: string): text is ApprovalId => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** The approval that `/approvals/<id>` or `/approvals/<id>/print` names; null: the register. */
export function readApprovalPath(pathname: string): ApprovalId | null {
  const id = pathname.split('/')[2] ?? '';
  return isId(id) ? id : null;
}
