import { useLocation } from 'react-router';

import { readTemplatePath } from './paths.ts';
import { TemplateList } from './template-list.tsx';
import { TemplateScreen } from './template-screen.tsx';

/** By which stages materials are reviewed: all templates, or one of them. */
export function TemplatesScreen() {
  const { pathname } = useLocation();
  const { id, versions } = readTemplatePath(pathname);
  return id === null ? <TemplateList /> : <TemplateScreen key={id} id={id} versions={versions} />;
}
