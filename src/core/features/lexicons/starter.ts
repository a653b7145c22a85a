import { LexiconId, TermKey } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import { columnsOf, openDraft } from './drafts.ts';
import { publishDraft } from './publish.ts';
import { insertLexicon, selectNames, updateTermCount } from './repository.ts';
import { readStarterPacks } from './starter-packs.ts';
import { insertTerms } from './term-repository.ts';

/**
 * Makes a lexicon of each starter pack and publishes it as version 1, so that a new workspace can screen at once. A pack
 * whose name is there already is left alone: calling it again changes nothing.
 */
export async function installStarterLexicons(
  services: Pick<Services, 'connection' | 'clock' | 'ids' | 'resources'>,
  actor: Actor,
): Promise<void> {
  const packs = await readStarterPacks(services.resources);
  await services.connection.query.transaction().execute(async (writer) => {
    const names = await selectNames(writer);
    for (const pack of packs) {
      if (names.has(pack.name.zh)) continue;
      const id = services.ids.next(LexiconId);
      const lexicon = {
        id,
        name: pack.name.zh,
        description: pack.description.zh,
        origin: 'starter',
      } as const;
      await insertLexicon(writer, { ...lexicon, created_at: services.clock.now() });
      await recordAudit(writer, services.clock, actor, {
        action: 'lexicons.create',
        recordKind: 'lexicon',
        recordId: id,
        after: lexicon,
        details: { pack: pack.id },
      });
      const versionId = await openDraft(writer, services, id, actor.userId);
      await insertTerms(
        writer,
        pack.terms.map((term) => ({
          version_id: versionId,
          key: services.ids.next(TermKey),
          ...columnsOf(term, null),
        })),
      );
      await updateTermCount(writer, versionId);
      await publishDraft(writer, services, actor, { lexiconId: id, versionId }, null);
    }
  });
}
