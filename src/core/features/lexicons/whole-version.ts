import { AppError } from '../../contract/errors.ts';
import type { Reader } from '../../platform/database/connection.ts';
import type { LexiconSettings } from '../screening/rules/model.ts';
import type { TermInput } from './contract.ts';
import { settingsOf } from './options.ts';
import { selectLexicon, selectVersion } from './repository.ts';
import { selectAllTerms } from './term-repository.ts';
import { WarningList, createTermReview } from './term-rules.ts';
import type { TriedVersion } from './tried-version.ts';
import type { ExportVersion, VersionContent } from './try-protocol.ts';
import { hashVersion, termOf } from './views.ts';
import { type ExportedFile, writeLexicon } from './write-lexicon.ts';

// What needs all of a version at once. A lexicon may have 200,000 entries, so this runs in the thread that tries lexicons.

/** What publishing says of the terms: how many there are, their hash, and what deserves a look. */
export function contentOfTerms(settings: LexiconSettings, terms: readonly TermInput[]): VersionContent {
  const warnings = new WarningList();
  const review = createTermReview(warnings);
  for (const term of terms) if (term.enabled && term.options.rule === null) review(term.text, null);
  return {
    terms: terms.length,
    contentHash: hashVersion(settings, terms),
    warnings: warnings.all(),
  };
}

export function contentOf({ settings, entries, disabled }: TriedVersion): VersionContent {
  return contentOfTerms(settings, [...entries.map(({ term }) => term), ...disabled]);
}

/** Writes a version as a file. Throws `not-found`. */
export async function exportVersion(
  reader: Reader,
  { versionId, format }: ExportVersion,
): Promise<ExportedFile> {
  const version = await selectVersion(reader, versionId);
  const lexicon = version === undefined ? undefined : await selectLexicon(reader, version.lexicon_id);
  if (version === undefined || lexicon === undefined) {
    throw new AppError(
      'not-found',
      'There is no such version of a lexicon: the draft may have been discarded.',
      { id: versionId },
    );
  }
  const { name, description } = lexicon;
  const terms = (await selectAllTerms(reader, versionId)).map(termOf);
  const settings = settingsOf(version.settings);
  return writeLexicon({ name, description, number: version.number, settings, terms }, format);
}
