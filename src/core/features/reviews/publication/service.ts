import { createHash } from 'node:crypto';

import { AppError } from '../../../contract/errors.ts';
import { type Handlers, type SignedIn, requireUser } from '../../../contract/handlers.ts';
import { ContentHash, type MessageId, Milliseconds, PublicationCheckId } from '../../../contract/ids.ts';
import type { Services } from '../../../platform/services.ts';
import { requireOpenFile } from '../../archive/index.ts';
import { fieldsOf, maskPersonalData } from '../../archive/model.ts';
import { recordAudit } from '../../audit/index.ts';
import type { DocumentsFeature } from '../../documents/index.ts';
import type { DocumentProblem } from '../../documents/model.ts';
import type { DiffPool } from '../diff/index.ts';
import {
  type CheckResult,
  type PublicationCheckView,
  type PublishedMatch,
  type PublishedSource,
  maxPublishedLength,
  type publicationContract,
} from './contract.ts';
import { createLookup } from './lookup.ts';
import type { Match } from './matcher.ts';
import type { MatchAnswer } from './protocol.ts';
import { insertCheck, selectChecks, selectFindingEvidence, selectMessage, selectRuns } from './repository.ts';
import { createRun, loadRun, runView } from './runs.ts';
import { publishedTexts } from './texts.ts';

/** Versions that a result names: the best, and others that are near. */
const mostMatches = 5;

type Documents = Pick<DocumentsFeature, 'extractDocument'>;

export interface PublicationFeature {
  readonly handlers: Handlers<typeof publicationContract>;
  close(): Promise<void>;
}

/** Whether what was published is what was approved: checks of single texts, and runs over the archive. */
export function createPublicationFeature(
  services: Services,
  documents: Documents,
  diff: DiffPool,
): PublicationFeature {
  const { connection, clock, ids } = services;
  const reader = connection.query;
  const lookup = createLookup(services);

  async function check(
    source: PublishedSource,
    publishedAt: Milliseconds | null,
    user: SignedIn,
  ): Promise<{ readonly result: CheckResult; readonly answer: MatchAnswer | null }> {
    const read = await readSource(services, documents, source, user);
    const at = publishedAt ?? read.sentAt ?? clock.now();
    const answer = read.text.trim() === '' ? null : await lookup.match({ ...read, at });
    const shown = read.sentAt === null ? read.text : maskPersonalData(read.text);
    return {
      answer,
      result: {
        verdict: answer?.verdict ?? 'no-approval',
        publishedAt: at,
        contentHash: hashOf(read.text),
        text: shown,
        problems: [...read.problems],
        matches: (answer?.matches ?? []).slice(0, mostMatches).map(matchView),
        compared: answer?.compared == null ? null : { published: shown, ...answer.compared },
      },
    };
  }

  return {
    close: () => lookup.close(),
    handlers: {
      'publication.check': async ({ source, publishedAt }, context) =>
        (await check(source, publishedAt, requireUser(context))).result,

      async 'publication.record'({ source, publishedAt, note }, context) {
        const user = requireUser(context);
        const { result, answer } = await check(source, publishedAt, user);
        const best = answer?.matches[0];
        const id = ids.next(PublicationCheckId);
        const view: PublicationCheckView = {
          id,
          source: source.kind,
          name: source.kind === 'file' ? source.name : '',
          contentHash: result.contentHash,
          verdict: result.verdict,
          similarity: best?.similarity ?? null,
          materialId: best?.approval.materialId ?? null,
          approvalId: best?.approval.id ?? null,
          number: best?.approval.number ?? null,
          standing: best?.standing ?? null,
          publishedAt: result.publishedAt,
          note,
          by: user.displayName,
          at: clock.now(),
        };
        await reader.transaction().execute(async (writer) => {
          await insertCheck(writer, {
            id,
            source: source.kind,
            source_id: idOf(source),
            name: view.name,
            content_hash: view.contentHash,
            verdict: view.verdict,
            similarity: view.similarity,
            text_id: best?.text.id ?? null,
            approval_id: view.approvalId,
            standing: view.standing,
            published_at: view.publishedAt,
            note,
            checked_by: user.userId,
            checked_at: view.at,
          });
          await recordAudit(writer, clock, user, {
            action: 'publication.record',
            recordKind: 'publication-check',
            recordId: id,
            after: view,
            details: {
              source: source.kind,
              contentHash: view.contentHash,
              verdict: view.verdict,
              approval: view.number,
              standing: view.standing,
            },
          });
        });
        services.emit({ type: 'changed', topics: ['findings', 'audit'] });
        return view;
      },

      async 'publication.checks'({ limit }) {
        return (await selectChecks(reader, limit)).map((row) => ({
          id: row.id,
          source: row.source,
          name: row.name,
          contentHash: row.content_hash,
          verdict: row.verdict,
          similarity: row.similarity,
          materialId: row.material_id,
          approvalId: row.approval_id,
          number: row.number,
          standing: row.standing,
          publishedAt: row.published_at,
          note: row.note,
          by: row.by_name,
          at: row.checked_at,
        }));
      },

      async 'publication.startRun'(input, context) {
        const user = requireUser(context);
        const { id, jobId } = await reader
          .transaction()
          .execute((writer) => createRun(writer, services, user, input));
        services.jobs.enqueue({ jobId, kind: 'publication', input: { runId: id } });
        services.emit({ type: 'changed', topics: ['runs', 'audit'] });
        return loadRun(reader, id);
      },

      'publication.runs': async ({ limit }) => (await selectRuns(reader, limit)).map(runView),

      async 'publication.compareFinding'({ id }) {
        const found = await selectFindingEvidence(reader, id);
        if (found === undefined) throw new AppError('not-found', 'There is no such finding.', { id });
        const match = evidenceView(found);
        if (match === null || found.approved_text === null) return { match: null, compared: null };
        const { text } = await readMessage(services, found.message_id, found.article);
        return {
          match,
          compared: {
            published: maskPersonalData(text),
            approved: found.approved_text,
            diff: await diff.compareTexts(found.approved_text, text),
          },
        };
      },
    },
  };
}

interface ReadSource {
  readonly text: string;
  readonly pieces: readonly string[] | null;
  /** Of a message. */
  readonly sentAt: Milliseconds | null;
  readonly problems: readonly DocumentProblem[];
}

async function readSource(
  services: Services,
  documents: Documents,
  source: PublishedSource,
  user: SignedIn,
): Promise<ReadSource> {
  switch (source.kind) {
    case 'text':
      return { text: source.text, pieces: null, sentAt: null, problems: [] };
    case 'file': {
      await requireOpenFile(services.connection.query, user, source.blobId);
      const { text, problems } = await documents.extractDocument(source.blobId);
      if (text.length <= maxPublishedLength) return { text, pieces: null, sentAt: null, problems };
      throw new AppError(
        'text-too-long',
        `A published text may have ${maxPublishedLength} characters. Check it in parts.`,
        { limit: maxPublishedLength, length: text.length },
      );
    }
    case 'message':
      requireArchive(user);
      return readMessage(services, source.messageId, 0);
  }
}

function requireArchive(user: SignedIn): void {
  if (user.permissions.has('archive:read')) return;
  throw new AppError('forbidden', 'Your roles do not let you read the archive.', {
    permission: 'archive:read',
  });
}

/** One of the texts that a message published; all that it says where it is of a kind that publishes none. */
async function readMessage(services: Services, id: MessageId, article: number): Promise<ReadSource> {
  const message = await selectMessage(services.connection.query, id);
  if (message === undefined) throw new AppError('not-found', 'There is no such message.', { messageId: id });
  const fields = fieldsOf(message.kind, message.body, message.text);
  const published = publishedTexts(message.kind, fields)[article];
  return {
    text: published?.text ?? fields.map((field) => field.text).join('\n'),
    pieces: published?.pieces ?? null,
    sentAt: message.sent_at,
    problems: [],
  };
}

function matchView({ approval, text, verdict, relation, similarity, standing }: Match): PublishedMatch {
  return {
    verdict,
    relation,
    similarity,
    part: text.part,
    materialId: approval.materialId,
    versionId: approval.versionId,
    versionNumber: approval.versionNumber,
    title: approval.title,
    approvalId: approval.id,
    number: approval.number,
    approvedAt: Milliseconds.parse(approval.approvedAt),
    expiresAt: Milliseconds.parse(approval.expiresAt),
    withdrawnAt: approval.withdrawnAt === null ? null : Milliseconds.parse(approval.withdrawnAt),
    standing,
  };
}

function evidenceView(
  found: NonNullable<Awaited<ReturnType<typeof selectFindingEvidence>>>,
): PublishedMatch | null {
  const {
    approval_id: approvalId,
    material_id: materialId,
    version_id: versionId,
    relation,
    standing,
  } = found;
  if (approvalId === null || materialId === null || versionId === null) return null;
  if (relation === null || standing === null || found.approved_at === null || found.expires_at === null)
    return null;
  return {
    verdict: found.verdict,
    relation,
    similarity: found.similarity ?? 0,
    part: found.part ?? '',
    materialId,
    versionId,
    versionNumber: found.version_number ?? 0,
    title: found.title ?? '',
    approvalId,
    number: found.number ?? '',
    approvedAt: found.approved_at,
    expiresAt: found.expires_at,
    withdrawnAt: found.withdrawn_at,
    standing,
  };
}

const hashOf = (text: string) => ContentHash.parse(createHash('sha256').update(text).digest('hex'));

function idOf(source: PublishedSource): string {
  switch (source.kind) {
    case 'text':
      return '';
    case 'file':
      return source.blobId;
    case 'message':
      return String(source.messageId);
  }
}
