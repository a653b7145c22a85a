import type { HandoverId, ImportId } from '../../../../core/contract/ids.ts';
import { useCan, useProcedure } from '../../../api/hooks.ts';

/** The import that brought a file in, by the feed and the file's name as sources name them; null where it can't be told. */
export function useImportedFiles(id: HandoverId): (feed: string, file: string) => ImportId | null {
  const mayRead = useCan()('archive:read');
  const evidence = useProcedure('handovers.evidence', { id }, { enabled: mayRead });
  const byName = new Map(
    // Of two files with one name the newest stands: it is the one that is looked for.
    (evidence.data?.files ?? [])
      .toSorted((a, b) => a.importedAt - b.importedAt)
      .map((file) => [`${file.feed} ${file.name}`, file.importId]),
  );
  return (feed, file) => byName.get(`${feed} ${file}`) ?? null;
}
