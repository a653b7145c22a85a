import type { TermInput } from './contract.ts';
import { type Column, columns, headerOf } from './columns.ts';

export type ExportFormat = 'txt' | 'csv' | 'json';

export interface ExportedLexicon {
  readonly name: string;
  readonly description: string;
  readonly number: number;
  readonly terms: readonly TermInput[];
}

/** The lexicon as a file that `readLexiconFile` reads back to the same terms (.txt: the enabled terms' texts). */
export function writeLexicon(
  lexicon: ExportedLexicon,
  format: ExportFormat,
): { fileName: string; mediaType: string; content: string } {
  const fileName = `${lexicon.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')}-v${lexicon.number}.${format}`;
  switch (format) {
    case 'txt':
      return { fileName, mediaType: 'text/plain; charset=utf-8', content: asText(lexicon) };
    case 'csv':
      return { fileName, mediaType: 'text/csv; charset=utf-8', content: asCsv(lexicon) };
    case 'json':
      return { fileName, mediaType: 'application/json', content: asJson(lexicon) };
  }
}

function asText(lexicon: ExportedLexicon): string {
  const lines = lexicon.terms
    .filter((term) => term.enabled)
    .map(({ text }) => (/^[#\\]/u.test(text) ? `\\${text}` : text));
  return `# ${lexicon.name.replaceAll(/\p{Cc}/gu, ' ')}, version ${lexicon.number}\n${lines.map((line) => `${line}\n`).join('')}`;
}

function asCsv(lexicon: ExportedLexicon): string {
  const valueOf = (term: TermInput, column: Column) =>
    column === 'enabled' ? (term.enabled ? '是' : '否') : term[column];
  const rows = [
    columns.map(headerOf),
    ...lexicon.terms.map((term) => columns.map((column) => guarded(valueOf(term, column)))),
  ];
  // The byte order mark makes Excel read it as UTF-8.
  return `\ufeff${rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}

/** An apostrophe before what a spreadsheet would run as a formula (OWASP, "CSV injection"). Reading takes it off. */
function guarded(value: string): string {
  return /^'*[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  return /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function asJson(lexicon: ExportedLexicon): string {
  const { name, description, number } = lexicon;
  const terms = lexicon.terms.map(
    ({ text, category, severity, basis, note, enabled }) =>
      `    ${JSON.stringify({ text, category, severity, basis, note, enabled })}`,
  );
  const head = JSON.stringify({ format: 'countersign-lexicon', name, description, version: number }, null, 2);
  return `${head.slice(0, -2)},\n  "terms": [\n${terms.join(',\n')}\n  ]\n}\n`;
}
