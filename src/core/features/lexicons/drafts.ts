import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { type LexiconId, LexiconVersionId, type UserId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import type { LexiconVersionView, TermInput } from './contract.ts';
import { severityRank } from './model.ts';
import { newSettings, storedOptions, storedSettings } from './options.ts';
import {
  type Change,
  type VersionRow,
  deleteDraft,
  insertDraft,
  selectVersion,
  selectVersions,
  updateTermCount,
} from './repository.ts';
import { type NewTermRow, copyTerms } from './term-repository.ts';
import { loadLexicon } from './views.ts';

export type LexiconServices = Pick<Services, 'clock' | 'ids'>;

/** The columns of a term as a person wrote it with this change; null where it comes with the app. */
export function columnsOf(term: TermInput, change: Change | null) {
  const { text, category, basis, note, options } = term;
  return {
    text,
    category,
    severity: severityRank(term.severity),
    basis,
    note,
    enabled: term.enabled ? 1 : 0,
    options: storedOptions(options),
    revision: change?.revision ?? 0,
    changed_at: change?.at ?? null,
    changed_by: change?.by ?? null,
  } satisfies Omit<NewTermRow, 'version_id' | 'key'>;
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
