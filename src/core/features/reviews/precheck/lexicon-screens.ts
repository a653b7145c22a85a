import type { PublishedLexicon, PublishedTerm } from '../../lexicons/index.ts';
import { type Severity, severityRank } from '../../lexicons/model.ts';
import { productTypeOf } from '../../products/index.ts';
import { type Found, type Screener, compileScreener, operandsOf } from '../../screening/index.ts';
import type { Circumstances, Suppression } from '../../screening/rules/model.ts';
import type { FindingLevel } from './model.ts';

/** What is screened with: a lexicon's entries, whose words and rules are those of the published version. */
export type ScreenedLexicon = Pick<PublishedLexicon, 'name' | 'settings'> & {
  readonly terms: readonly Pick<
    PublishedTerm,
    'key' | 'text' | 'category' | 'severity' | 'basis' | 'options'
  >[];
};

export type ScreenedTerm = ScreenedLexicon['terms'][number] & { readonly lexicon: string };

/** How grave a lexicon's hit is for what is to be published. */
export const levelOfSeverity = {
  critical: 'block',
  high: 'block',
  medium: 'warn',
  low: 'note',
  info: 'note',
} as const satisfies Readonly<Record<Severity, FindingLevel>>;

export interface EntryHit {
  readonly term: ScreenedTerm;
  readonly start: number;
  readonly end: number;
  /** Whether it is written as the entry is: then there is nothing to explain. */
  readonly isPlain: boolean;
  /** How it reads, worked out when asked for. */
  readonly explain: () => ReturnType<Screener['explain']>;
}

export interface LexiconScreens {
  /** Words and rules but those that ask for a disclosure. */
  words(text: string, circumstances: readonly Circumstances[]): { hits: EntryHit[]; cut: boolean };
  /** Places that lack a disclosure somewhere in the text. */
  required(text: string, circumstances: readonly Circumstances[]): { hits: EntryHit[]; cut: boolean };
}

/** Compiles lexicons for as long as none of them is published again. */
export function compileLexicons(
  lexicons: readonly ScreenedLexicon[],
  suppressions: readonly Suppression[],
): LexiconScreens {
  const all = lexicons.flatMap(({ name, settings, terms }) =>
    terms.map((term) => ({ term: { ...withTypes(term), lexicon: name }, settings })),
  );
  const asking = lexicons.flatMap(({ name, settings, terms }) =>
    withNamed(terms).map((term) => ({ term: { ...withTypes(term), lexicon: name }, settings })),
  );
  const wordScreen = screenOf(all, suppressions, (term) => term.options.rule?.kind !== 'required');
  const requiredScreen = screenOf(asking, suppressions, (term) => term.options.rule?.kind === 'required');
  return { words: wordScreen, required: requiredScreen };
}

interface Compiled {
  readonly term: ScreenedTerm;
  readonly settings: ScreenedLexicon['settings'];
}

function screenOf(
  compiled: readonly Compiled[],
  suppressions: readonly Suppression[],
  counts: (term: ScreenedTerm) => boolean,
): LexiconScreens['words'] {
  const screener = compileScreener(
    compiled.map(({ term, settings }) => ({
      text: term.text,
      options: term.options,
      settings,
      gravity: severityRank(term.severity),
    })),
    suppressions,
  );
  return (text, circumstances) => {
    const seen = new Set<string>();
    const hits: EntryHit[] = [];
    let cut = false;
    for (const known of circumstances) {
      const found = screener.screen(text, known);
      cut ||= screener.cut;
      for (const hit of found) {
        const term = compiled[hit.entry]?.term;
        const place = `${hit.entry} ${hit.start} ${hit.end}`;
        if (term === undefined || hit.silencedBy !== null || !counts(term) || seen.has(place)) continue;
        seen.add(place);
        hits.push({
          term,
          start: hit.start,
          end: hit.end,
          isPlain: hit.folds === 0,
          explain: explainer(screener, hit, text),
        });
      }
    }
    return { hits, cut };
  };
}

function explainer(screener: Screener, hit: Found, text: string): EntryHit['explain'] {
  return () => screener.explain(hit.entry, text, hit.start, hit.end);
}

/** Product types may be written as people say them: 理财 for wealth-management. */
function withTypes<Term extends ScreenedLexicon['terms'][number]>(term: Term): Term {
  const { rule } = term.options;
  if (rule?.kind !== 'required' || rule.productTypes.length === 0) return term;
  const productTypes = rule.productTypes.map((type) => productTypeOf(type) ?? type);
  return { ...term, options: { ...term.options, rule: { ...rule, productTypes } } };
}

/** The entries that ask for a disclosure, with those that their rules name, and so on. */
function withNamed(terms: ScreenedLexicon['terms']): ScreenedLexicon['terms'] {
  const byText = new Map(terms.map((term) => [term.text, term]));
  const wanted = new Set(terms.filter(({ options }) => options.rule?.kind === 'required'));
  // A set goes on over what is added meanwhile.
  for (const { options } of wanted) {
    for (const operand of options.rule === null ? [] : operandsOf(options.rule)) {
      const named = operand.kind === 'term' ? byText.get(operand.text) : undefined;
      if (named !== undefined) wanted.add(named);
    }
  }
  return [...wanted];
}
