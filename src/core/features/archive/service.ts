import { AppError } from '../../contract/errors.ts';
import { type Handlers, requireUser } from '../../contract/handlers.ts';
import type { ConversationId, MessageId } from '../../contract/ids.ts';
import type { Services } from '../../platform/services.ts';
import { recordAudit } from '../audit/index.ts';
import { reportCompleteness } from './completeness.ts';
import type { archiveContract } from './contract.ts';
import { countQuarantined, listQuarantine } from './import-repository.ts';
import { loadImport, loadImports } from './import-views.ts';
import {
  findConversation,
  findNeighbours,
  findPlace,
  listConversations,
  readSummary,
  searchPeople,
} from './repository.ts';
import { maskPersonalBytes } from './mask-bytes.ts';
import { maskPersonalData } from './masking.ts';
import { createSearches } from './search.ts';
import { createImport } from './start-import.ts';
import { conversationViews, loadMessages, loadPeople } from './views.ts';

export interface ArchiveFeature {
  readonly handlers: Handlers<typeof archiveContract>;
  /** Ends what runs in the background. */
  close(): void;
}

/** The archive: imports, conversations, messages, people, search. */
export function createArchiveFeature(services: Services): ArchiveFeature {
  const { connection, clock } = services;
  const reader = connection.query;
  const searches = createSearches(services);

  return {
    close: () => searches.close(),
    handlers: {
      'archive.summary': async () => ({
        ...(await readSummary(reader)),
        quarantined: await countQuarantined(reader, null),
      }),
      async 'archive.conversations'(input) {
        const rows = await listConversations(reader, { ...input, limit: input.limit + 1 });
        return {
          conversations: await conversationViews(reader, rows.slice(0, input.limit)),
          more: rows.length > input.limit,
        };
      },
      async 'archive.conversation'({ id }) {
        const row = await findConversation(reader, id);
        const [view] = row === undefined ? [] : await conversationViews(reader, [row]);
        if (view === undefined) throw new AppError('not-found', 'There is no such conversation.', { id });
        return view;
      },
      'archive.messages': (input) => messageWindow(services, input),
      'archive.message': async ({ id }) => onlyMessage(await loadMessages(reader, [id]), id),
      async 'archive.reveal'({ id, reason }, context) {
        const user = requireUser(context);
        // Recorded before it is shown: who sees personal data has left a trace, whatever happens then.
        return reader.transaction().execute(async (writer) => {
          const message = onlyMessage(await loadMessages(writer, [id], { reveal: true }), id);
          await recordAudit(writer, clock, user, {
            action: 'archive.reveal',
            recordKind: 'message',
            recordId: String(id),
            details: { reason },
          });
          return message;
        });
      },
      async 'archive.search'(input, context) {
        return { searchId: searches.start(requireUser(context).sessionKey, input) };
      },
      async 'archive.cancelSearch'({ searchId }, context) {
        searches.cancel(requireUser(context).sessionKey, searchId);
        return {};
      },
      async 'archive.people'(input) {
        const rows = await searchPeople(reader, input);
        const people = new Map(
          (
            await loadPeople(
              reader,
              rows.map((row) => row.id),
            )
          ).map((person) => [person.id, person]),
        );
        return rows.flatMap((row) => people.get(row.id) ?? []);
      },
      async 'archive.startImport'(input, context) {
        const { id, jobId } = await createImport(services, requireUser(context), input);
        services.jobs.enqueue({ jobId, kind: 'import', input: { importId: id } });
        services.emit({ type: 'changed', topics: ['imports'] }, { access: 'archive:read' });
        return loadImport(reader, id);
      },
      'archive.imports': ({ limit }) => loadImports(reader, limit),
      'archive.import': ({ id }) => loadImport(reader, id),
      'archive.completeness': ({ importId }) => reportCompleteness(reader, importId),
      async 'archive.quarantine'({ importId, after, limit }) {
        const rows = await listQuarantine(reader, { importId, after, limit: limit + 1 });
        return {
          entries: rows.slice(0, limit).map((row) => ({
            id: row.id,
            importId: row.import_id,
            fileName: row.name,
            line: row.line,
            reason: row.reason,
            detail: maskPersonalData(row.detail),
            raw: Buffer.from(maskPersonalBytes(row.raw, row.size > row.raw.length)).toString('base64'),
            size: row.size,
          })),
          more: rows.length > limit,
          total: await countQuarantined(reader, importId),
        };
      },
    },
  };
}

function onlyMessage<View>([message]: readonly View[], id: MessageId): View {
  if (message === undefined) throw new AppError('not-found', 'There is no such message.', { id });
  return message;
}

interface WindowInput {
  readonly conversationId: ConversationId | null;
  readonly around: MessageId | null;
  readonly before: MessageId | null;
  readonly after: MessageId | null;
  readonly limit: number;
}

async function messageWindow({ connection }: Services, input: WindowInput) {
  const reader = connection.query;
  const { conversationId, limit } = input;
  const placeOf = async (id: MessageId) => {
    const place = await findPlace(reader, id);
    if (place?.conversation_id !== conversationId) {
      throw new AppError('not-found', 'There is no such message in this conversation.', { id });
    }
    return place;
  };
  const answer = async (ids: MessageId[], moreBefore: boolean, moreAfter: boolean) => ({
    messages: await loadMessages(reader, ids),
    moreBefore,
    moreAfter,
  });
  if (input.around !== null) {
    const place = await placeOf(input.around);
    const half = Math.floor((limit - 1) / 2);
    const before = await findNeighbours(reader, conversationId, 'before', place, half + 1);
    const after = await findNeighbours(reader, conversationId, 'after', place, limit - half);
    const rest = limit - 1 - half;
    return answer(
      [...before.slice(0, half).toReversed(), place.id, ...after.slice(0, rest)],
      before.length > half,
      after.length > rest,
    );
  }
  if (input.after !== null) {
    const ids = await findNeighbours(reader, conversationId, 'after', await placeOf(input.after), limit + 1);
    return answer(ids.slice(0, limit), true, ids.length > limit);
  }
  // Without a place: the newest messages.
  const place = input.before === null ? null : await placeOf(input.before);
  const ids = await findNeighbours(reader, conversationId, 'before', place, limit + 1);
  return answer(ids.slice(0, limit).toReversed(), ids.length > limit, place !== null);
}
