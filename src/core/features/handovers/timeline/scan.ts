import type { ConversationId, PersonId } from '../../../contract/ids.ts';
import {
  type ConversationOf,
  type HandoverMessages,
  messageCodes,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { excerptAround } from '../../supervision/model.ts';
import { createContactDays } from './contact-days.ts';
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

/**
 * Reads a leaver's conversations of a window and gathers what detectors need: some ten values for each thing seen, some numbers for each
 * conversation, and nothing of the other messages. Texts are held a block at a time.
 */
export function scanMessages(
  messages: HandoverMessages,
  readers: SignReaders,
  subject: ScanSubject,
): Observed {
  const leaver = messages.person(subject.leaver);
  const { from, to } = subject.window;
  const conversations = leaver === null ? [] : messages.conversations(leaver.id, from, to);
  const gathered = createGathered(messages, readers, subject, leaver?.id ?? null, conversations);
  const ids = conversations.map((conversation) => conversation.id);
  for (const rows of messages.read(ids, from, to)) for (const row of rows) gathered.take(row);
  return gathered.finish();
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
  const afterFirst: ObservedMessage[] = [];
  const complained: ObservedComplaint[] = [];
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
      complained.push({
        ...messageOf(row),
        sender: { id: sender?.externalId ?? '', name: sender?.name ?? '' },
        words: text.slice(hit.start, hit.end),
        start: hit.start,
        excerpt: excerptAround(text, hit.start, hit.end, (whole) => whole).excerpt,
        followedAt: leaver === null ? null : messages.nextBy(leaver, row[1], row[3]),
      });
    },
  );

  function customerWrote(row: MessageRow, sender: PersonId, place: number): void {
    if (row[5] === '' || employees.has(sender)) return;
    heard.add(row[5], row);
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
      if (afterFirst.length < mostAfterLeaving) afterFirst.push(messageOf(row));
    }
    promises.follow(place, at);
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
    finish(): Observed {
      heard.flush();
      const seen = {
        words: words.finish(),
        cards: cards.toSorted(inOrder),
        files: files.toSorted(inOrder),
        revocations: revocations.toSorted(inOrder),
        promises: promises.finish(),
        complaints: complained.toSorted(inOrder),
      };
      const first = afterFirst.toSorted(inOrder);
      return {
        ...seen,
        messages: count,
        contactDays: contactDays.finish((text, from, to) =>
          leaver === null ? { conversations: 0, first: null } : messages.sameWords(leaver, text, from, to),
        ),
        afterLeaving: { count: afterCount, first },
        conversations: partnersIn(
          messages,
          leaver,
          new Set([...Object.values(seen), first].flat().map(({ conversationId }) => conversationId)),
          conversations,
        ),
      };
    },
  };
}

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
