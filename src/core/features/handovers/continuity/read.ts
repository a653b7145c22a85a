import { type ConversationId, Milliseconds, type PersonId } from '../../../contract/ids.ts';
import type { DatabaseConnection } from '../../../platform/database/connection.ts';
import {
  type MessageRow,
  prepareHandoverMessages,
} from '../../../platform/database/sqlite/handover-messages.ts';
import { selectFactsOfItems } from '../../feeds/index.ts';
import type { ComplaintReader } from '../timeline/index.ts';
import { TextScreen } from '../timeline/index.ts';
import type { TakenOver } from './assess.ts';

/** A customer whom the balance sheet shows as taken over. */
export interface Passed {
  readonly id: string;
  readonly name: string;
  readonly taker: string;
  /** Null: the records don't say when. */
  readonly at: Milliseconds | null;
}

interface Contact {
  readonly passed: Passed;
  readonly taker: PersonId;
  readonly conversationId: ConversationId;
  contactedAt: number | null;
  answeredAt: number | null;
  complainedAt: number | null;
}

/**
 * What became of customers after the leaver's last day: reads each taker's conversations with them, and the events in which they
 * deleted their taker.
 */
export function readContinuity(
  connection: DatabaseConnection,
  complaints: ComplaintReader,
  customers: readonly Passed[],
  lastDayEnd: number,
): TakenOver[] {
  const messages = prepareHandoverMessages(connection);
  const contacts = new Map<ConversationId, Contact>();
  const byCustomer = new Map<string, Contact>();
  const screen = new TextScreen<{ readonly contact: Contact; readonly at: number }>(
    complaints.screener,
    complaints.circumstances,
    false,
    ({ contact, at }, found) => {
      if (!found.some(({ silencedBy }) => silencedBy === null)) return;
      contact.complainedAt = Math.min(contact.complainedAt ?? at, at);
    },
  );
  const byTaker = new Map<string, Map<string, Passed>>();
  let from = lastDayEnd;
  for (const passed of customers) {
    const own = byTaker.get(passed.taker) ?? new Map<string, Passed>();
    byTaker.set(passed.taker, own);
    own.set(passed.id, passed);
    // Customers may pass before the last day.
    from = Math.min(from, passed.at ?? from);
  }
  for (const [userid, own] of byTaker) {
    const taker = messages.person(userid);
    if (taker === null) continue;
    for (const { conversationId, partner } of messages.singleConversations(taker.id)) {
      const passed = own.get(partner);
      if (passed === undefined) continue;
      const contact: Contact = {
        passed,
        taker: taker.id,
        conversationId,
        contactedAt: null,
        answeredAt: null,
        complainedAt: null,
      };
      contacts.set(conversationId, contact);
      byCustomer.set(passed.id, contact);
    }
  }
  for (const rows of messages.read([...contacts.keys()], from, Number.MAX_SAFE_INTEGER))
    for (const row of rows) takeMessage(contacts, row, lastDayEnd, screen);
  screen.flush();
  const left = departures(connection, customers, lastDayEnd);
  const timeOf = (at: number | null | undefined) =>
    at === null || at === undefined ? null : Milliseconds.parse(at);
  return customers.map((passed): TakenOver => {
    const contact = byCustomer.get(passed.id);
    return {
      customer: { id: passed.id, name: passed.name },
      taker: passed.taker,
      since: passed.at ?? Milliseconds.parse(lastDayEnd),
      contactedAt: timeOf(contact?.contactedAt),
      answeredAt: timeOf(contact?.answeredAt),
      complainedAt: timeOf(contact?.complainedAt),
      leftAt: timeOf(left.get(passed.id)),
      conversationId: contact?.conversationId ?? null,
    };
  });
}

/** From when on a word counts: a record of the takeover may come later than the takeover itself. */
const countsFrom = ({ at }: Passed, lastDayEnd: number) => Math.min(at ?? lastDayEnd, lastDayEnd);

function takeMessage(
  contacts: ReadonlyMap<ConversationId, Contact>,
  row: MessageRow,
  lastDayEnd: number,
  screen: TextScreen<{ readonly contact: Contact; readonly at: number }>,
): void {
  const [sender, at, text] = [row[2], row[3], row[5]];
  const contact = contacts.get(row[1]);
  if (contact === undefined || sender === null || at < countsFrom(contact.passed, lastDayEnd)) return;
  if (sender === contact.taker) contact.contactedAt ??= at;
  else {
    if (contact.contactedAt !== null) contact.answeredAt ??= at;
    if (text !== '') screen.add(text, { contact, at });
  }
}

/** When customers deleted their takers, and did not come back. */
function departures(
  connection: DatabaseConnection,
  customers: readonly Passed[],
  lastDayEnd: number,
): ReadonlyMap<string, number> {
  const passedById = new Map(customers.map((passed) => [passed.id, passed]));
  const left = new Map<string, number>();
  for (const { item, employee, code, at } of selectFactsOfItems(
    connection,
    [...passedById.keys()],
    ['contact-event'],
  )) {
    const passed = item === null ? undefined : passedById.get(item);
    if (passed === undefined || employee !== passed.taker || at < countsFrom(passed, lastDayEnd)) continue;
    if (code === 'del_follow_user') left.set(passed.id, left.get(passed.id) ?? at);
    else if (code === 'add_external_contact' || code === 'add_half_external_contact') left.delete(passed.id);
  }
  return left;
}
