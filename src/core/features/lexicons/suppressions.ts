import { AppError } from '../../contract/errors.ts';
import type { SignedIn } from '../../contract/handlers.ts';
import { type Milliseconds, SuppressionId } from '../../contract/ids.ts';
import type { Reader, Writer } from '../../platform/database/connection.ts';
import { canonicalJson, recordAudit } from '../audit/index.ts';
import { Suppression } from '../screening/rules/model.ts';
import type { SuppressionView } from './contract.ts';
import type { LexiconServices } from './drafts.ts';
import {
  type SuppressionRow,
  insertSuppression,
  markEnded,
  mostSuppressions,
  selectSuppression,
  selectSuppressions,
} from './suppression-repository.ts';
import { selectKnownTexts } from './term-repository.ts';

/** Two years: whoever needs longer looks at it again by then. */
export const longestSuppression = 731 * 24 * 60 * 60 * 1000;

function suppressionView(row: SuppressionRow): SuppressionView {
  return {
    ...Suppression.parse(JSON.parse(row.definition)),
    id: row.id,
    owner: row.owner_name ?? '',
    reason: row.reason,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    endedBy: row.ended_by_name,
  };
}

/** Those that hold at `now` (null: all there ever were), the newest first. */
export async function listSuppressions(reader: Reader, now: Milliseconds | null): Promise<SuppressionView[]> {
  return (await selectSuppressions(reader, now)).map(suppressionView);
}

/** What a run that begins at `now` ignores. */
export async function loadActiveSuppressions(reader: Reader, now: Milliseconds): Promise<Suppression[]> {
  return (await selectSuppressions(reader, now)).map((row) => Suppression.parse(JSON.parse(row.definition)));
}

/**
 * Throws `bad-input` where it has expired already, would hold for longer than two years, names an entry that no lexicon has, or
 * there are too many.
 */
export async function addSuppression(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  request: { readonly suppression: Suppression; readonly reason: string; readonly expiresAt: Milliseconds },
): Promise<SuppressionView> {
  const now = services.clock.now();
  if (request.expiresAt <= now) {
    throw new AppError('bad-input', 'The suppression would have expired already. Choose a later day.', {
      path: 'expiresAt',
      problem: 'in-the-past',
    });
  }
  if (request.expiresAt > now + longestSuppression) {
    throw new AppError('bad-input', 'A suppression holds for two years at most. Choose an earlier day.', {
      path: 'expiresAt',
      problem: 'too-far',
    });
  }
  if (request.suppression.phrase.trim() === '') {
    throw new AppError('bad-input', 'The phrase is empty. Write what is to be ignored.', {
      path: 'suppression.phrase',
    });
  }
  if ((await selectSuppressions(writer, now)).length >= mostSuppressions) {
    throw new AppError('bad-input', `There are ${mostSuppressions} suppressions already. End some of them.`, {
      path: 'suppression',
      problem: 'too-many',
    });
  }
  const { terms } = request.suppression;
  const known = await selectKnownTexts(writer, terms);
  const missing = terms.filter((text) => !known.has(text));
  if (missing.length > 0) {
    // Misspelt, it would silence nothing, and nobody would notice.
    const names = missing.map((text) => `“${text}”`).join(', ');
    throw new AppError('bad-input', `No lexicon has the entry ${names}. Write it as the lexicon does.`, {
      path: 'suppression.terms',
      problem: 'unknown-entry',
      names,
    });
  }
  const id = services.ids.next(SuppressionId);
  const { suppression, reason, expiresAt } = request;
  await insertSuppression(writer, {
    id,
    definition: canonicalJson(suppression),
    reason,
    owner: user.userId,
    createdAt: now,
    expiresAt,
  });
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.addSuppression',
    recordKind: 'suppression',
    recordId: id,
    after: { suppression, reason, expiresAt },
    details: { reason, terms: suppression.terms.length },
  });
  return suppressionView(await requireSuppression(writer, id));
}

/** Ends it before its time; ending one that holds no more changes nothing but is refused, so that nobody thinks it did. */
export async function endSuppression(
  writer: Writer,
  services: LexiconServices,
  user: SignedIn,
  id: SuppressionId,
): Promise<SuppressionView> {
  const before = await requireSuppression(writer, id);
  const now = services.clock.now();
  if (before.ended_at !== null || before.expires_at <= now) {
    throw new AppError('conflict', 'This suppression holds no more: it was ended, or it expired.', { id });
  }
  await markEnded(writer, id, { at: now, by: user.userId });
  await recordAudit(writer, services.clock, user, {
    action: 'lexicons.endSuppression',
    recordKind: 'suppression',
    recordId: id,
    before: { expiresAt: before.expires_at, endedAt: null },
    after: { expiresAt: before.expires_at, endedAt: now },
  });
  return suppressionView(await requireSuppression(writer, id));
}

async function requireSuppression(reader: Reader, id: SuppressionId): Promise<SuppressionRow> {
  const row = await selectSuppression(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such suppression.', { id });
  return row;
}
