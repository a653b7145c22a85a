import type { Circumstances } from './rules/model.ts';
import type { Found, Screener } from './screener.ts';
import { type JoinedText, createSplitJoiner } from './split.ts';

/** A stretch of one of several messages; UTF-16 offsets, end exclusive. */
export interface MessagePlace {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** A hit in one message, or over several: it then stands with its last part. */
export interface MessageHit extends MessagePlace {
  readonly found: Found;
  /** What `found` has its offsets in: the message, or the joined text. */
  readonly text: string;
  /** Of a hit over several messages, the first of them first; otherwise none. */
  readonly parts: readonly MessagePlace[];
}

/** Screens texts as messages that one sender sent a second apart, each by itself and with those before it. */
export function screenMessages(
  screener: Screener,
  texts: readonly string[],
  circumstances: Circumstances,
): MessageHit[] {
  const hits: MessageHit[] = [];
  const joiner = createSplitJoiner();
  /** The texts that the joiner counts: an empty one is no message to it. */
  const said: number[] = [];
  texts.forEach((text, index) => {
    for (const found of screener.screen(text, circumstances))
      hits.push({ index, start: found.start, end: found.end, found, text, parts: [] });
    if (text !== '') said.push(index);
    const joined = screener.joins ? joiner.join('sender', index * 1_000, text) : null;
    if (joined === null) return;
    for (const found of screener.screenJoined(joined, circumstances)) {
      const parts = partsOf(joined, found, said);
      const own = parts.at(-1);
      if (own !== undefined) hits.push({ ...own, found, text: joined.text, parts });
    }
  });
  return hits;
}

/** Where a hit of a joined text stands in its messages, the first of them first; the last of `said` is the newest. */
function partsOf(joined: JoinedText, found: Found, said: readonly number[]): readonly MessagePlace[] {
  return joined.parts.flatMap((part) => {
    const start = Math.max(found.start, part.start);
    const end = Math.min(found.end, part.start + part.length);
    const index = said.at(-1 - part.back);
    if (start >= end || index === undefined) return [];
    const shift = part.offset - part.start;
    return { index, start: start + shift, end: end + shift };
  });
}
