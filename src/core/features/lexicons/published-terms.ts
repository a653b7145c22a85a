import { AppError } from '../../contract/errors.ts';
import type { LexiconId, LexiconVersionId, TermId, TermKey } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';
import type { Severity } from './model.ts';
import { optionsOf, settingsOf } from './options.ts';
import { selectVersion } from './repository.ts';
import { selectEnabledTerms, selectPublishedVersions } from './term-repository.ts';
import { severityOfRank } from './views.ts';

export interface PublishedTerm {
  readonly id: TermId;
  readonly key: TermKey;
  readonly text: string;
  readonly category: string;
  readonly severity: Severity;
  readonly basis: string;
  readonly options: EntryOptions;
}

export interface PublishedLexicon {
  readonly versionId: LexiconVersionId;
  readonly lexiconId: LexiconId;
  readonly name: string;
  readonly number: number;
  readonly settings: LexiconSettings;
  readonly terms: readonly PublishedTerm[];
}

/** What screening looks for: the newest published version of all active lexicons (null), or of those named. */
export async function loadPublishedTerms(
  reader: Reader,
  lexiconIds: readonly LexiconId[] | null,
): Promise<PublishedLexicon[]> {
  const lexicons: PublishedLexicon[] = [];
  for (const version of await selectPublishedVersions(reader, lexiconIds)) {
    lexicons.push({
      ...version,
      settings: settingsOf(version.settings),
      terms: await loadVersionTerms(reader, version.versionId),
    });
  }
  return lexicons;
}

/** The ids of the versions that `loadPublishedTerms` would load: published ones never change, so equal ids are equal terms. */
export async function publishedVersionIds(reader: Reader): Promise<LexiconVersionId[]> {
  return (await selectPublishedVersions(reader, null)).map(({ versionId }) => versionId);
}

/** The enabled terms of one version, in their order. */
export async function loadVersionTerms(
  reader: Reader,
  versionId: LexiconVersionId,
): Promise<PublishedTerm[]> {
  return (await selectEnabledTerms(reader, versionId)).map(
    ({ id, key, text, category, severity, basis, options }) => ({
      id,
      key,
      text,
      category,
      severity: severityOfRank(severity),
      basis,
      options: optionsOf(options),
    }),
  );
}

/** The folds, aliases and components of one version, draft or published. Throws `not-found`. */
export async function loadVersionSettings(
  reader: Reader,
  versionId: LexiconVersionId,
): Promise<LexiconSettings> {
  const version = await selectVersion(reader, versionId);
  if (version === undefined) {
    throw new AppError('not-found', 'There is no such version of a lexicon.', { id: versionId });
  }
  return settingsOf(version.settings);
}
