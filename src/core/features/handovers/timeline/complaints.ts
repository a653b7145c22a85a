import type { PackFile } from '../../lexicons/index.ts';
import { type Screener, type ScreenerEntry, compileScreener } from '../../screening/index.ts';
import { type Circumstances, LexiconSettings } from '../../screening/rules/model.ts';

/** What customers write when they complain, by the starter pack. */
export interface ComplaintReader {
  readonly screener: Screener;
  readonly circumstances: Circumstances;
}

const packId = 'complaints';

/** Compiles the pack, once for all messages. Throws where it isn't among the starter packs. */
export function createComplaintReader(packs: readonly PackFile[]): ComplaintReader {
  const pack = packs.find(({ id }) => id === packId);
  if (pack === undefined) throw new Error(`there is no starter pack ${packId}`);
  const settings = LexiconSettings.parse({});
  const entries: ScreenerEntry[] = pack.terms.map(({ text, options }) => ({ text, options, settings }));
  return {
    screener: compileScreener(entries, []),
    circumstances: {
      speaker: 'customer',
      channel: null,
      kind: null,
      minuteOfDay: null,
      branch: null,
      productType: null,
    },
  };
}
