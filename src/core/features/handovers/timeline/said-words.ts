import type { MessageId } from '../../../contract/ids.ts';
import { maskPersonalData } from '../../archive/model.ts';
import { excerptAround } from '../../supervision/model.ts';
import type { DiversionReader, WordHit, WordKind } from './diversion.ts';
import { type MessageRow, inOrder, messageOf } from './message-rows.ts';
import type { ObservedMessage, SaidWords } from './observed.ts';
import { createRecentWords } from './recent-words.ts';
import { TextScreen } from './text-screen.ts';

/** Hits of one kind in one conversation of which each is kept: the earliest. */
const mostEach = 200;
/** Units between a phrase and an account that are quoted as one. */
const together = 12;

type Source = 'account' | 'single' | 'joined';
/** Of two hits as strong as each other, the one in the message by itself is quoted. */
const sources: readonly Source[] = ['single', 'joined', 'account'];

interface Quote extends WordHit {
  readonly source: Source;
  readonly text: string;
}

/** A message, with the strongest of the words that lead elsewhere and the account that it names. */
interface Draft extends ObservedMessage {
  readonly kind: WordKind;
  phrase: Quote | null;
  account: Quote | null;
}

/** Screens what the leaver wrote for words that lead out of the bank, each message by itself and with those before it. */
export function createSaidWords(diversion: DiversionReader, conversations: number) {
  const talks = new Map<string, Map<MessageId, Draft>>();
  const recent = createRecentWords(conversations);
  const screenOf = (source: 'single' | 'joined') =>
    new TextScreen<MessageRow>(
      diversion.screener,
      diversion.circumstances,
      source === 'joined',
      (row, found, text) =>
        take(
          row,
          text,
          found.flatMap((each) => diversion.hitOf(each, text) ?? []),
          source,
        ),
    );
  const single = screenOf('single');
  const joined = screenOf('joined');

  function take(row: MessageRow, text: string, hits: readonly WordHit[], source: Source): void {
    for (const hit of hits) {
      const key = `${row[1]} ${hit.kind}`;
      const drafts = talks.get(key) ?? new Map<MessageId, Draft>();
      const draft = drafts.get(row[0]) ?? { ...messageOf(row), kind: hit.kind, phrase: null, account: null };
      const quote = { ...hit, source, text };
      if (source === 'account') draft.account = better(draft.account, quote);
      else draft.phrase = better(draft.phrase, quote);
      drafts.set(row[0], draft);
      // Hits come a block at a time, and so not in order: which are the earliest shows later.
      talks.set(key, drafts.size < 4 * mostEach ? drafts : earliestOf(drafts));
    }
  }

  return {
    /** A message of the leaver's, in the conversation with that number. */
    add(row: MessageRow, conversation: number): void {
      const text = row[5];
      const mayName = single.add(text, row, diversion.accountCues);
      if (mayName) take(row, text, diversion.accountsIn(text), 'account');
      const withEarlier = recent.join(conversation, row[3], text);
      if (withEarlier !== null) joined.addJoined(withEarlier, row);
    },
    finish(): SaidWords[] {
      single.flush();
      joined.flush();
      return [...talks.values()]
        .flatMap((drafts) => [...earliestOf(drafts).values()].flatMap((draft) => saidWords(draft) ?? []))
        .toSorted(inOrder);
    },
  };
}

function better(known: Quote | null, quote: Quote): Quote {
  if (known === null) return quote;
  const order =
    quote.strength - known.strength ||
    sources.indexOf(known.source) - sources.indexOf(quote.source) ||
    known.start - quote.start;
  return order > 0 ? quote : known;
}

function earliestOf(drafts: ReadonlyMap<MessageId, Draft>): Map<MessageId, Draft> {
  return new Map([...drafts].toSorted(([, one], [, other]) => inOrder(one, other)).slice(0, mostEach));
}

/** Both the words that lead elsewhere and the account are quoted. */
function saidWords({ phrase, account, ...message }: Draft): SaidWords | null {
  const first = phrase ?? account;
  if (first === null) return null;
  const strength = Math.max(phrase?.strength ?? 0, account?.strength ?? 0);
  const { words, excerpt } = quoted(first, first.start, first.end);
  if (phrase === null || account === null) return { ...message, strength, words, excerpt };
  if (account.text === phrase.text) {
    const start = Math.min(phrase.start, account.start);
    const end = Math.max(phrase.end, account.end);
    const between = end - start - (phrase.end - phrase.start) - (account.end - account.start);
    if (between <= together) return { ...message, strength, ...quoted(phrase, start, end) };
  }
  const name = quoted(account, account.start, account.end).words;
  return { ...message, strength, words: words.includes(name) ? words : `${words}…${name}`, excerpt };
}

/** Masked before they are cut: half a number is not seen to be one. */
function quoted({ text }: Quote, start: number, end: number): Pick<SaidWords, 'words' | 'excerpt'> {
  const { excerpt, excerptStart } = excerptAround(text, start, end, maskPersonalData);
  return { words: excerpt.slice(excerptStart, excerptStart + end - start), excerpt };
}
