import type { LexiconSettings } from './model.ts';

/** What of a lexicon's settings a matcher is compiled with: only terms with the same tables are compiled into one. */
export type LexiconTables = Pick<LexiconSettings, 'aliases' | 'aliasesOff' | 'components'>;

/** The built-in tables as they are, for what belongs to no lexicon. */
export const builtInTables: LexiconTables = { aliases: [], aliasesOff: [], components: [] };

/** The tables among a lexicon's settings, as options of a matcher. */
export function tablesOf({ aliases, aliasesOff, components }: LexiconTables): LexiconTables {
  return { aliases, aliasesOff, components };
}

/** The same text for the same tables. */
export function keyOfTables(settings: LexiconTables): string {
  const { aliases, aliasesOff, components } = settings;
  return JSON.stringify([aliases, aliasesOff, components]);
}
