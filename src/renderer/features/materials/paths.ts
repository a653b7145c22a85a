import type { MaterialId } from '../../../core/contract/ids.ts';

export const materialSections = ['edit', 'versions'] as const;
export type MaterialSection = (typeof materialSections)[number];

const isId = (text: string): text is MaterialId => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** `/materials`, `/materials/<id>`, `/materials/<id>/versions`. */
export function readMaterialPath(pathname: string): {
  readonly id: MaterialId | null;
  readonly section: MaterialSection;
} {
  const [, , id = '', part] = pathname.split('/');
  return {
    id: isId(id) ? id : null,
    section: materialSections.find((section) => section === part) ?? 'edit',
  };
}

export function pathOfMaterial(id: MaterialId, section: MaterialSection = 'edit'): string {
  return section === 'edit' ? `/materials/${id}` : `/materials/${id}/${section}`;
}
