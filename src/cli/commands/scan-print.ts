import type { ArchiveHit, HitPart, ScannedPiece } from '../../core/features/archive/scan/index.ts';
import { type Severity, severities, severityRank } from '../../core/features/lexicons/model.ts';
import { foldNamesOf } from '../../core/features/screening/index.ts';
import { csvRow } from '../output.ts';
import type { ScanTerm } from './scan-terms.ts';

export const formats = ['jsonl', 'csv', 'summary'] as const;
export type Format = (typeof formats)[number];

/** One line of the output; its keys are stable. */
interface ScanHit {
  readonly file: string;
  readonly line: number;
  readonly msgid: string;
  readonly conversation: string | null;
  readonly from: string | null;
  readonly msgtime: number;
  readonly field: string;
  readonly term: string;
  readonly category: string;
  readonly severity: Severity;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly folds: readonly string[];
  readonly confidence: number;
  /** The kind of a rule, whose name `term` is then; null for a word or phrase. */
  readonly rule: string | null;
  /** Where it is split across messages: its piece in each, the hit's own last. Null elsewhere. */
  readonly parts: readonly HitPart[] | null;
}

const hitKeys = [
  'file', 'line', 'msgid', 'conversation', 'from', 'msgtime', 'field', 'term', 'category', 'severity', 'start', 'end',
  'text', 'folds', 'confidence', 'rule', 'parts',
] as const satisfies readonly (keyof ScanHit)[]; // prettier-ignore

/** The line above all others; empty where the format has none. */
export function heading(format: Format): string {
  return format === 'csv' ? csvRow(hitKeys) : '';
}

export function formatHit(
  file: string,
  hit: ArchiveHit,
  term: ScanTerm,
  format: Exclude<Format, 'summary'>,
): string {
  const line: ScanHit = {
    file,
    line: hit.line,
    msgid: hit.msgid,
    conversation: hit.conversation,
    from: hit.from,
    msgtime: hit.msgtime,
    field: hit.field,
    term: term.text,
    category: term.category,
    severity: term.severity,
    start: hit.start,
    end: hit.end,
    text: hit.text,
    folds: foldNamesOf(hit.folds),
    confidence: hit.confidence,
    rule: term.rule,
    parts: hit.parts,
  };
  if (format === 'jsonl') return `${JSON.stringify(line)}\n`;
  const { folds, parts, ...rest } = line;
  const cells = {
    ...rest,
    folds: folds.join(' '),
    parts: parts === null ? null : JSON.stringify(parts),
  } satisfies Record<(typeof hitKeys)[number], string | number | null>;
  return csvRow(hitKeys.map((key) => cells[key]));
}

/** Counts what a scan came to. */
export function createSummary() {
  const counts = { messages: 0, quarantined: 0, hits: 0, cut: 0 };
  const bySeverity = new Map<Severity, number>();
  const byCategory = new Map<string, number>();
  const byTerm = new Map<string, number>();
  const add = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);
  const top = (map: ReadonlyMap<string, number>, most: number) =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(([key, count]) => `  ${String(count).padStart(8)}  ${key}\n`)
      .join('');
  return {
    piece(piece: ScannedPiece): void {
      counts.messages += piece.messages;
      counts.quarantined += piece.quarantined;
      counts.cut += piece.cut.length;
    },
    hit(term: ScanTerm): void {
      counts.hits += 1;
      add(bySeverity, term.severity);
      add(byCategory, term.category);
      add(byTerm, term.text);
    },
    /** The rank of the gravest hit, null without hits. */
    worst(): number | null {
      return bySeverity.size === 0 ? null : Math.max(...[...bySeverity.keys()].map(severityRank));
    },
    print(): string {
      const severityLines = severities
        .toReversed()
        .map((severity) => `  ${String(bySeverity.get(severity) ?? 0).padStart(8)}  ${severity}\n`)
        .join('');
      return (
        `entries      ${counts.messages + counts.quarantined}\nmessages     ${counts.messages}\n` +
        `quarantined  ${counts.quarantined}\nhits         ${counts.hits}\ncut          ${counts.cut}\n` +
        `\nby severity\n${severityLines}\nby category\n${top(byCategory, 20)}` +
        `\nmost frequent terms\n${top(byTerm, 20)}`
      );
    },
  };
}
