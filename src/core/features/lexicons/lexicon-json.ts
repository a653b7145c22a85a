import { z } from 'zod';

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
}).extend({
  // Length is judged with the other formats' rules: a warning, not an error.
  text: z.string(),
  options: EntryOptions.default(plainOptions),
});
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
    throw invalid(fileName, lineOfSyntaxError(text), 'not-json', 'it is not valid JSON', {}, error);
  }
  const file = JsonFile.safeParse(content);
  if (!file.success) {
    throw invalid(fileName, null, 'not-a-list', 'it has to be a list of terms, or an object with "terms"');
  }
  const entries = Array.isArray(file.data) ? file.data : file.data.terms;
  const stated = Array.isArray(file.data) ? undefined : file.data.settings;
  entries.forEach((entry, index) => {
    const term = JsonTerm.safeParse(typeof entry === 'string' ? { text: entry } : entry);
    if (!term.success) {
      const issue = term.error.issues[0];
      const path = issue === undefined ? '' : pathOf(issue);
      const name = nameOf(entry);
      const where = path === '' ? '' : ` (${path})`;
      if (path.startsWith('options')) {
        throw invalid(
          fileName,
          null,
          'bad-options',
          `term number ${index + 1}, ${JSON.stringify(name)}: ${path} can't be used: ${issue?.message ?? ''}`,
          { number: index + 1, path, entry: name },
        );
      }
      throw invalid(
        fileName,
        null,
        'not-a-term',
        `term number ${index + 1} is not a text or an object as exports write it${where}`,
        { number: index + 1 },
      );
    }
    collector.add({ basis: '', note: '', enabled: true, ...defaults, ...term.data }, null);
  });
  return stated === undefined ? null : settingsOfFile(stated, fileName);
}

/** The key at fault: an unknown one is named itself, not the object that has it. */
function pathOf(issue: z.core.$ZodIssue): string {
  const [key] = issue.code === 'unrecognized_keys' ? issue.keys : [];
  return [...issue.path, ...(key === undefined ? [] : [key])].map(String).join('.');
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
  const path = settings.error.issues[0]?.path.join('.') ?? '';
  throw invalid(
    fileName,
    null,
    'bad-settings',
    `its folds, aliases or components can't be used (settings.${path})`,
    { path },
  );
}

/** Beyond this, looking for the line would take longer than the answer is worth. */
const longestSearched = 4 * 2 ** 20;

/**
 * Where the JSON stops being JSON. V8 names the line of some errors only, so the rest are found by halving: a text that
 * is cut before its error fails only for being cut.
 */
function lineOfSyntaxError(text: string): number | null {
  if (text.length > longestSearched) return null;
  let good = 0;
  let bad = text.length;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (failsOnlyForItsEnd(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return text.slice(0, bad).split('\n').length;
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
