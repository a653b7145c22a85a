import { AppError } from '../../contract/errors.ts';
import type { LexiconId, LexiconVersionId } from '../../contract/ids.ts';
import type { Reader } from '../../platform/database/connection.ts';
import { type Screener, compileScreener } from '../screening/index.ts';
import type { Entry, LexiconSettings, RuleProblem, Suppression } from '../screening/rules/model.ts';
import type { TermInput } from './contract.ts';
import { severityRank } from './model.ts';
import { settingsOf } from './options.ts';
import { selectLastChange, selectVersion } from './repository.ts';
import { checkRules, namedEntries } from './rule-check.ts';
import { type TermRow, selectAllTerms } from './term-repository.ts';
import type { TryText } from './try-protocol.ts';
import { termOf } from './views.ts';

/** An entry as a version has it, or as somebody is editing it. */
export interface TriedEntry extends Entry {
  readonly id: TermRow['id'] | null;
  readonly key: TermRow['key'] | null;
  readonly term: ReturnType<typeof termOf>;
}

/** A version as it is at one change of its lexicon. */
export interface TriedVersion {
  readonly versionId: LexiconVersionId;
  readonly lexiconId: LexiconId;
  readonly change: number;
  readonly settings: LexiconSettings;
  /** The enabled ones: the others are not screened for, and rules can't name them. */
  readonly entries: readonly TriedEntry[];
  readonly disabled: readonly TermInput[];
}

/** Reads a version. Throws `not-found`. */
export async function readVersion(reader: Reader, versionId: LexiconVersionId): Promise<TriedVersion> {
  for (;;) {
    const version = await selectVersion(reader, versionId);
    if (version === undefined) {
      throw new AppError(
        'not-found',
        'There is no such version of a lexicon: the draft may have been discarded.',
        { id: versionId },
      );
    }
    const change = await selectLastChange(reader, version.lexicon_id);
    const rows = await selectAllTerms(reader, versionId);
    const settings = await selectVersion(reader, versionId);
    // Somebody changed it between these reads: what was read may be of two states.
    if ((await selectLastChange(reader, version.lexicon_id)) !== change || settings === undefined) continue;
    return {
      versionId,
      lexiconId: version.lexicon_id,
      change,
      settings: settingsOf(settings.settings),
      entries: rows.filter((row) => row.enabled === 1).map(entryOf),
      disabled: rows.filter((row) => row.enabled === 0).map(termOf),
    };
  }
}

function entryOf(row: TermRow): TriedEntry {
  const term = termOf(row);
  return { id: row.id, key: row.key, term, text: term.text, options: term.options };
}

/** Entries that are screened for together, and which of their hits count. */
export interface TriedScreener {
  readonly screener: Screener;
  /** By the screener's own numbers; null: another screener answers for this entry. */
  readonly entries: readonly (TriedEntry | null)[];
}

export interface CompiledVersion {
  readonly screeners: readonly TriedScreener[];
  readonly problems: readonly RuleProblem[];
}

/**
 * Compiles a version, and again with an entry that is being edited in the stored one's place. While somebody types, the
 * large part stays compiled: the edited entry gets a screener of its own, unless another rule names it.
 */
export function createVersionCompiler(version: TriedVersion, suppressions: readonly Suppression[]) {
  const plain = compile(version.entries, version.settings, suppressions);

  return {
    plain: (): CompiledVersion => plain,
    edited(edit: NonNullable<TryText['entry']>): CompiledVersion {
      const place = version.entries.findIndex((entry) => edit.id !== null && entry.id === edit.id);
      const stored = version.entries[place];
      const text = edit.term.text.trim();
      const entry: TriedEntry = {
        id: edit.id,
        key: stored?.key ?? null,
        term: { ...edit.term, text },
        text,
        options: edit.term.options,
      };
      const others = version.entries.filter((_, index) => index !== place);
      const entries = edit.term.enabled ? [entry, ...others] : others;
      const concerned = others.some((other) =>
        namedEntries(other.options.rule).some((name) => name === text || name === stored?.text),
      );
      if (concerned || !edit.term.enabled) return compile(entries, version.settings, suppressions);
      const own = compile([entry, ...entriesNamedBy(entry, others)], version.settings, suppressions);
      return {
        problems: [
          ...plain.problems.filter((problem) => problem.entry !== stored?.text),
          ...own.problems.filter((problem) => problem.entry === text),
        ],
        screeners: [
          ...plain.screeners.map(({ screener, entries: kept }) => ({
            screener,
            entries: kept.map((other) => (other === stored ? null : other)),
          })),
          ...own.screeners.map(({ screener, entries: kept }) => ({
            screener,
            entries: kept.map((other) => (other === entry ? entry : null)),
          })),
        ],
      };
    },
  };
}

/** The entries that a rule needs: those that it names, those that these name, and so on. */
function entriesNamedBy(entry: TriedEntry, others: readonly TriedEntry[]): readonly TriedEntry[] {
  if (namedEntries(entry.options.rule).length === 0) return [];
  const byText = new Map(others.map((other) => [other.text, other]));
  const found = new Set<TriedEntry>([entry]);
  // A set goes on over what is added meanwhile: a chain of rules may be longer than the stack is deep.
  for (const { options } of found) {
    for (const name of namedEntries(options.rule)) {
      const other = byText.get(name);
      if (other !== undefined) found.add(other);
    }
  }
  found.delete(entry);
  return [...found];
}

function compile(
  entries: readonly TriedEntry[],
  settings: LexiconSettings,
  suppressions: readonly Suppression[],
): CompiledVersion {
  const checked = checkRules(entries, settings);
  const usable = checked.usable.flatMap((index) => entries[index] ?? []);
  const screener = compileScreener(
    usable.map(({ text, options, term }) => ({
      text,
      options,
      settings: checked.settings,
      gravity: severityRank(term.severity),
    })),
    suppressions,
  );
  return { screeners: [{ screener, entries: usable }], problems: checked.problems };
}
