import { z } from 'zod';

import { type Mistake, describeMistake, misplacedKey, mistakeOf } from '../../contract/mistakes.ts';
import type { AppError } from '../../contract/errors.ts';
import { EntryOptions, LexiconSettings } from '../screening/rules/model.ts';
import { TermInput } from './contract.ts';
import { type Collector, type TermDefaults, invalid } from './lexicon-collector.ts';
import { plainOptions } from './options.ts';

const JsonTerm = TermInput.partial({
  category: true,
  severity: true,
  basis: true,
  note: true,
  enabled: true,
})
  .extend({
    // Length is judged with the other formats' rules: a warning, not an error.
    text: z.string(),
    options: EntryOptions.default(plainOptions),
  })
  // A misspelt key passed over would be a severity that nobody set.
  .strict();
const JsonFile = z.union([
  z.array(z.unknown()),
  z.object({ terms: z.array(z.unknown()), settings: z.unknown().optional() }),
]);

/** Answers the file's settings, or null where it has none. */
export function readJson(
  text: string,
  fileName: string,
  defaults: TermDefaults,
  collector: Collector,
): LexiconSettings | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const place = placeOfSyntaxError(text);
    if (place === null) throw invalid(fileName, null, 'not-json', 'it is not valid JSON', {}, error);
    const { line, column } = place;
    const sentence = `from column ${column} on it is not valid JSON`;
    throw invalid(fileName, line, 'not-json-at', sentence, { column }, error);
  }
  const file = JsonFile.safeParse(content);
  if (!file.success) {
    throw invalid(fileName, null, 'not-a-list', 'it has to be a list of terms, or an object with "terms"');
  }
  const entries = Array.isArray(file.data) ? file.data : file.data.terms;
  const stated = Array.isArray(file.data) ? undefined : file.data.settings;
  entries.forEach((entry, index) => {
    const term = JsonTerm.safeParse(typeof entry === 'string' ? { text: entry } : entry);
    const misplaced = optionKeyOf(entry);
    if (misplaced !== null) {
      const mistake = misplacedKey(misplaced, 'options');
      throw badTerm(fileName, index + 1, entry, mistake);
    }
    if (!term.success) {
      const number = index + 1;
      if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
        const sentence = `term number ${number} is not a text or an object as exports write it`;
        throw invalid(fileName, null, 'not-a-term', sentence, { number });
      }
      throw badTerm(fileName, number, entry, mistakeOf(term.error.issues, entry));
    }
    collector.add({ basis: '', note: '', enabled: true, ...defaults, ...term.data }, null, index + 1);
  });
  return stated === undefined ? null : settingsOfFile(stated, fileName);
}

function badTerm(fileName: string, number: number, entry: unknown, mistake: Mistake): AppError {
  const name = nameOf(entry);
  const sentence = `term number ${number}, ${JSON.stringify(name)}: ${describeMistake(mistake)}`;
  return invalid(fileName, null, 'bad-options', sentence, { ...mistake, number, entry: name });
}

/** An option that stands beside `options`: passed over, a rule would become a word. */
function optionKeyOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null) return null;
  return Object.keys(entry).find((key) => Object.hasOwn(EntryOptions.shape, key)) ?? null;
}

/** Longest piece of an entry's text in a message, in characters. */
const shownName = 40;

function nameOf(entry: unknown): string {
  const named = z.object({ text: z.string() }).safeParse(entry);
  return named.success ? Array.from(named.data.text).slice(0, shownName).join('') : '';
}

function settingsOfFile(stated: unknown, fileName: string): LexiconSettings {
  const settings = LexiconSettings.safeParse(stated);
  if (settings.success) return settings.data;
  const mistake = mistakeOf(settings.error.issues, stated);
  throw invalid(fileName, null, 'bad-settings', `its settings: ${describeMistake(mistake)}`, { ...mistake });
}

/** Beyond this, looking for the line would take longer than the answer is worth. */
const longestSearched = 4 * 2 ** 20;

/**
 * Where the JSON stops being JSON. V8 names the line of some errors only, so the rest are found by halving: a text that
 * is cut before its error fails only for being cut.
 */
function placeOfSyntaxError(text: string): { readonly line: number; readonly column: number } | null {
  if (text.length > longestSearched) return null;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (failsOnlyForItsEnd(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  // What breaks off is wrong behind its last character.
  const at = bad === text.length && failsOnlyForItsEnd(text) ? bad : bad - 1;
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: Array.from(before.at(-1) ?? '').length + 1 };
}

function failsOnlyForItsEnd(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = /at position (\d+)/u.exec(message)?.[1];
    return (
      /end of JSON|Unterminated/u.test(message) || (position !== undefined && Number(position) >= text.length)
    );
  }
}
