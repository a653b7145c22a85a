import { type Alias, type Component, foldNames, inOneOrder } from '../screening/model.ts';
import type { LexiconSettings } from '../screening/rules/model.ts';
import { checkRules } from './rule-check.ts';
import type { FileSettings, SettingsChanges, TableChanges } from './settings-contract.ts';

/** Most forms or problems that are named; the others are counted. */
export const mostNamed = 5;

/** A form of a table, and what it is read as. */
interface Form {
  readonly written: string;
  readonly read: string;
}

/**
 * What changes from one state of a lexicon's settings to another; null where nothing does. Tables are compared form by form: neither
 * the order of rows nor how forms are spread over rows is a change. Of each kind of change the first `mostNamed` are named.
 */
export function settingsChanges(before: LexiconSettings, after: LexiconSettings): SettingsChanges | null {
  const changes: SettingsChanges = {
    folds: {
      on: foldNames.filter((fold) => after.folds.includes(fold) && !before.folds.includes(fold)),
      off: foldNames.filter((fold) => before.folds.includes(fold) && !after.folds.includes(fold)),
    },
    aliases: tableChanges(formsOf(before.aliases), formsOf(after.aliases)),
    aliasesOff: tableChanges(formsOf(before.aliasesOff), formsOf(after.aliasesOff)),
    components: tableChanges(partsOf(before.components), partsOf(after.components)),
  };
  const { folds, aliases, aliasesOff, components } = changes;
  const tables = [aliases, aliasesOff, components];
  const count =
    folds.on.length +
    folds.off.length +
    tables.reduce((sum, { added, removed }) => sum + added.count + removed.count, 0);
  return count === 0 ? null : changes;
}

function formsOf(aliases: readonly Alias[]): Form[] {
  return inOneOrder(aliases).flatMap(({ target, written }) =>
    written.map((form) => ({ written: form, read: target })),
  );
}

function partsOf(components: readonly Component[]): Form[] {
  return components.map(({ character, parts }) => ({ written: parts, read: character }));
}

function tableChanges(before: readonly Form[], after: readonly Form[]): TableChanges {
  const one = byKey(before);
  const other = byKey(after);
  return {
    before: one.size,
    after: other.size,
    added: named([...other].filter(([key]) => !one.has(key)).map(([, form]) => form)),
    removed: named([...one].filter(([key]) => !other.has(key)).map(([, form]) => form)),
  };
}

/** A form that stands there twice is one. */
function byKey(forms: readonly Form[]): ReadonlyMap<string, Form> {
  return new Map(forms.map((form) => [JSON.stringify([form.read, form.written]), form]));
}

/** The first ones, and how many there are. */
function named<Each>(all: readonly Each[]): { count: number; first: Each[] } {
  return { count: all.length, first: all.slice(0, mostNamed) };
}

/**
 * Whether an import takes its file's settings in place of the draft's: where its entries replace the draft's, or the draft has none.
 * Taken with entries that are added to others, they would change what those find.
 */
export function takesSettings(termsInDraft: number, mode: 'add' | 'replace'): boolean {
  return mode === 'replace' || termsInDraft === 0;
}

/** What an import does about its file's settings (null: the file has none). What can't work in them is named either way. */
export function fileSettings(
  draft: { readonly settings: LexiconSettings; readonly terms: number },
  file: LexiconSettings | null,
  mode: 'add' | 'replace',
): FileSettings {
  const changes = file === null ? null : settingsChanges(draft.settings, file);
  if (file === null || changes === null) {
    return { outcome: file === null ? 'none' : 'same', changes: null, problems: named([]) };
  }
  // Without entries, what is wrong is wrong with the settings.
  const problems = named(checkRules([], file).problems.map(({ kind, detail }) => ({ kind, detail })));
  if (!takesSettings(draft.terms, mode)) return { outcome: 'left', changes, problems };
  return { outcome: problems.count > 0 ? 'refused' : 'taken', changes, problems };
}
