import { createHash } from 'node:crypto';

import { AppError } from '../../contract/errors.ts';
import type { LexiconId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { canonicalJson, systemActor } from '../audit/index.ts';
import type { LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconVersionView, LexiconView, TermInput, TermView } from './contract.ts';
import { type Severity, severities } from './model.ts';
import { areSettingsOfOld, compactOptions, optionsOf, settingsOf, storedSettings } from './options.ts';
import {
  type LexiconRow,
  type VersionRow,
  selectCurrentVersions,
  selectLexicon,
  selectLexicons,
} from './repository.ts';
import type { TermRow } from './term-repository.ts';

/** What a row says of a term, as a person writes it. */
export function termOf(
  row: Pick<TermRow, 'text' | 'category' | 'severity' | 'basis' | 'note' | 'enabled' | 'options'>,
): TermInput {
  const { text, category, basis, note } = row;
  return {
    text,
    category,
    severity: severityOfRank(row.severity),
    basis,
    note,
    enabled: row.enabled === 1,
    options: optionsOf(row.options),
  };
}

export function severityOfRank(rank: number): Severity {
  const severity = severities[rank];
  // The table's CHECK allows nothing else.
  if (severity === undefined) throw new Error(`no severity has the rank ${rank}`);
  return severity;
}

export function termView(row: TermRow): TermView {
  return { id: row.id, key: row.key, revision: row.revision, ...termOf(row) };
}

export function versionView(row: VersionRow): LexiconVersionView {
  return {
    id: row.id,
    lexiconId: row.lexicon_id,
    number: row.number,
    state: row.state,
    termCount: row.term_count,
    settings: settingsOf(row.settings),
    settingsRevision: row.settings_revision,
    contentHash: row.content_hash,
    createdAt: row.created_at,
    createdBy: row.created_by_name ?? systemActor.displayName,
    publishedAt: row.published_at,
    publishedBy: row.published_at === null ? null : (row.published_by_name ?? systemActor.displayName),
  };
}

function lexiconView(row: LexiconRow, versions: readonly VersionRow[]): LexiconView {
  const find = (state: VersionRow['state']) => {
    const version = versions.find((candidate) => candidate.state === state);
    return version === undefined ? null : versionView(version);
  };
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    origin: row.origin,
    active: row.active === 1,
    published: find('published'),
    draft: find('draft'),
  };
}

export async function listLexicons(reader: Reader): Promise<LexiconView[]> {
  const versions = Map.groupBy(await selectCurrentVersions(reader, null), (version) => version.lexicon_id);
  return (await selectLexicons(reader)).map((row) => lexiconView(row, versions.get(row.id) ?? []));
}

export async function loadLexicon(reader: Reader, id: LexiconId): Promise<LexiconView> {
  const row = await selectLexicon(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such lexicon.', { id });
  return lexiconView(row, await selectCurrentVersions(reader, id));
}

/**
 * SHA-256 over the canonical JSON of a version: its settings, then the terms, a line each, sorted: the same terms have the
 * same hash in any order. Settings and options from before there were any are left out, so that old hashes still hold.
 */
export function hashVersion(settings: LexiconSettings, terms: readonly TermInput[]): string {
  const hash = createHash('sha256');
  if (!areSettingsOfOld(settings)) hash.update(`{"settings":${storedSettings(settings)}}\n`);
  const lines = terms.map(({ text, category, severity, basis, note, enabled, options }) => {
    const stated = compactOptions(options);
    const plain = Object.keys(stated).length === 0;
    return canonicalJson({
      text,
      category,
      severity,
      basis,
      note,
      enabled,
      ...(plain ? {} : { options: stated }),
    });
  });
  for (const line of lines.toSorted()) hash.update(`${line}\n`);
  return hash.digest('hex');
}
