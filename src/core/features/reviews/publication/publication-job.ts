import { z } from 'zod';

import { type ConversationId, FindingId, type PersonId, PublicationRunId } from '../../../contract/ids.ts';
import {
  type MatchedBatch,
  type NewFinding,
  prepareFindingsWriter,
  prepareIsOutside,
} from '../../../platform/database/sqlite/findings-bulk.ts';
import {
  type ScannedMessage,
  prepareFacts,
  scanMessages,
} from '../../../platform/database/sqlite/message-scan.ts';
import type { JobContext, JobHandler } from '../../../platform/jobs/protocol.ts';
import { ArchiveFilter } from '../../archive/contract.ts';
import { fieldsOf } from '../../archive/model.ts';
import { recordAudit, systemActor } from '../../audit/index.ts';
import { createRate } from '../../supervision/index.ts';
import { type ApprovedTexts, createApprovedTexts } from './approved-texts.ts';
import type { Published } from './judge.ts';
import { createMailingCounter } from './mailings.ts';
import type { Judged } from './matcher.ts';
import { countMarketing, isPromotional, shortestCard, shortestTyped, worstFinding } from './model.ts';
import { finishRun, selectCoverage, selectNewestMessage, selectRun } from './repository.ts';
import { passesEverything } from './runs.ts';
import { isTyped, publishedTexts } from './texts.ts';

/** Messages that are read and stored in one go. */
const batchSize = 2_000;
/** Published texts between two looks at whether to stop. */
const checkEvery = 32;
/** Different texts whose result is remembered: a mailing is matched once. */
const remembered = 4_000;
const announceInterval = 1_000;

const Input = z.object({ runId: PublicationRunId });

/**
 * Holds what employees sent outside, as far as it reads as promotional, against what is approved, in the order of messages' ids and from
 * where it stopped. A batch's findings and how far the run is are stored in one transaction.
 */
export const publicationJob: JobHandler = async (context, input) => {
  const { runId } = Input.parse(input);
  const { connection, clock } = context;
  const run = await selectRun(connection.query, runId);
  if (run === undefined) throw new Error(`publication run ${runId} is not stored`);
  // The process died after the run's end and before its job's: there is nothing left to do.
  if (run.state === 'done') return;
  const filter = ArchiveFilter.parse(JSON.parse(run.filter));
  const covered = run.only_new === 1 ? await selectCoverage(connection.query) : 0;
  const from = Math.max(run.matched_to, covered);
  const upTo = await selectNewestMessage(connection.query);
  if (upTo > from) await matchArchive(context, { runId, filter, from, upTo, messagesBefore: run.messages });

  await connection.query.transaction().execute(async (writer) => {
    await finishRun(writer, runId, clock.now());
    const done = await selectRun(writer, runId);
    await recordAudit(writer, clock, systemActor, {
      action: 'publication.runFinished',
      recordKind: 'publication-run',
      recordId: runId,
      details: {
        messages: done?.messages ?? 0,
        promotional: done?.promotional ?? 0,
        findings: done?.findings ?? 0,
      },
    });
  });
  context.changed('findings', 'runs', 'audit');
};

interface Stretch {
  readonly runId: PublicationRunId;
  readonly filter: ArchiveFilter;
  readonly from: number;
  readonly upTo: number;
  readonly messagesBefore: number;
}

async function matchArchive(context: JobContext, stretch: Stretch): Promise<void> {
  const { connection, clock } = context;
  const { runId, filter, from, upTo } = stretch;
  const pause = () => context.checkCancelled();
  const texts = createApprovedTexts({ connection, blobs: context.blobs, clock, pause });
  context.progress({ ...idle, phase: 'preparing', messages: stretch.messagesBefore });
  await texts.refresh();

  const isOutbound = createOutbound(connection);
  const conversations = countMailings(context, stretch, isOutbound);
  const match = createMatch(texts);
  const store = prepareFindingsWriter(connection.handle);
  const rate = createRate(clock);
  const covers = passesEverything(filter);
  let [after, done, announcedAt] = [from, stretch.messagesBefore, clock.now()];
  while (after < upTo) {
    const messages = scanMessages(connection, after, upTo, { filter, every: 1 }, batchSize);
    after = messages.length < batchSize ? upTo : (messages.at(-1)?.id ?? upTo);
    const outbound = new Set(isOutbound(messages));
    const findings: NewFinding[] = [];
    let promotional = 0;
    for (const message of messages) {
      const published = outbound.has(message) ? promotionalTexts(message, conversations) : [];
      if (published.length === 0) continue;
      promotional += 1;
      if (promotional % checkEvery === 0) pause();
      const finding = findingAbout(message, published, match);
      if (finding !== null)
        findings.push({ ...finding, id: context.ids.next(FindingId), foundAt: clock.now() });
    }
    pause();
    const batch: MatchedBatch = {
      runId,
      matchedTo: after,
      messages: messages.length,
      promotional,
      findings,
      covers,
    };
    const added = store(batch);
    done += messages.length;
    rate.add(messages.length);
    if (added > 0 && clock.now() - announcedAt > announceInterval) {
      announcedAt = clock.now();
      context.changed('findings');
    }
    context.progress({
      phase: 'matching',
      unit: 'messages',
      done: after - from,
      total: upTo - from,
      messages: done,
      rate: rate.perSecond(),
      remaining: rate.remaining(upTo - after),
    });
  }
}

const idle = { done: 0, total: null, unit: 'messages', rate: 0, remaining: null } as const;

/** Those of the messages that an employee sent into a conversation with somebody from outside. */
function createOutbound(
  connection: JobContext['connection'],
): (messages: readonly ScannedMessage[]) => ScannedMessage[] {
  const facts = prepareFacts(connection);
  const readIsOutside = prepareIsOutside(connection.handle);
  const employees = new Map<PersonId, boolean>();
  const outside = new Map<ConversationId, boolean>();
  const known = <Key, Value>(map: Map<Key, Value>, key: Key, read: () => Value): Value => {
    const value = map.get(key) ?? read();
    // A bank has thousands of employees, and conversations by the hundred thousand.
    if (map.size > 200_000) map.clear();
    map.set(key, value);
    return value;
  };
  return (messages) =>
    messages.filter(
      ({ sender_id: sender, conversation_id: conversation, text }) =>
        text !== '' &&
        sender !== null &&
        conversation !== null &&
        known(employees, sender, () => facts.people([sender])[0]?.kind === 'employee') &&
        known(outside, conversation, () => readIsOutside(conversation)),
    );
}

/** How many conversations got each typed text, over the stretch and what came before it as far as the filter lets pass. */
function countMailings(
  context: JobContext,
  { filter, upTo, messagesBefore }: Stretch,
  isOutbound: (messages: readonly ScannedMessage[]) => ScannedMessage[],
): (text: string) => number {
  const counter = createMailingCounter();
  let after = 0;
  while (after < upTo) {
    context.checkCancelled();
    const messages = scanMessages(context.connection, after, upTo, { filter, every: 1 }, batchSize);
    after = messages.length < batchSize ? upTo : (messages.at(-1)?.id ?? upTo);
    for (const { kind, text, conversation_id: conversation } of isOutbound(messages.filter(mayBeMailed)))
      if (isTyped(kind) && conversation !== null) counter.add(text, conversation);
    context.progress({
      ...idle,
      phase: 'preparing',
      done: after,
      total: upTo,
      messages: messagesBefore,
    });
  }
  return counter.conversations;
}

const mayBeMailed = ({ kind, text }: ScannedMessage) =>
  isTyped(kind) && text.length >= shortestTyped && countMarketing(text) > 0;

/** What the message published, as far as it reads as promotional (docs/publication.md). */
function promotionalTexts(message: ScannedMessage, conversations: (text: string) => number): Published[] {
  const { kind, body, text } = message;
  if (isTyped(kind)) {
    if (text.length < shortestTyped || countMarketing(text) === 0) return [];
    return publishedTexts(kind, fieldsOf(kind, body, text)).filter((own) =>
      isPromotional(own.text, own.comparable.length, conversations(text)),
    );
  }
  return publishedTexts(kind, fieldsOf(kind, body, text)).filter(
    (own) => own.comparable.length >= shortestCard,
  );
}

/** Matches a text, or remembers what came of it; what the approvals are worth depends on each message's own time. */
function createMatch(texts: ApprovedTexts) {
  const known = new Map<string, readonly Judged[]>();
  return (text: Published, at: number) => {
    const key = JSON.stringify(text.pieces ?? text.text);
    const judged = known.get(key) ?? texts.judge(text);
    known.delete(key);
    known.set(key, judged);
    const oldest = known.size > remembered ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return texts.settle(judged, at);
  };
}

function findingAbout(
  message: ScannedMessage,
  published: readonly Published[],
  match: ReturnType<typeof createMatch>,
): Omit<NewFinding, 'id' | 'foundAt'> | null {
  const outcomes = published.map((text) => match(text, message.sent_at));
  const article = worstFinding(outcomes.map((outcome) => outcome.finding));
  const outcome = outcomes[article];
  if (outcome === undefined || outcome.finding === null) return null;
  const best = outcome.matches[0];
  return {
    kind: outcome.finding,
    messageId: message.id,
    article,
    conversationId: message.conversation_id,
    senderId: message.sender_id,
    sentAt: message.sent_at,
    verdict: outcome.verdict,
    relation: best?.relation ?? null,
    similarity: best?.similarity ?? null,
    textId: best?.text.id ?? null,
    approvalId: best?.approval.id ?? null,
    standing: best?.standing ?? null,
  };
}
