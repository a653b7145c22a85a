import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { type LexiconId, LexiconVersionId, type TermId, TermKey, type UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { foldText } from '../screening/index.ts';
import type { Entry, LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconVersionView, LexiconWarning, TermInput, TermView } from './contract.ts';
import { type LexiconProblem, maxTermLength, maxTerms, severityRank } from './model.ts';
import { newSettings, optionsOf, settingsOf, storedOptions, storedSettings } from './options.ts';
import {
  type VersionRow,
  deleteDraft,
  insertDraft,
  selectVersion,
  selectVersions,
  updateSettings,
  updateTermCount,
} from './repository.ts';
import {
  type NewTermRow,
  copyTerms,
  deleteTerms,
  insertTerm,
  selectTerm,
  selectEntries,
  updateTerm,
} from './term-repository.ts';
import { brokenRules, checkOneEntry, checkRules } from './rule-check.ts';
import { WarningList, createTermReview, problemOf } from './term-rules.ts';
import { loadLexicon, termOf, termView } from './views.ts';

export type LexiconServices = Pick<Services, 'clock' | 'ids'>;

/** The columns of a term as a person wrote it. */
export function columnsOf(term: TermInput): Omit<NewTermRow, 'version_id' | 'key'> {
  const { text, category, basis, note, options } = term;
  return {
    text,
    category,
    severity: severityRank(term.severity),
    basis,
    note,
    enabled: term.enabled ? 1 : 0,
    options: storedOptions(options),
  };
}

/** The version, where it is a draft. Throws `lexicon-published` where it is not any more. */
export async function requireDraft(reader: Reader, id: LexiconVersionId): Promise<VersionRow> {
  const version = await selectVersion(reader, id);
  if (version === undefined) {
    throw new AppError(
      'not-found',
      'There is no such version of a lexicon: the draft may have been discarded.',
      { id },
    );
  }
  if (version.state === 'published') {
    throw new AppError(
      'lexicon-published',
      'A published version never changes. Start a draft, and change that.',
      { id },
    );
  }
  return version;
}

/** A new draft, with a copy of the newest published version's settings and terms. The number is the one after the last. */
export async function openDraft(
  writer: Writer,
  services: LexiconServices,
  lexiconId: LexiconId,
  createdBy: UserId | null,
): Promise<LexiconVersionId> {
  const [newest] = await selectVersions(writer, lexiconId);
  const id = services.ids.next(LexiconVersionId);
  await insertDraft(writer, {
    id,
    lexiconId,
    number: (newest?.number ?? 0) + 1,
    settings: newest?.settings ?? storedSettings(newSettings),
    createdAt: services.clock.now(),
    createdBy,
  });
  if (newest !== undefined) {
    await copyTerms(writer, newest.id, id);
    await updateTermCount(writer, id);
  }
  return id;
}

/** The lexicon's draft, started (and audited) where there is none. */
export async function startDraft(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  lexiconId: LexiconId,
): Promise<LexiconVersionView> {
  const lexicon = await loadLexicon(writer, lexiconId);
  if (lexicon.draft !== null) return lexicon.draft;
  await openDraft(writer, services, lexiconId, user.userId);
  const { draft } = await loadLexicon(writer, lexiconId);
  if (draft === null) throw new Error(`the draft of lexicon ${lexiconId} was not stored`);
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.startDraft',
    recordKind: 'lexicon',
    recordId: lexiconId,
    after: draft,
    details: { number: draft.number, terms: draft.termCount },
  });
  return draft;
}

export async function discardDraft(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  lexiconId: LexiconId,
): Promise<void> {
  const { draft } = await loadLexicon(writer, lexiconId);
  if (draft === null)
    throw new AppError('not-found', 'This lexicon has no draft to discard.', { id: lexiconId });
  await deleteDraft(writer, draft.id);
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.discardDraft',
    recordKind: 'lexicon',
    recordId: lexiconId,
    before: draft,
    details: { number: draft.number, terms: draft.termCount },
  });
}

/** Adds a term to a draft, or changes one, and warns of what deserves a look. */
export async function saveTerm(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: { readonly versionId: LexiconVersionId; readonly id: TermId | null; readonly term: TermInput },
): Promise<{ term: TermView; warnings: LexiconWarning[] }> {
  const version = await requireDraft(writer, request.versionId);
  const term = { ...request.term, text: request.term.text.trim() };
  checkText(term.text);
  const others = (await selectEntries(writer, version.id))
    .filter((other) => other.id !== request.id)
    .map((other) => ({ text: other.text, options: optionsOf(other.options) }));
  if (others.some((other) => other.text === term.text)) {
    throw new AppError('name-taken', `The draft has the term "${term.text}" already. Change that one.`, {
      name: term.text,
    });
  }
  if (request.id === null && others.length >= maxTerms) {
    throw new AppError('lexicon-invalid', `A lexicon holds at most ${maxTerms} terms. Start another one.`, {
      limit: maxTerms,
      problem: 'too-many-terms' satisfies LexiconProblem,
    });
  }
  const before = request.id === null ? undefined : await selectTerm(writer, version.id, request.id);
  if (request.id !== null && before === undefined) {
    throw new AppError('not-found', 'This term is no longer in the draft.', { id: request.id });
  }
  const warnings = warningsFor(term, others, settingsOf(version.settings));
  let saved: TermView;
  if (before === undefined) {
    const row = await insertTerm(writer, {
      version_id: version.id,
      key: services.ids.next(TermKey),
      ...columnsOf(term),
    });
    await updateTermCount(writer, version.id);
    saved = termView(row);
  } else {
    await updateTerm(writer, before.id, columnsOf(term));
    saved = { id: before.id, key: before.key, ...term, options: optionsOf(storedOptions(term.options)) };
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
function warningsFor(
  { text, options }: TermInput,
  others: readonly Entry[],
  settings: LexiconSettings,
): LexiconWarning[] {
  const { problem, missing } = checkOneEntry({ text, options }, others, settings);
  if (problem !== null) throw brokenRules([problem]);
  const warnings = new WarningList();
  if (missing !== null) warnings.add('missing-term', null, missing.detail);
  // A rule's text is its name.
  if (options.rule !== null) return warnings.all();
  createTermReview(warnings)(text, null);
  const folded = foldText(text);
  // The other one is named: it is what the reader has to look at.
  const same = others.find((other) => other.options.rule === null && foldText(other.text) === folded);
  if (same !== undefined) warnings.add('same-when-folded', null, same.text);
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
  const removed = [];
  for (const id of ids) {
    const row = await selectTerm(writer, version.id, id);
    if (row === undefined)
      throw new AppError('not-found', 'One of the terms is no longer in the draft.', { id });
    removed.push(termOf(row));
  }
  await deleteTerms(writer, version.id, ids);
  await updateTermCount(writer, version.id);
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.removeTerms',
    recordKind: 'lexicon',
    recordId: version.lexicon_id,
    before: removed,
    details: { version: version.number, terms: ids.length },
  });
}

/** Folds, aliases and components of a draft. Saving what is there already leaves no event. */
export async function saveSettings(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: { readonly versionId: LexiconVersionId; readonly settings: LexiconSettings },
): Promise<LexiconId> {
  const version = await requireDraft(writer, request.versionId);
  const settings = storedSettings(request.settings);
  if (settings === version.settings) return version.lexicon_id;
  // Without entries, what is wrong is wrong with the settings.
  const { problems } = checkRules([], request.settings);
  if (problems.length > 0) throw brokenRules(problems);
  await updateSettings(writer, version.id, settings);
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
      components: request.settings.components.length,
    },
  });
  return version.lexicon_id;
}
