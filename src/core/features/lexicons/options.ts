import { canonicalJson } from '../audit/index.ts';
import { type FoldName, foldNames, inOneOrder } from '../screening/model.ts';
import { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';

// An entry's options are stored, hashed and exported as what they have beyond the defaults: a plain word's are `{}`, so its
// line in a version's hash is the one it had before there were options.

/** A plain word's. Shared by all of a lexicon's, hence frozen. */
export const plainOptions: EntryOptions = frozen(EntryOptions.parse({}));
/** What a new lexicon begins with. */
export const newSettings: LexiconSettings = frozen(LexiconSettings.parse({}));
/** What versions from before there were settings have; the migration's default (0003-rules). */
const settingsOfOld: LexiconSettings = frozen({
  ...newSettings,
  folds: ['width', 'case', 'invisible'],
});

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The defaults inside a rule or an operand, by its kind (screening/rules/model.ts; a test compares). */
const ruleDefaults: Readonly<Record<string, Json>> = {
  near: { ordered: false },
  'all-of': { window: 'message' },
  pattern: { ignoreCase: true },
  detector: { allow: [], deny: [] },
  required: { productTypes: [], within: null },
};
const exemptionDefaults: Json = { code: '', reason: '' };
const exampleDefaults: Json = { followedBy: [] };

function without(value: Json, defaults: Json): Json {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key, member]) =>
        !Object.hasOwn(defaults, key) || canonicalJson(member) !== canonicalJson(defaults[key]),
    ),
  );
}

function eachWithout(list: unknown, defaults: Json): unknown {
  if (!Array.isArray(list)) return list;
  return list.map((each: unknown) => (isJson(each) ? without(each, defaults) : each));
}

function compactRule(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compactRule);
  if (!isJson(value)) return value;
  const kind = typeof value['kind'] === 'string' ? value['kind'] : '';
  const kept = without(value, ruleDefaults[kind] ?? {});
  return Object.fromEntries(Object.entries(kept).map(([key, member]) => [key, compactRule(member)]));
}

/** What the options have beyond the defaults: `EntryOptions.parse` of it answers the same options. */
export function compactOptions(options: EntryOptions): Json {
  if (options === plainOptions) return {};
  const kept = without(
    {
      ...options,
      foldsOn: sortedFolds(options.foldsOn),
      foldsOff: sortedFolds(options.foldsOff),
      // Tables have them in two columns.
      examples: options.examples.toSorted((a, b) => a.expect.localeCompare(b.expect)),
    },
    { ...plainOptions },
  );
  return Object.fromEntries(
    Object.entries(kept).map(([key, member]) => {
      if (key === 'scope' && isJson(member)) return [key, without(member, plainOptions.scope)];
      if (key === 'notWhen') return [key, eachWithout(member, exemptionDefaults)];
      if (key === 'examples') return [key, eachWithout(member, exampleDefaults)];
      return [key, key === 'rule' ? compactRule(member) : member];
    }),
  );
}

/** A set of folds is written one way only, or equal entries would have different hashes. */
function sortedFolds(folds: readonly FoldName[]): FoldName[] {
  return foldNames.filter((name) => folds.includes(name));
}

/** The column `terms.options`. */
export function storedOptions(options: EntryOptions): string {
  return options === plainOptions ? '{}' : canonicalJson(compactOptions(options));
}

export function optionsOf(stored: string): EntryOptions {
  return stored === '{}' ? plainOptions : EntryOptions.parse(JSON.parse(stored));
}

/** The column `lexicon_versions.settings`. */
export function storedSettings(settings: LexiconSettings): string {
  return canonicalJson(compactSettings(settings));
}

/** Settings as they are stored, hashed and exported: without `aliasesOff` where nothing is off, or old hashes would change. */
export function compactSettings({ aliasesOff, ...settings }: LexiconSettings): Json {
  const off = inOneOrder(aliasesOff);
  return {
    ...settings,
    folds: sortedFolds(settings.folds),
    ...(off.length === 0 ? {} : { aliasesOff: off }),
  };
}

export function settingsOf(stored: string): LexiconSettings {
  return LexiconSettings.parse(JSON.parse(stored));
}

/** True for the settings that versions from before there were any have: their hash says nothing of settings. */
export function areSettingsOfOld(settings: LexiconSettings): boolean {
  return storedSettings(settings) === storedSettings(settingsOfOld);
}

export function sameOptions(a: EntryOptions, b: EntryOptions): boolean {
  return a === b || storedOptions(a) === storedOptions(b);
}
