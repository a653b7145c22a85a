import type { ProcedureOutput } from '../../../core/contract/index.ts';

/** The parts of a lexicon's page, each with an address of its own. */
export const sections = ['terms', 'workbench', 'backtests', 'settings'] as const;
export type Section = (typeof sections)[number];

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** What led to the entry that the address names: it is shown as well as chosen; null where it was chosen in the list itself. */
export type LedBy = 'problem' | 'hit';

/** Reads it from what a navigation carries along. */
export function ledBy(state: unknown): LedBy | null {
  return state === 'problem' || state === 'hit' ? state : null;
}

/** Which lexicon and which part of its page an address names. */
export function readPath(pathname: string): { readonly lexiconId: string | null; readonly section: Section } {
  const [, lexiconId = null, part] = /^\/lexicons\/([0-9a-f-]{36})(?:\/(\w+))?\/?$/.exec(pathname) ?? [];
  return { lexiconId, section: sections.find((section) => section === part) ?? 'terms' };
}

/** The address of a part of a lexicon's page, with the version that is shown. */
export function pathOf(lexiconId: Lexicon['id'], section: Section, versionId: string | null = null): string {
  const path = section === 'terms' ? `/lexicons/${lexiconId}` : `/lexicons/${lexiconId}/${section}`;
  return versionId === null ? path : `${path}?version=${versionId}`;
}
