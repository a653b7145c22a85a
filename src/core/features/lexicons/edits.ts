import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { type LexiconId, type LexiconVersionId, type TermId, TermKey } from '../../contract/ids.ts';
import type { Milliseconds } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import { recordAudit } from '../audit/index.ts';
import type { LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconWarning, TermInput, TermView } from './contract.ts';
import { type LexiconServices, columnsOf, requireDraft } from './drafts.ts';
import { type LexiconProblem, maxTermLength, maxTerms } from './model.ts';
import { withNamedEntries } from './named-entries.ts';
import { optionsOf, settingsOf, storedOptions, storedSettings } from './options.ts';
import { type VersionRow, countChange, updateSettings, updateTermCount } from './repository.ts';
import { brokenRules, checkOneEntry, checkRules } from './rule-check.ts';
import {
  type TermRow,
  deleteTerms,
  insertTerm,
  selectLastEditor,
  selectNamedEntries,
  selectTerm,
  selectTermByText,
  selectTerms,
  updateTerm,
} from './term-repository.ts';
import { WarningList, createTermReview, problemOf } from './term-rules.ts';
import { termOf, termView } from './views.ts';

/** What a person wants an entry to be; a change (with an id) names the revision that it changes. */
export interface TermEdit {
  readonly versionId: LexiconVersionId;
  readonly id: TermId | null;
  readonly revision: number | null;
  readonly term: TermInput;
}

/**
 * Adds a term to a draft, or changes one, and warns of what deserves a look. Reads what the term concerns, however large the
 * draft is. Throws `changed-meanwhile` where somebody else was faster: nothing is written over what nobody has seen.
 */
export async function saveTerm(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: TermEdit,
): Promise<{ term: TermView; warnings: LexiconWarning[] }> {
  const version = await requireDraft(writer, request.versionId);
  const term = { ...request.term, text: request.term.text.trim() };
  checkText(term.text);
  const before = request.id === null ? undefined : await requireRevision(writer, request.id, request);
  const namesake = await selectTermByText(writer, version.id, term.text);
  if (namesake !== undefined && namesake.id !== request.id) {
    throw new AppError('name-taken', `The draft has the term "${term.text}" already. Change that one.`, {
      name: term.text,
    });
  }
  if (before === undefined && version.term_count >= maxTerms) {
    throw new AppError('lexicon-invalid', `A lexicon holds at most ${maxTerms} terms. Start another one.`, {
      limit: maxTerms,
      problem: 'too-many-terms' satisfies LexiconProblem,
    });
  }
  const warnings = await warningsFor(writer, version, term, before);
  const change = await countChange(writer, version.id, { at: services.clock.now(), by: user.userId });
  let saved: TermView;
  if (before === undefined) {
    const row = await insertTerm(writer, {
      version_id: version.id,
      key: services.ids.next(TermKey),
      ...columnsOf(term, change),
    });
    await updateTermCount(writer, version.id);
    saved = termView(row);
  } else {
    await updateTerm(writer, before.id, columnsOf(term, change));
    saved = {
      id: before.id,
      key: before.key,
      revision: change.revision,
      ...term,
      options: optionsOf(storedOptions(term.options)),
    };
  }
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.saveTerm',
    recordKind: 'lexicon',
    recordId: version.lexicon_id,
    before: before === undefined ? undefined : termOf(before),
    after: term,
    details: { version: version.number, term: saved.key, added: before === undefined },
  });
  return { term: saved, warnings };
}

/** The term, as long as it is as whoever changes it has seen it. */
async function requireRevision(
  reader: Reader,
  id: TermId,
  { versionId, revision }: Pick<TermEdit, 'versionId' | 'revision'>,
): Promise<TermRow> {
  const row = await selectTerm(reader, versionId, id);
  if (row === undefined) {
    throw new AppError(
      'changed-meanwhile',
      'Somebody removed this term from the draft meanwhile. Your change was not saved: add it as a new term, or leave it.',
      { what: 'removed' satisfies ChangedWhat },
    );
  }
  if (row.revision === revision) return row;
  throw changedMeanwhile('term', row.revision, await selectLastEditor(reader, row.id), row.changed_at);
}

/** What somebody else was faster with; the renderer has sentences for each under `errors.changedMeanwhile.`. */
export type ChangedWhat = 'term' | 'settings' | 'removed';

function changedMeanwhile(
  what: Exclude<ChangedWhat, 'removed'>,
  revision: number,
  by: string | null,
  at: Milliseconds | null,
): AppError {
  const who = by ?? 'Somebody';
  const when = at === null ? '' : ` at ${new Date(at).toISOString()}`;
  return new AppError(
    'changed-meanwhile',
    `${who} changed ${what === 'term' ? 'this term' : "the draft's settings"}${when}, after you began. Your change was not saved: look at theirs, then save yours over it or leave it.`,
    { what, revision, by, at },
  );
}

function checkText(text: string): void {
  const problem = problemOf(text);
  if (problem === null) return;
  throw new AppError('bad-input', textProblems[problem], { path: 'term.text', problem });
}

const textProblems = {
  'empty-term': 'The term is empty. Write at least one character.',
  'too-long': `The term is longer than ${maxTermLength} characters. Shorten it.`,
  'control-character': 'The term has a line break or another control character in it. Remove it.',
} as const satisfies Record<NonNullable<ReturnType<typeof problemOf>>, string>;

/** Throws `lexicon-invalid` where the entry can't work. */
async function warningsFor(
  reader: Reader,
  version: VersionRow,
  { text, options }: TermInput,
  before: TermRow | undefined,
): Promise<LexiconWarning[]> {
  const [own, ...named] = await withNamedEntries({ text, options }, async (texts) =>
    (await selectNamedEntries(reader, version.id, texts))
      // The entry by its name of before is gone with the change.
      .filter((row) => row.text !== before?.text)
      .map((row) => ({ text: row.text, options: optionsOf(row.options) })),
  );
  const { problem, missing } = checkOneEntry(own, named, settingsOf(version.settings));
  if (problem !== null) throw brokenRules([problem]);
  const warnings = new WarningList();
  if (missing !== null) warnings.add('missing-term', null, missing.detail);
  // A rule's text is its name.
  if (options.rule === null) createTermReview(warnings)(text, null);
  return warnings.all();
}

export async function removeTerms(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: { readonly versionId: LexiconVersionId; readonly ids: readonly TermId[] },
): Promise<void> {
  const version = await requireDraft(writer, request.versionId);
  const ids = [...new Set(request.ids)];
  const removed = await selectTerms(writer, version.id, ids);
  if (removed.length < ids.length) {
    const found = new Set(removed.map((row) => row.id));
    const id = ids.find((each) => !found.has(each)) ?? null;
    throw new AppError('not-found', 'One of the terms is no longer in the draft.', { id });
  }
  await deleteTerms(writer, version.id, ids);
  await updateTermCount(writer, version.id);
  await countChange(writer, version.id, { at: services.clock.now(), by: user.userId });
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.removeTerms',
    recordKind: 'lexicon',
    recordId: version.lexicon_id,
    before: removed.map(termOf),
    details: { version: version.number, terms: ids.length },
  });
}

/**
 * Folds, aliases, built-in aliases that are off, and components of a draft. Saving what is there already leaves no event.
 * Throws `changed-meanwhile` where they are others than those of `revision`.
 */
export async function saveSettings(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: {
    readonly versionId: LexiconVersionId;
    readonly revision: number;
    readonly settings: LexiconSettings;
  },
): Promise<LexiconId> {
  const version = await requireDraft(writer, request.versionId);
  const settings = storedSettings(request.settings);
  if (settings === version.settings) return version.lexicon_id;
  if (version.settings_revision !== request.revision) {
    throw changedMeanwhile(
      'settings',
      version.settings_revision,
      version.settings_changed_by_name,
      version.settings_changed_at,
    );
  }
  // Without entries, what is wrong is wrong with the settings.
  const { problems } = checkRules([], request.settings);
  if (problems.length > 0) throw brokenRules(problems);
  const change = await countChange(writer, version.id, { at: services.clock.now(), by: user.userId });
  await updateSettings(writer, version.id, settings, change);
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.saveSettings',
    recordKind: 'lexicon',
    recordId: version.lexicon_id,
    before: settingsOf(version.settings),
    after: settingsOf(settings),
    details: {
      version: version.number,
      folds: request.settings.folds.length,
      aliases: request.settings.aliases.length,
      aliasesOff: request.settings.aliasesOff.reduce((sum, { written }) => sum + written.length, 0),
      components: request.settings.components.length,
    },
  });
  return version.lexicon_id;
}
