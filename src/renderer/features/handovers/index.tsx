import { useLocation } from 'react-router';

import { HandoverScreen } from './handover-screen.tsx';
import { HandoversOverview } from './overview/overview.tsx';
import { readHandoverPath } from './paths.ts';

/** Who leaves and what passes on: all handovers, or one. */
export function HandoversScreen() {
  const { pathname } = useLocation();
  const id = readHandoverPath(pathname);
  return id === null ? <HandoversOverview /> : <HandoverScreen key={id} id={id} />;
}
