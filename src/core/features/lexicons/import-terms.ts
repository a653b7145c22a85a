import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { type BlobId, type LexiconId, type LexiconVersionId, TermKey } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { BlobStore } from '../../platform/blobs/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Entry, LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconWarning, TermInput } from './contract.ts';
import { type LexiconServices, columnsOf, startDraft } from './drafts.ts';
import { type LexiconFile, type TermDefaults, readLexiconFile } from './lexicon-file.ts';
import { type LexiconProblem, maxLexiconBytes, maxTerms } from './model.ts';
import { newSettings, optionsOf, sameOptions, storedSettings } from './options.ts';
import { countChange, updateSettings, updateTermCount } from './repository.ts';
import { brokenRules, checkRules } from './rule-check.ts';
import { fileSettings, takesSettings } from './settings-changes.ts';
import type { FileSettings } from './settings-contract.ts';
import { mergeOptions } from './table-options.ts';
import { type TermRow, deleteTerms, insertTerms, selectAllTerms } from './term-repository.ts';
import { WarningList } from './term-rules.ts';
import { hashVersion, loadLexicon, termOf } from './views.ts';

/** Reads an uploaded lexicon. Throws as `readLexiconFile` does, and `file-too-large`. */
export async function readLexiconBlob(
  blobs: BlobStore,
  blobId: BlobId,
  fileName: string,
  defaults: TermDefaults,
): Promise<LexiconFile> {
  const size = await blobs.size(blobId);
  if (size > maxLexiconBytes) {
    throw new AppError('file-too-large', `${fileName} is larger than ${maxLexiconBytes} bytes. Split it.`, {
      limit: maxLexiconBytes,
    });
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of await blobs.read(blobId)) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return readLexiconFile(Buffer.concat(chunks), fileName, defaults);
}

export interface ImportedTerms {
  readonly versionId: LexiconVersionId;
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly settings: FileSettings;
  readonly warnings: readonly LexiconWarning[];
}

/** What an import of a file would do about its settings, in either mode. */
export interface SettingsPreview {
  readonly add: FileSettings;
  readonly replace: FileSettings;
}

/** Compares a file's settings with those of the lexicon's draft, or of the draft that an import would start. Throws `not-found`. */
export async function previewSettings(
  reader: Reader,
  lexiconId: LexiconId,
  file: LexiconFile,
): Promise<SettingsPreview> {
  const { draft, published } = await loadLexicon(reader, lexiconId);
  const from = draft ?? published;
  const base = { settings: from?.settings ?? newSettings, terms: from?.termCount ?? 0 };
  return {
    add: fileSettings(base, file.settings, 'add'),
    replace: fileSettings(base, file.settings, 'replace'),
  };
}

/**
 * Brings a file's terms into the lexicon's draft. `add` keeps what the file does not name, `replace` removes it, but for rules
 * where the file is none that can have any. A term
 * that stays keeps its key, so that its hits stay its hits. The file's settings are taken as `takesSettings` says.
 */
export async function importTerms(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: { readonly lexiconId: LexiconId; readonly mode: 'add' | 'replace'; readonly fileName: string },
  file: LexiconFile,
): Promise<ImportedTerms> {
  const draft = await startDraft(writer, services, user, request.lexiconId);
  const before = await selectAllTerms(writer, draft.id);
  const plan = planImport(before, file, request.mode);
  const settings =
    file.settings !== null && takesSettings(before.length, request.mode) ? file.settings : draft.settings;
  // Rows in another order are no change to whoever looks, but another hash.
  const settingsDiffer = storedSettings(settings) !== storedSettings(draft.settings);
  if (plan.total > maxTerms) {
    throw new AppError(
      'lexicon-invalid',
      `With this file the lexicon would have ${plan.total} terms; it holds at most ${maxTerms}. Use another lexicon.`,
      { limit: maxTerms, total: plan.total, problem: 'too-many-terms' satisfies LexiconProblem },
    );
  }
  const gone = new Set([...plan.removed, ...plan.changed.map(({ row }) => row)].map((row) => row.id));
  const entries: Entry[] = [
    ...before.filter((row) => !gone.has(row.id)).map(termOf),
    ...plan.changed.map(({ term }) => term),
    ...plan.added,
  ];
  const warnings = problemWarnings(entries, settings);
  const change = await countChange(writer, draft.id, { at: services.clock.now(), by: user.userId });
  // A changed term is written anew, as the same row: somebody may be changing it just now.
  await deleteTerms(
    writer,
    draft.id,
    [...plan.removed, ...plan.changed.map(({ row }) => row)].map((row) => row.id),
  );
  await insertTerms(writer, [
    ...plan.changed.map(({ row, term }) => ({
      id: row.id,
      version_id: draft.id,
      key: row.key,
      ...columnsOf(term, change),
    })),
    ...plan.added.map((term) => ({
      version_id: draft.id,
      key: services.ids.next(TermKey),
      ...columnsOf(term, change),
    })),
  ]);
  await updateTermCount(writer, draft.id);
  if (settingsDiffer) await updateSettings(writer, draft.id, storedSettings(settings), change);
  const after = await selectAllTerms(writer, draft.id);
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.importTerms',
    recordKind: 'lexicon',
    recordId: request.lexiconId,
    before: hashVersion(draft.settings, before.map(termOf)),
    after: hashVersion(settings, after.map(termOf)),
    details: {
      version: draft.number,
      mode: request.mode,
      added: plan.added.length,
      updated: plan.changed.length,
      removed: plan.removed.length,
      terms: after.length,
      settings: settingsDiffer,
    },
  });
  return {
    versionId: draft.id,
    added: plan.added.length,
    updated: plan.changed.length,
    unchanged: file.terms.length - plan.added.length - plan.changed.length,
    settings: fileSettings({ settings: draft.settings, terms: before.length }, file.settings, request.mode),
    warnings,
  };
}

/** Throws `lexicon-invalid` where entries can't work; a rule that names an entry that is not there may still get it. */
function problemWarnings(entries: readonly Entry[], settings: LexiconSettings): LexiconWarning[] {
  const { problems } = checkRules(entries, settings);
  const broken = problems.filter(({ kind }) => kind !== 'missing-term');
  if (broken.length > 0) throw brokenRules(broken);
  const warnings = new WarningList();
  for (const { entry, detail } of problems) warnings.add('missing-term', null, `${entry}: ${detail}`);
  return warnings.all();
}

function planImport(before: readonly TermRow[], file: LexiconFile, mode: 'add' | 'replace') {
  const rows = new Map(before.map((row) => [row.text, row]));
  const named = new Set<string>();
  const added: TermInput[] = [];
  const changed: { row: TermRow; term: TermInput }[] = [];
  for (const term of file.terms) {
    named.add(term.text);
    const row = rows.get(term.text);
    if (row === undefined) added.push(term);
    // A .txt says nothing of a known term's category or severity, so it changes neither.
    else if (!file.onlyTexts) {
      const known = termOf(row);
      const options =
        file.statedOptions === 'all'
          ? term.options
          : mergeOptions(known.options, term.options, file.statedOptions);
      const wanted = { ...term, options };
      if (!sameTerm(known, wanted)) changed.push({ row, term: wanted });
    }
  }
  // A table or a list can't name a rule, so it removes none: it may be one that the lexicon was written to.
  const isNameable = (row: TermRow) => file.statedOptions === 'all' || optionsOf(row.options).rule === null;
  const removed = mode === 'replace' ? before.filter((row) => !named.has(row.text) && isNameable(row)) : [];
  return { added, changed, removed, total: before.length + added.length - removed.length };
}

function sameTerm(a: TermInput, b: TermInput): boolean {
  return (
    a.category === b.category &&
    a.severity === b.severity &&
    a.basis === b.basis &&
    a.note === b.note &&
    a.enabled === b.enabled &&
    sameOptions(a.options, b.options)
  );
}
