import type { Anchor, TextAnchor } from '../../../core/features/reviews/workflow/comments/contract.ts';

/** What a comment that is being written is about, with the words to show above it. */
export interface AnchorDraft {
  readonly anchor: Anchor;
  /** The quote, or empty. */
  readonly quote: string;
}

export const wholeAnchor: AnchorDraft = { anchor: { kind: 'whole' }, quote: '' };

/** As much of what stands before and after as tells two places with the same words apart. */
const surroundings = 32;
/** The contract's limit for a quote. */
const longestQuote = 5_000;

/** The anchor for a stretch of a part's text, or null for an empty one: quote and position, as in the W3C annotation model. */
export function textAnchor(part: string, text: string, from: number, to: number): AnchorDraft | null {
  const start = Math.min(from, to);
  const end = Math.min(Math.max(from, to), start + longestQuote);
  if (end <= start) return null;
  const anchor: TextAnchor = {
    kind: 'text',
    part,
    quote: {
      exact: text.slice(start, end),
      prefix: text.slice(Math.max(0, start - surroundings), start),
      suffix: text.slice(end, end + surroundings),
    },
    position: { start, end },
  };
  return { anchor, quote: anchor.quote.exact };
}
