import type { WorkflowTemplateId } from '../../../core/contract/ids.ts';

const isId = (text: string): text is WorkflowTemplateId =>
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** `/templates`, `/templates/<id>`, `/templates/<id>/versions`. */
export function readTemplatePath(pathname: string): {
  readonly id: WorkflowTemplateId | null;
  readonly versions: boolean;
} {
  const [, , id = '', part] = pathname.split('/');
  return { id: isId(id) ? id : null, versions: part === 'versions' };
}
