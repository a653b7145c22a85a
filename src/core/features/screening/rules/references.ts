import type { EntryOptions, LexiconSettings, Operand, RuleDefinition } from './model.ts';

/** An entry with the settings of the version that it comes from; entries with the same settings object are one lexicon. */
export interface ScreenerEntry {
  readonly text: string;
  readonly options: EntryOptions;
  readonly settings: LexiconSettings;
  /**
   * How grave its hits are: the greater, the graver, up to 9; 0 where it is not said. Of a text with more hits than are kept
   * the gravest are.
   */
  readonly gravity?: number;
}

/** The operands of a rule, in the order in which it is written. */
export function operandsOf(rule: RuleDefinition): readonly Operand[] {
  switch (rule.kind) {
    case 'near':
      return [rule.first, rule.second];
    case 'all-of':
    case 'any-of':
      return rule.operands;
    case 'required':
      return [rule.when, ...rule.disclosures];
    case 'pattern':
    case 'detector':
      return [rule];
    default:
      return rule satisfies never;
  }
}

/** Finds the entry that a rule names: in its own lexicon, or else in any. */
export function createResolver(
  entries: readonly ScreenerEntry[],
): (from: number, text: string) => number | undefined {
  // Made where it is asked for: few lexicons have rules that name an entry.
  let places: Places | null = null;
  return (from, text) => {
    places ??= placesOf(entries);
    const settings = entries[from]?.settings;
    const own = settings === undefined ? undefined : places.bySettings.get(settings)?.get(text);
    return own ?? places.anywhere.get(text);
  };
}

/** By text: the position of the first entry that says it. */
interface Places {
  readonly bySettings: ReadonlyMap<LexiconSettings, ReadonlyMap<string, number>>;
  readonly anywhere: ReadonlyMap<string, number>;
}

function placesOf(entries: readonly ScreenerEntry[]): Places {
  const bySettings = new Map<LexiconSettings, Map<string, number>>();
  const anywhere = new Map<string, number>();
  entries.forEach(({ text, settings }, index) => {
    let own = bySettings.get(settings);
    if (own === undefined) {
      own = new Map();
      bySettings.set(settings, own);
    }
    if (!own.has(text)) own.set(text, index);
    if (!anywhere.has(text)) anywhere.set(text, index);
  });
  return { bySettings, anywhere };
}

/** The rules, each behind those that it refers to; those that refer to themselves, or to such a one, are left out. */
export function rulesInOrder(
  entries: readonly ScreenerEntry[],
  resolve: (from: number, text: string) => number | undefined,
): number[] {
  const waitsFor = new Map<number, number>();
  const waiting = new Map<number, number[]>();
  const ready: number[] = [];
  entries.forEach(({ options }, index) => {
    if (options.rule === null) return;
    const others = new Set(
      operandsOf(options.rule).flatMap((operand) => {
        const other = operand.kind === 'term' ? resolve(index, operand.text) : undefined;
        return other !== undefined && entries[other]?.options.rule !== null ? [other] : [];
      }),
    );
    waitsFor.set(index, others.size);
    for (const other of others) {
      const list = waiting.get(other);
      if (list === undefined) waiting.set(other, [index]);
      else list.push(index);
    }
    if (others.size === 0) ready.push(index);
  });
  for (const index of ready) {
    for (const next of waiting.get(index) ?? []) {
      const left = (waitsFor.get(next) ?? 0) - 1;
      waitsFor.set(next, left);
      if (left === 0) ready.push(next);
    }
  }
  return ready;
}
