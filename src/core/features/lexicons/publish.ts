import { AppError } from '../../contract/errors.ts';
import type { LexiconId, LexiconVersionId } from '../../contract/ids.ts';
import type { Writer } from '../../platform/database/connection.ts';
import { type Actor, recordAudit } from '../audit/index.ts';
import type { LexiconWarning } from './contract.ts';
import { type LexiconServices, requireDraft } from './drafts.ts';
import { settingsOf } from './options.ts';
import { markPublished, selectLastChange } from './repository.ts';
import { brokenRules, failedExamples } from './rule-check.ts';
import { selectAllTerms } from './term-repository.ts';
import type { Trier } from './trier.ts';
import type { CheckedVersion } from './try-protocol.ts';
import { loadLexicon, termOf } from './views.ts';
import { contentOfTerms } from './whole-version.ts';

/**
 * Throws `lexicon-invalid` while a rule of the version can't work, `examples-failed` while an example fails. Answers what was
 * checked, for `publishDraft`.
 */
export async function requireSound(trier: Trier, versionId: LexiconVersionId): Promise<CheckedVersion> {
  const checked = await trier.check({ versionId, publishing: true });
  const { problems } = checked;
  const [examples, broken] = [
    problems.filter(({ kind }) => kind === 'example-fails'),
    problems.filter(({ kind }) => kind !== 'example-fails'),
  ];
  if (broken.length > 0) throw brokenRules(broken);
  if (examples.length > 0) throw failedExamples(examples);
  return checked;
}

/**
 * Makes the lexicon's draft its newest published version. `checked` is what `requireSound` found sound; null where the terms come
 * with the app: they are few. Throws `conflict` where the draft has changed since, `lexicon-nothing-to-publish` where its terms are
 * those of the version before, and `lexicon-published` where somebody published it meanwhile.
 */
export async function publishDraft(
  writer: Writer,
  services: LexiconServices,
  actor: Actor,
  request: { readonly lexiconId: LexiconId; readonly versionId: LexiconVersionId },
  checked: Pick<CheckedVersion, 'change' | 'content'> | null,
): Promise<LexiconWarning[]> {
  const version = await requireDraft(writer, request.versionId);
  if (version.lexicon_id !== request.lexiconId) {
    throw new AppError('not-found', 'This draft belongs to another lexicon.', { id: request.versionId });
  }
  if (checked !== null && (await selectLastChange(writer, version.lexicon_id)) !== checked.change) {
    throw new AppError('conflict', 'Somebody changed the draft meanwhile. Look at it, then publish again.', {
      id: request.versionId,
    });
  }
  const { published } = await loadLexicon(writer, request.lexiconId);
  const { terms, contentHash, warnings } =
    checked?.content ??
    contentOfTerms(settingsOf(version.settings), (await selectAllTerms(writer, version.id)).map(termOf));
  const unchanged = published === null ? terms === 0 : published.contentHash === contentHash;
  if (unchanged) {
    throw new AppError(
      'lexicon-nothing-to-publish',
      published === null
        ? 'The draft has no terms yet. Add some, then publish.'
        : `The draft has the same terms as version ${published.number}. Change something, or discard it.`,
      { id: request.lexiconId },
    );
  }
  await markPublished(writer, version.id, { contentHash, at: services.clock.now(), by: actor.userId });
  await recordAudit(writer, services.clock, actor, {
    action: 'lexicons.publish',
    recordKind: 'lexicon',
    recordId: request.lexiconId,
    before: published === null ? undefined : { number: published.number, contentHash: published.contentHash },
    after: { number: version.number, contentHash },
    details: { number: version.number, terms, contentHash },
  });
  return [...warnings];
}
