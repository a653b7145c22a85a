import { maskPersonalData } from '../../archive/model.ts';
import { momentOf } from '../../calendar/model.ts';
import { type FoundPromise, findPromises, findTimes, plainText } from '../promises/index.ts';
import { type MessageRow, inOrder, messageOf } from './message-rows.ts';
import type { ObservedMessage, ObservedPromise } from './observed.ts';
import type { SignWindow } from './window.ts';

/** Writing again within ten minutes is the same talk, and keeps no promise. */
const sameTalk = 10 * 60_000;

interface Draft {
  readonly message: ObservedMessage;
  readonly found: FoundPromise;
  readonly excerpt: string;
  /** From when on a word of the leaver's counts as following it up. */
  readonly followFrom: number;
  followedAt: number | null;
}

/** Finds what the leaver promised, and whether the leaver wrote again when it was due. Messages of each conversation come in order of time. */
export function createSaidPromises(
  { timeZone }: SignWindow,
  days: ReadonlyMap<string, 'holiday' | 'workday'>,
  conversations: number,
) {
  const promised: Draft[] = [];
  /** By conversation: what nobody has followed up, and from when on any of it may be. */
  const open = new Map<number, Draft[]>();
  const nextFollow = new Float64Array(conversations).fill(Infinity);
  /** The day on which a product falls due, as far as somebody said it. */
  const maturities = new Map<number, string>();
  const midnights = new Map<string, number>();

  function midnightOf(day: string): number {
    let midnight = midnights.get(day);
    if (midnight === undefined) {
      midnight = momentOf(day, 0, timeZone);
      midnights.set(day, midnight);
    }
    return midnight;
  }

  function add(conversation: number, draft: Draft): void {
    promised.push(draft);
    const own = open.get(conversation);
    if (own === undefined) open.set(conversation, [draft]);
    else own.push(draft);
    nextFollow[conversation] = Math.min(nextFollow[conversation] ?? Infinity, draft.followFrom);
  }

  /** 到期后给您转存, 到期前提醒您: by the day that was named before in this conversation. */
  function withMaturity(found: FoundPromise, conversation: number, isBefore: boolean): FoundPromise {
    const maturity = maturities.get(conversation);
    if (found.kind !== 'maturity' || found.due !== null || maturity === undefined) return found;
    return {
      ...found,
      due: { from: maturity, to: maturity, minute: null, bound: isBefore ? 'by' : 'after' },
    };
  }

  return {
    /** The leaver writes something: what was open before is followed up. */
    follow(conversation: number, at: number): void {
      if (at < (nextFollow[conversation] ?? Infinity)) return;
      let next = Infinity;
      const left = (open.get(conversation) ?? []).filter((draft) => {
        if (draft.followFrom <= at) {
          draft.followedAt = at;
          return false;
        }
        next = Math.min(next, draft.followFrom);
        return true;
      });
      open.set(conversation, left);
      nextFollow[conversation] = next;
    },
    /** A text of the leaver's. */
    take(row: MessageRow, conversation: number): void {
      const [at, text] = [row[3], row[5]];
      const all = findPromises(text, { at, timeZone, days });
      if (all.length === 0) return;
      // Masked before it is cut: half a number is not seen to be one.
      const masked = maskPersonalData(text);
      for (const each of all) {
        const found = withMaturity(each, conversation, text.slice(each.start, each.end).includes('到期前'));
        if (found.kind === 'maturity' && found.due !== null) maturities.set(conversation, found.due.to);
        const earliest = at + sameTalk;
        add(conversation, {
          message: messageOf(row),
          found,
          excerpt: masked.slice(each.start, each.end),
          followFrom: found.due === null ? earliest : Math.max(earliest, midnightOf(found.due.from)),
          followedAt: null,
        });
      }
    },
    /** A text of a customer's, who may say when something falls due. */
    hear(row: MessageRow, conversation: number): void {
      if (!row[5].includes('到期')) return;
      const times = findTimes(plainText(row[5]), { at: row[3], timeZone });
      const due = times.find((each) => each.due !== null)?.due ?? null;
      if (due !== null) maturities.set(conversation, due.to);
    },
    finish(): ObservedPromise[] {
      return promised
        .map(({ message, found, excerpt, followedAt }) => ({ ...message, found, excerpt, followedAt }))
        .toSorted(inOrder);
    },
  };
}
