import { useLocation } from 'react-router';

import type { MaterialId } from '../../../core/contract/ids.ts';
import { MaterialScreen } from './material-screen.tsx';
import { MaterialsList } from './materials-list.tsx';
import { readMaterialPath } from './paths.ts';

/** What is to be published: all of it, or one material with its draft and versions. */
export function MaterialsScreen() {
  const { pathname } = useLocation();
  const { id, section } = readMaterialPath(pathname);
  return id === null ? (
    <MaterialsList />
  ) : (
    <MaterialScreen key={id} id={id satisfies MaterialId} section={section} />
  );
}
