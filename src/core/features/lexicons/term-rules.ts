import { foldText } from '../screening/index.ts';
import type { LexiconWarning } from './contract.ts';
import { type LexiconWarningKind, maxTermLength, maxWarnings } from './model.ts';

// White space other than a space is no part of what people write in a chat line, and would break the .txt format.
const control = /\p{Cc}/u;

/** Why a term's text can't be kept, or null. `text` is trimmed. */
export function problemOf(text: string): 'empty-term' | 'too-long' | 'control-character' | null {
  if (text === '') return 'empty-term';
  if (text.length > maxTermLength) return 'too-long';
  if (control.test(text)) return 'control-character';
  return null;
}

/** Collects warnings up to `maxWarnings`, and says how many more there were. */
export class WarningList {
  readonly #listed: LexiconWarning[] = [];
  #more = 0;

  add(kind: LexiconWarningKind, line: number | null, text: string, other?: string, number?: number): void {
    if (this.#listed.length < maxWarnings)
      this.#listed.push({
        kind,
        line,
        text,
        ...(other === undefined ? {} : { other }),
        ...(number === undefined ? {} : { number }),
      });
    else this.#more += 1;
  }

  all(): LexiconWarning[] {
    if (this.#more === 0) return [...this.#listed];
    return [
      ...this.#listed,
      { kind: 'more' satisfies LexiconWarningKind, line: null, text: String(this.#more) },
    ];
  }
}

/** Warns of terms that are kept but deserve a look. Knows what it has seen, so give it all terms of a lexicon in turn, without the rules, whose text is a name. */
export function createTermReview(warnings: WarningList): (text: string, line: number | null) => void {
  const seen = new Map<string, string>();
  return (text, line) => {
    const folded = foldText(text);
    const characters = Array.from(folded).length;
    if (characters === 0) warnings.add('never-matches', line, text);
    if (characters === 1) warnings.add('one-character', line, text);
    const same = seen.get(folded);
    if (same === undefined) seen.set(folded, text);
    else if (characters > 0) warnings.add('same-when-folded', line, text, same);
  };
}
