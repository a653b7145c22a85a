import type { HandoverFinding } from '../model.ts';
import {
  type SignCase,
  finding,
  grouped,
  grown,
  isNear,
  labelOf,
  messageEvidence,
  nearDays,
  partnerOf,
  shown,
  stretchOf,
} from './case.ts';
import { isBusy, manyPeople, usualPeople } from './contact-days.ts';
import type { ContactDay, SaidWords, SentCard, SentFile } from './observed.ts';
import { dayAt } from './window.ts';

// Signs in the archive. The scores are ours, and documented (docs/handovers.md).

/** Names of files that are lists of customers. */
const listName =
  /名单|通讯录|联系人|客户(?:清单|资料|信息|明细|列表|台账|汇总|表)|(?:customer|client|contact)s?[ _-]?(?:list|book|data)|\.vcf$/iu;

export const isListFile = (name: string) => listName.test(name);
/** A card of somebody whom the bank doesn't employ: their own card, or a second account of the leaver's. */
export const isStrangerCard = ({ known, userid }: SentCard) => !known && userid !== '';

/** All signs that the archive shows. */
export function detectInMessages(one: SignCase): HandoverFinding[] {
  return [
    ...saidWords(one),
    ...revokedWords(one),
    ...cardsSent(one),
    ...listsSent(one),
    ...messagesRevoked(one),
    ...massContact(one),
    ...activeAfterLeaving(one),
  ];
}

/** One finding for each customer or group, so that a false alarm can be dismissed by itself. */
function saidWords(one: SignCase): HandoverFinding[] {
  const groups = grouped(
    one.observed.words,
    ({ kind, conversationId }) => `${kind}:${partnerOf(conversationId, one).id}`,
  );
  return [...groups.values()].flatMap((said) => {
    const strongest = strongestOf(said);
    if (strongest === null) return [];
    const who = partnerOf(strongest.conversationId, one);
    const isGroup = one.observed.conversations.get(strongest.conversationId)?.kind === 'group';
    const near = said.some(({ at }) => isNear(at, one));
    return [
      finding({
        kind: strongest.kind,
        about: who.id,
        at: strongest.at,
        score: grown(strongest.strength + (near ? 10 : 0) + (isGroup ? 5 : 0), 3, said.length, 90),
        values: {
          who: labelOf(who),
          words: shown(strongest.words),
          day: dayAt(strongest.at, one.window),
          count: said.length,
        },
        evidence: said.map((words) => messageEvidence(words, words.excerpt, one)),
      }),
    ];
  });
}

/** The strongest, of alike ones the first. */
function strongestOf(said: readonly SaidWords[]): SaidWords | null {
  return said.reduce<SaidWords | null>(
    (best, words) => (best === null || words.strength > best.strength ? words : best),
    null,
  );
}

function revokedWords(one: SignCase): HandoverFinding[] {
  const { words, revocations } = one.observed;
  const revoked = new Map(
    revocations.flatMap((each) => (each.revokes === null ? [] : [[each.revokes, each]])),
  );
  const taken = words.filter(({ kind, messageId }) => kind === 'diversion' && revoked.has(messageId));
  return [...grouped(taken, ({ conversationId }) => partnerOf(conversationId, one).id)].flatMap(
    ([about, said]) => {
      const strongest = strongestOf(said);
      if (strongest === null) return [];
      return [
        finding({
          kind: 'diversion-revoked',
          about,
          at: strongest.at,
          score: grown(65, 5, said.length, 85),
          values: {
            who: labelOf(partnerOf(strongest.conversationId, one)),
            words: shown(strongest.words),
            day: dayAt(strongest.at, one.window),
            count: said.length,
          },
          evidence: said.flatMap((each) => {
            const revocation = revoked.get(each.messageId);
            const own = messageEvidence(each, each.excerpt, one);
            return revocation === undefined ? [own] : [own, messageEvidence(revocation, '', one)];
          }),
        }),
      ];
    },
  );
}

function cardsSent(one: SignCase): HandoverFinding[] {
  const cards = one.observed.cards.filter(isStrangerCard);
  const first = cards[0];
  if (first === undefined) return [];
  const people = new Set(cards.map(({ conversationId }) => conversationId)).size;
  const near = cards.some(({ at }) => isNear(at, one));
  return [
    finding({
      kind: 'cards-sent',
      at: first.at,
      score: grown(near ? 40 : 25, 8, people, near ? 85 : 60),
      values: { count: cards.length, people, ...stretchOf(cards, one) },
      evidence: cards.map((card) => messageEvidence(card, card.corp === '' ? card.userid : card.corp, one)),
    }),
  ];
}

function listsSent(one: SignCase): HandoverFinding[] {
  const files: readonly SentFile[] = one.observed.files.filter(({ name }) => isListFile(name));
  const first = files[0];
  if (first === undefined) return [];
  return [
    finding({
      kind: 'lists-sent',
      at: first.at,
      score: grown(files.some(({ at }) => isNear(at, one)) ? 45 : 30, 8, files.length, 80),
      values: { count: files.length, file: shown(first.name), day: dayAt(first.at, one.window) },
      evidence: files.map((file) => messageEvidence(file, file.name, one)),
    }),
  ];
}

/** Ten in a month are what careful people revoke. */
const fewRevoked = 10;

function messagesRevoked(one: SignCase): HandoverFinding[] {
  const { revocations } = one.observed;
  const late = revocations.filter(({ at }) => isNear(at, one));
  const usual = Math.round((revocations.length - late.length) / 2);
  const first = late[0];
  if (first === undefined || late.length < fewRevoked || late.length < 3 * usual) return [];
  return [
    finding({
      kind: 'messages-revoked',
      at: first.at,
      score: grown(12, 6, late.length / fewRevoked, 35),
      values: { count: late.length, usual },
      evidence: late.map((each) => messageEvidence(each, '', one)),
    }),
  ];
}

const mostBusyDays = 5;

/** Days of mass contact shortly before the last day or after it. */
export function busyDays({
  window,
  observed,
}: SignCase): readonly (ContactDay & { readonly usual: number })[] {
  const usual = usualPeople(observed.contactDays.map(({ people }) => people));
  const from = window.days.length - 1 - 2 * nearDays;
  return observed.contactDays
    .filter(({ day, people }) => day >= from && isBusy(people, usual))
    .map((each) => ({ ...each, usual }));
}

function massContact(one: SignCase): HandoverFinding[] {
  return busyDays(one)
    .toSorted((a, b) => b.people - a.people || a.day - b.day)
    .slice(0, mostBusyDays)
    .flatMap(({ day, people, same, words, messageId, usual }) => {
      const name = one.window.days[day];
      const at = one.window.midnights[day];
      if (name === undefined || at === undefined) return [];
      return [
        finding({
          kind: 'mass-contact',
          about: name,
          at,
          score: grown(12, 5, people / manyPeople, 35),
          values: { day: name, people, usual, same, words: shown(words) },
          evidence: messageId === null ? [] : [messageEvidence({ messageId, at }, words, one)],
        }),
      ];
    });
}

function activeAfterLeaving(one: SignCase): HandoverFinding[] {
  const { count, first } = one.observed.afterLeaving;
  const earliest = first[0];
  if (earliest === undefined) return [];
  return [
    finding({
      kind: 'active-after-leaving',
      at: earliest.at,
      score: grown(25, 5, count, 50),
      values: { count, day: dayAt(earliest.at, one.window) },
      evidence: first.map((message) => messageEvidence(message, '', one)),
    }),
  ];
}
