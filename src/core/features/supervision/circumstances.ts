import type { ConversationId, PersonId } from '../../contract/ids.ts';
import type {
  ConversationFacts,
  PersonFacts,
  ScannedMessage,
  prepareFacts,
} from '../../platform/database/sqlite/message-scan.ts';
import { createMinutes } from '../../platform/minute-of-day.ts';
import { type CircumstanceColumns, channelCodes, speakerCodes } from '../screening/index.ts';

/** What the circumstances of a message are made from. */
export type SituatedMessage = Pick<ScannedMessage, 'conversation_id' | 'sender_id' | 'sent_at' | 'kind'>;

/** Most people, and most conversations, that are remembered: some 20 MB each. */
const mostRemembered = 200_000;

/**
 * Says of messages who speaks, where and when, a number each. Everybody who is not an employee speaks as a customer: a
 * complaint is one whether it comes by WeChat or from another company's WeCom. The branch is the employee's: the
 * sender's own, or for a customer's message that of the first employee of the conversation who has one.
 */
export function createCircumstances(
  facts: ReturnType<typeof prepareFacts>,
  timeZone: string,
): (messages: readonly SituatedMessage[]) => CircumstanceColumns {
  const people = createMemory<PersonId, PersonFacts>((ids) => facts.people(ids));
  const conversations = createMemory<ConversationId, ConversationFacts>((ids) => facts.conversations(ids));
  const minuteOf = createMinutes(timeZone);

  return (messages) => {
    const personOf = people(messages.flatMap((message) => message.sender_id ?? []));
    const conversationOf = conversations(messages.flatMap((message) => message.conversation_id ?? []));
    const names: string[] = [];
    const known = new Map<string, number>();
    const code = (name: string | null): number => {
      if (name === null) return -1;
      let position = known.get(name);
      if (position === undefined) {
        position = names.push(name) - 1;
        known.set(name, position);
      }
      return position;
    };
    const columns: CircumstanceColumns = {
      speakers: new Uint8Array(messages.length),
      channels: new Uint8Array(messages.length),
      kinds: new Int32Array(messages.length),
      branches: new Int32Array(messages.length),
      minutes: new Int16Array(messages.length),
      names,
    };
    for (const [index, message] of messages.entries()) {
      const person = message.sender_id === null ? undefined : personOf.get(message.sender_id);
      const conversation =
        message.conversation_id === null ? undefined : conversationOf.get(message.conversation_id);
      columns.speakers[index] = speakerCodes.indexOf(speakerOf(person));
      columns.channels[index] = channelCodes.indexOf(conversation?.kind ?? null);
      columns.kinds[index] = code(message.kind);
      columns.branches[index] = code(
        person?.kind === 'employee' ? person.branch : (conversation?.branch ?? null),
      );
      columns.minutes[index] = minuteOf(message.sent_at);
    }
    return columns;
  };
}

function speakerOf(person: PersonFacts | undefined): (typeof speakerCodes)[number] {
  if (person === undefined) return null;
  return person.kind === 'employee' ? 'employee' : 'customer';
}

/** Looks up what it does not know yet, all ids of a batch at once, and forgets everything when that gets too much. */
function createMemory<Id, Facts extends { readonly id: Id }>(
  lookUp: (ids: readonly Id[]) => readonly Facts[],
): (ids: readonly Id[]) => ReadonlyMap<Id, Facts> {
  const known = new Map<Id, Facts>();
  return (ids) => {
    if (known.size > mostRemembered) known.clear();
    const missing = [...new Set(ids)].filter((id) => !known.has(id));
    if (missing.length > 0) for (const facts of lookUp(missing)) known.set(facts.id, facts);
    return known;
  };
}
