import { CalendarDay, type Milliseconds } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import { canonicalJson } from '../../audit/index.ts';
import { localDay } from '../../calendar/model.ts';
import { loadActiveSuppressions, loadPublishedTerms, publishedVersionIds } from '../../lexicons/index.ts';
import { loadRegister, registerStamp } from '../../products/index.ts';
import { readSettings } from '../../settings/index.ts';
import { type PrecheckEngine, compileScreens, createEngine } from './engine.ts';
import type { LexiconScreens } from './lexicon-screens.ts';

export interface LoadedEngine {
  readonly engine: PrecheckEngine;
  readonly today: CalendarDay;
}

/** Keeps an engine for as long as what it was made from is as it was. */
export function createEngineLoader(reader: Reader): (now: Milliseconds) => Promise<LoadedEngine> {
  let screens: { readonly stamp: string; readonly made: LexiconScreens } | null = null;
  let engine: { readonly stamp: string; readonly made: PrecheckEngine } | null = null;

  return async (now) => {
    const suppressions = await loadActiveSuppressions(reader, now);
    const lexiconStamp = canonicalJson([await publishedVersionIds(reader), suppressions]);
    if (screens?.stamp !== lexiconStamp) {
      // The old ones first: two sets of compiled lexicons would take twice the memory.
      screens = null;
      engine = null;
      screens = {
        stamp: lexiconStamp,
        made: compileScreens(await loadPublishedTerms(reader, null), suppressions),
      };
    }
    const { allowedDomains, timeZone } = await readSettings(reader);
    const stamp = canonicalJson([lexiconStamp, await registerStamp(reader), allowedDomains]);
    if (engine?.stamp !== stamp) {
      const products = await loadRegister(reader);
      engine = { stamp, made: createEngine({ screens: screens.made, products, domains: allowedDomains }) };
    }
    return { engine: engine.made, today: CalendarDay.parse(localDay(now, timeZone)) };
  };
}
