import { CalendarDay, type ConversationId, Milliseconds } from '../../../contract/ids.ts';
import { maskPersonalData } from '../../archive/model.ts';
import type { FindingEvidence } from '../model.ts';
import {
  type SignCase,
  type SourcedFact,
  factEvidence,
  isInside,
  messageEvidence,
  partnerOf,
} from './case.ts';
import { groupEvents, isDeletion, isRefusal, isRemoval, isUnfollow, isLogged } from './detect-facts.ts';
import { busyDays } from './detect-messages.ts';
import { type EventKind, eventKinds, mostEventsListed } from './kinds.ts';
import type { ObservedMessage, Person } from './observed.ts';
import { refusalsOnce } from './refusals.ts';
import { dayIndexOf } from './window.ts';

export interface SignEvent {
  readonly at: Milliseconds;
  readonly wholeDay: boolean;
  readonly subject: Person | null;
  readonly detail: string;
  readonly conversationId: ConversationId | null;
  readonly source: FindingEvidence | null;
}

export interface SignDay {
  readonly day: CalendarDay;
  readonly groups: readonly {
    readonly kind: EventKind;
    readonly count: number;
    readonly events: readonly SignEvent[];
  }[];
}

/**
 * Everything that is shown for a day: counted in whole, the first ones of each kind listed. The last day itself is among them where it
 * is known.
 */
export function eventsByDay(one: SignCase, isLastDayKnown: boolean): SignDay[] {
  const board = createBoard(one);
  const { window, observed } = one;
  if (isLastDayKnown) board.add('last-day', { at: window.lastDayEnd - 1, wholeDay: true }, () => null);
  for (const words of observed.words) board.addMessage(words.kind, words, words.words);
  for (const card of observed.cards)
    board.addMessage('card', card, one.nameOf(card.userid) || card.corp || card.userid);
  for (const file of observed.files) board.addMessage('file', file, file.name);
  for (const each of observed.revocations) board.addMessage('revoked', each, '');
  for (const each of observed.afterLeaving.first) board.addMessage('active-after-leaving', each, '');
  for (const { day, people, words } of busyDays(one))
    board.add(
      'mass-contact',
      { at: window.midnights[day] ?? 0, wholeDay: true },
      () => null,
      `${people} ${words}`,
    );
  // As findings count them: the member log's deletions where no events name the customers.
  const named = one.facts.some((fact) => isDeletion(fact, one.leaver) && isInside(fact.at, one));
  const refusals = refusalsOnce(one.facts);
  for (const fact of one.facts) {
    const kind = kindOf(fact, one.leaver, named);
    if (kind === null || !isInside(fact.at, one)) continue;
    if (kind !== 'takeover-refused' || fact.item === null || refusals.has(fact)) board.addFact(kind, fact);
  }
  for (const fact of groupEvents(one)) {
    const kind = kindOfGroupEvent(fact);
    if (kind !== null) board.addFact(kind, fact);
  }
  return board.days();
}

function kindOf(fact: SourcedFact, leaver: string, named: boolean): EventKind | null {
  if (isDeletion(fact, leaver)) return 'customer-deleted';
  if (isUnfollow(fact)) return 'customer-left';
  if (isRefusal(fact)) return 'takeover-refused';
  if (fact.kind === 'transfer-result' && fact.code === '1') return 'taken-over';
  if (fact.employee !== leaver) return null;
  if (fact.kind === 'file-leak') return 'file-leak';
  if (fact.kind === 'screenshot') return 'screenshot';
  if (!named && isLogged(fact, 'deletedContact')) return 'customer-deleted';
  if (isLogged(fact, 'newDevice')) return 'new-device';
  return isLogged(fact, 'bindingChanged') ? 'binding-changed' : null;
}

function kindOfGroupEvent(fact: SourcedFact): EventKind | null {
  if (fact.code === 'dismiss') return 'group-dismissed';
  if (isRemoval(fact)) return 'members-removed';
  if (fact.code !== 'update') return null;
  if (fact.detail === 'change_name') return 'group-renamed';
  return fact.detail === 'change_owner' ? 'owner-changed' : null;
}

interface Cell {
  count: number;
  readonly events: SignEvent[];
}

function createBoard(one: SignCase) {
  const cells = new Map<number, Map<EventKind, Cell>>();

  function add(
    kind: EventKind,
    when: { readonly at: number; readonly wholeDay: boolean },
    sourceOf: () => FindingEvidence | null,
    detail = '',
    about: { readonly subject?: Person | null; readonly conversationId?: ConversationId | null } = {},
  ): void {
    const day = dayIndexOf(when.at, one.window);
    if (day < 0 || day >= one.window.days.length) return;
    const kinds = cells.get(day) ?? new Map<EventKind, Cell>();
    cells.set(day, kinds);
    const cell = kinds.get(kind) ?? { count: 0, events: [] };
    kinds.set(kind, cell);
    cell.count += 1;
    if (cell.events.length >= mostEventsListed) return;
    cell.events.push({
      at: Milliseconds.parse(when.at),
      wholeDay: when.wholeDay,
      subject: about.subject ?? null,
      detail: maskPersonalData(detail).replaceAll('\u001E', ' '),
      conversationId: about.conversationId ?? null,
      source: sourceOf(),
    });
  }

  return {
    add,
    addMessage(kind: EventKind, message: ObservedMessage, detail: string): void {
      const { conversationId, at } = message;
      add(kind, { at, wholeDay: false }, () => messageEvidence(message, detail, one), detail, {
        subject: one.observed.conversations.has(conversationId) ? partnerOf(conversationId, one) : null,
        conversationId,
      });
    },
    addFact(kind: EventKind, fact: SourcedFact): void {
      const { item, detail } = fact;
      add(kind, fact, () => factEvidence(fact), kind === 'file-leak' ? (detail ?? '') : '', {
        subject: item === null ? null : { id: item, name: one.nameOf(item) },
      });
    },
    days(): SignDay[] {
      return [...cells]
        .toSorted(([one_], [other]) => one_ - other)
        .flatMap(([index, kinds]) => {
          const day = one.window.days[index];
          if (day === undefined) return [];
          return [
            {
              day: CalendarDay.parse(day),
              groups: eventKinds.flatMap((kind) => {
                const cell = kinds.get(kind);
                return cell === undefined
                  ? []
                  : [{ kind, count: cell.count, events: cell.events.toSorted((a, b) => a.at - b.at) }];
              }),
            },
          ];
        });
    },
  };
}
