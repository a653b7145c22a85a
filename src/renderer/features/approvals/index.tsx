import { useLocation } from 'react-router';

import { ApprovalDetail } from './approval-detail.tsx';
import { readApprovalPath } from './paths.ts';
import { Register } from './register.tsx';

/** What may be published and until when: the register of approvals, or one of them. */
export function ApprovalsScreen() {
  const { pathname } = useLocation();
  const id = readApprovalPath(pathname);
  return id === null ? <Register /> : <ApprovalDetail key={id} id={id} />;
}
