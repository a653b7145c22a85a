import type { ConversationId, PersonId } from '../../../contract/ids.ts';
import {
  type ConversationOf,
  type HandoverMessages,
  messageCodes,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { maskPersonalData } from '../../archive/model.ts';
import { excerptAround } from '../../supervision/model.ts';
import { createAnswerTimes } from './answer-times.ts';
import { type DayCounts, contactDaysOf, createContactDays, mergeDays } from './contact-days.ts';
import { type MessageRow, inOrder, messageOf } from './message-rows.ts';
import type {
  Observed,
  ObservedComplaint,
  ObservedConversation,
  ObservedMessage,
  Person,
  Revocation,
  SentCard,
  SentFile,
} from './observed.ts';
import type { SignReaders } from './readers.ts';
import { createSaidPromises } from './said-promises.ts';
import { createSaidWords } from './said-words.ts';
import { TextScreen } from './text-screen.ts';
import { type SignWindow, dayIndexOf } from './window.ts';

export interface ScanSubject {
  readonly leaver: string;
  readonly window: SignWindow;
  /** Special days, for 工作日 in promises. */
  readonly specialDays: ReadonlyMap<string, 'holiday' | 'workday'>;
}

/** Messages after the last day of which each is kept; the others are counted. */
const mostAfterLeaving = 100;

/** What some of a leaver's conversations show: plain values, which may come from another thread. */
export interface ScannedPart extends Omit<Observed, 'conversations' | 'contactDays'> {
  readonly days: readonly DayCounts[];
}

/**
 * Reads some of a leaver's conversations and gathers what detectors need: some ten values for each thing seen, some numbers for each
 * conversation, and nothing of the other messages. Texts are held a block at a time.
 */
export function scanPart(
  messages: HandoverMessages,
  readers: SignReaders,
  subject: ScanSubject,
  conversations: readonly ConversationOf[],
): ScannedPart {
  const leaver = messages.person(subject.leaver)?.id ?? null;
  const gathered = createGathered(messages, readers, subject, leaver, conversations);
  const ids = conversations.map((conversation) => conversation.id);
  for (const rows of messages.read(ids, subject.window.from, subject.window.to))
    for (const row of rows) gathered.take(row);
  return gathered.finish();
}

/** Puts together what the parts show, whichever conversations each of them read. */
export function observedIn(
  messages: HandoverMessages,
  { leaver, window }: ScanSubject,
  conversations: readonly ConversationOf[],
  parts: readonly ScannedPart[],
): Observed {
  const all = <Item extends ObservedMessage>(of: (part: ScannedPart) => readonly Item[]) =>
    parts.flatMap(of).toSorted(inOrder);
  const seen = {
    words: all(({ words }) => words),
    cards: all(({ cards }) => cards),
    files: all(({ files }) => files),
    revocations: all(({ revocations }) => revocations),
    promises: all(({ promises }) => promises),
    complaints: all(({ complaints }) => complaints),
  };
  const person = messages.person(leaver)?.id ?? null;
  const first = all(({ afterLeaving }) => afterLeaving.first).slice(0, mostAfterLeaving);
  return {
    ...seen,
    messages: parts.reduce((sum, part) => sum + part.messages, 0),
    contactDays: contactDaysOf(mergeDays(parts.map(({ days }) => days)), window, (text, from, to) =>
      person === null ? { conversations: 0, first: null } : messages.sameWords(person, text, from, to),
    ),
    afterLeaving: { count: parts.reduce((sum, part) => sum + part.afterLeaving.count, 0), first },
    conversations: partnersIn(
      messages,
      person,
      new Set([...Object.values(seen), first].flat().map(({ conversationId }) => conversationId)),
      conversations,
    ),
  };
}

function createGathered(
  messages: HandoverMessages,
  { diversion, complaints }: SignReaders,
  { window, specialDays }: ScanSubject,
  leaver: PersonId | null,
  conversations: readonly ConversationOf[],
) {
  /** The place of each conversation in the columns. */
  const places = new Map(conversations.map(({ id }, index) => [id, index]));
  const isSingle = Uint8Array.from(conversations, ({ kind }) => (kind === 'single' ? 1 : 0));
  const lastDay = new Int16Array(conversations.length).fill(-1);
  const words = createSaidWords(diversion, conversations.length);
  const promises = createSaidPromises(window, specialDays, conversations.length);
  const contactDays = createContactDays(window);
  const cards: SentCard[] = [];
  const files: SentFile[] = [];
  const revocations: Revocation[] = [];
  let afterFirst: ObservedMessage[] = [];
  const complained: Omit<ObservedComplaint, 'followedAt'>[] = [];
  const answers = createAnswerTimes(conversations.length);
  /** Whoever is none of them speaks as a customer. */
  const employees = new Set(messages.employees());
  let count = 0;
  let afterCount = 0;

  const heard = new TextScreen<MessageRow>(
    complaints.screener,
    complaints.circumstances,
    false,
    (row, found, text) => {
      const hit = found.find((each) => each.silencedBy === null);
      if (hit === undefined) return;
      const sender = row[2] === null ? null : messages.personById(row[2]);
      const { excerpt, excerptStart } = excerptAround(text, hit.start, hit.end, maskPersonalData);
      complained.push({
        ...messageOf(row),
        sender: { id: sender?.externalId ?? '', name: sender?.name ?? '' },
        words: excerpt.slice(excerptStart, excerptStart + hit.end - hit.start),
        start: hit.start,
        excerpt,
      });
    },
  );

  function customerWrote(row: MessageRow, sender: PersonId, place: number): void {
    if (row[5] === '' || employees.has(sender)) return;
    heard.add(row[5], row);
    answers.ask(place, row[3]);
    promises.hear(row, place);
  }

  function leaverWrote(row: MessageRow, place: number): void {
    const [at, code, text] = [row[3], row[4], row[5]];
    if (code === messageCodes.revoke) {
      const revoked = row[7];
      revocations.push({ ...messageOf(row), revokes: revoked === null ? null : messages.idOf(revoked) });
      return;
    }
    if (at >= window.lastDayEnd) {
      afterCount += 1;
      afterFirst.push(messageOf(row));
      if (afterFirst.length >= 10 * mostAfterLeaving) afterFirst = earliestOf(afterFirst);
    }
    promises.follow(place, at);
    answers.answer(place, at);
    if (isSingle[place] === 1) {
      const day = dayIndexOf(at, window);
      contactDays.take(day, day !== lastDay[place], text, row[0], at);
      lastDay[place] = day;
    }
    if (code === messageCodes.card) cards.push({ ...messageOf(row), ...cardOf(row[6], messages) });
    else if (code === messageCodes.file)
      files.push({ ...messageOf(row), name: text.replaceAll('\u001E', ' ').trim() });
    if (text === '') return;
    words.add(row, place);
    if (code === messageCodes.text) promises.take(row, place);
  }

  return {
    take(row: MessageRow): void {
      const place = places.get(row[1]);
      const sender = row[2];
      if (place === undefined || sender === null) return;
      count += 1;
      if (sender === leaver) leaverWrote(row, place);
      else customerWrote(row, sender, place);
    },
    finish(): ScannedPart {
      heard.flush();
      return {
        messages: count,
        words: words.finish(),
        cards,
        files,
        revocations,
        days: contactDays.finish(),
        afterLeaving: { count: afterCount, first: earliestOf(afterFirst) },
        promises: promises.finish(),
        complaints: answers.withAnswers(complained, ({ conversationId }) => places.get(conversationId)),
      };
    },
  };
}

const earliestOf = (messages: readonly ObservedMessage[]) =>
  messages.toSorted(inOrder).slice(0, mostAfterLeaving);

/** Whom conversations reach. */
function partnersIn(
  messages: HandoverMessages,
  leaver: PersonId | null,
  wanted: ReadonlySet<ConversationId>,
  conversations: readonly ConversationOf[],
): Observed['conversations'] {
  const partners = new Map<ConversationId, Person>();
  if (leaver !== null)
    for (const { conversationId, partner, name } of messages.singleConversations(leaver))
      partners.set(conversationId, { id: partner, name: name ?? '' });
  const found = new Map<ConversationId, ObservedConversation>();
  for (const { id, kind, roomId } of conversations) {
    if (!wanted.has(id)) continue;
    const partner = partners.get(id);
    if (kind === 'single') {
      found.set(id, { kind, group: null, customers: partner === undefined ? [] : [partner] });
      continue;
    }
    const group = { id: roomId ?? '', name: (roomId === null ? null : messages.person(roomId)?.name) ?? '' };
    const customers = messages
      .members(id)
      .filter((member) => member.kind !== 'employee')
      .map((member) => ({ id: member.externalId, name: member.name ?? '' }));
    found.set(id, { kind, group, customers });
  }
  return found;
}

/** Whose card a message has, as it came: a body that says nothing is a card of nobody known. */
function cardOf(
  body: string | null,
  messages: HandoverMessages,
): Pick<SentCard, 'userid' | 'corp' | 'known'> {
  const value: unknown = body === null ? null : JSON.parse(body);
  const of = (key: string) => {
    const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return typeof member === 'string' ? member : '';
  };
  const userid = of('userid');
  return { userid, corp: of('corpname'), known: messages.person(userid)?.kind === 'employee' };
}
