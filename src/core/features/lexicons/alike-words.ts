import type { LexiconVersionId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { foldText } from '../screening/index.ts';
import { selectVersion } from './repository.ts';
import { selectWords, selectWordsChangedSince } from './term-repository.ts';
import type { FindAlike } from './try-protocol.ts';

/** The words of a draft by how they read once folded, as of one count of its changes. */
interface Known {
  readonly versionId: LexiconVersionId;
  changes: number;
  readonly texts: Map<string, Set<string>>;
}

/**
 * Answers another word of a draft that reads the same once folded, or null. The first question about a draft reads all of
 * its words, later ones what was changed since: somebody who adds a hundred words to 200,000 waits once.
 */
export function createAlikeWords(reader: Reader): (request: FindAlike) => Promise<string | null> {
  let known: Known | null = null;

  async function update(versionId: LexiconVersionId): Promise<Known | null> {
    const version = await selectVersion(reader, versionId);
    if (version === undefined) return null;
    const before = known?.versionId === versionId ? known : null;
    const current = before ?? { versionId, changes: -1, texts: new Map<string, Set<string>>() };
    known = current;
    if (current.changes === version.changes) return current;
    for (const text of await selectWordsChangedSince(reader, versionId, current.changes)) {
      const folded = foldText(text);
      const texts = current.texts.get(folded);
      if (texts === undefined) current.texts.set(folded, new Set([text]));
      else texts.add(text);
    }
    current.changes = version.changes;
    return current;
  }

  return async ({ versionId, id, text }) => {
    const texts = [...((await update(versionId))?.texts.get(foldText(text)) ?? [])];
    if (texts.length <= 1) return null;
    // What was renamed or removed is still among them.
    const words = await selectWords(reader, versionId, texts);
    return words.find((row) => row.id !== id)?.text ?? null;
  };
}
