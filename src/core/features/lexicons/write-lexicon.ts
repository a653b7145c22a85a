import type { LexiconSettings } from '../screening/rules/model.ts';
import type { LexiconWarning, TermInput } from './contract.ts';
import { type Column, columns, headerOf } from './columns.ts';
import type { LexiconWarningKind } from './model.ts';
import { compactOptions, compactSettings } from './options.ts';
import { fitsTable, optionCell } from './table-options.ts';

export type ExportFormat = 'txt' | 'csv' | 'json';

export interface ExportedLexicon {
  readonly name: string;
  readonly description: string;
  readonly number: number;
  readonly settings: LexiconSettings;
  readonly terms: readonly TermInput[];
}

export interface ExportedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: string;
  /** What the format has no place for; a .json has place for all. */
  readonly warnings: LexiconWarning[];
}

/** The lexicon as a file that `readLexiconFile` reads back to the same terms, but for what the warnings name. */
export function writeLexicon(lexicon: ExportedLexicon, format: ExportFormat): ExportedFile {
  const fileName = `${lexicon.name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_')}-v${lexicon.number}.${format}`;
  switch (format) {
    case 'txt':
      return { fileName, mediaType: 'text/plain; charset=utf-8', ...asText(lexicon) };
    case 'csv':
      return { fileName, mediaType: 'text/csv; charset=utf-8', ...asCsv(lexicon) };
    case 'json':
      return { fileName, mediaType: 'application/json', content: asJson(lexicon), warnings: [] };
  }
}

type Written = Pick<ExportedFile, 'content' | 'warnings'>;

/** One warning for all of them: the first three by name, then how many there are. */
function leftOut(kind: LexiconWarningKind, terms: readonly TermInput[]): LexiconWarning[] {
  if (terms.length === 0) return [];
  const named = terms
    .slice(0, 3)
    .map(({ text }) => text)
    .join(' / ');
  return [{ kind, line: null, text: terms.length > 3 ? `${named} … (${terms.length})` : named }];
}

function asText({ name, number, terms }: ExportedLexicon): Written {
  const words = terms.filter((term) => term.enabled && term.options.rule === null);
  const rules = terms.filter((term) => term.enabled && term.options.rule !== null);
  const disabled = terms.filter((term) => !term.enabled);
  const head = [`# ${name.replaceAll(/\p{Cc}/gu, ' ')}, version ${number}`];
  // The file goes from hand to hand without the warnings.
  if (words.length < terms.length) {
    head.push(`# ${terms.length - words.length} entries are not in this file: disabled ones and rules`);
  }
  const lines = words.map(({ text }) => (/^[#\\]/u.test(text) ? `\\${text}` : text));
  return {
    content: [...head, ...lines].map((line) => `${line}\n`).join(''),
    warnings: [
      ...leftOut('disabled-left-out', disabled),
      ...leftOut('rules-left-out', rules),
      ...leftOut(
        'options-left-out',
        words.filter(({ options }) => !isPlain(options)),
      ),
    ],
  };
}

function isPlain(options: TermInput['options']): boolean {
  return Object.keys(compactOptions(options)).length === 0;
}

function asCsv({ terms }: ExportedLexicon): Written {
  const entries = terms.filter(({ options }) => options.rule === null);
  const rows = [
    columns.map(headerOf),
    ...entries.map((term) => columns.map((column) => guarded(cellOf(term, column)))),
  ];
  return {
    // The byte order mark makes Excel read it as UTF-8.
    content: `\ufeff${rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`,
    warnings: [
      ...leftOut(
        'rules-left-out',
        terms.filter(({ options }) => options.rule !== null),
      ),
      ...leftOut(
        'options-left-out',
        entries.filter(({ options }) => !fitsTable(options)),
      ),
    ],
  };
}

function cellOf(term: TermInput, column: Column): string {
  switch (column) {
    case 'text':
    case 'category':
    case 'severity':
    case 'basis':
    case 'note':
      return term[column];
    case 'enabled':
      return term.enabled ? '是' : '否';
    case 'wholeWord':
    case 'foldsOn':
    case 'foldsOff':
    case 'notWhen':
    case 'hits':
    case 'misses':
    case 'suggestion':
      return optionCell(term.options, column);
  }
}

/** An apostrophe before what a spreadsheet would run as a formula (OWASP, "CSV injection"). Reading takes it off. */
function guarded(value: string): string {
  return /^'*[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
}

function quoted(value: string): string {
  return /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function asJson({ name, description, number, settings, terms }: ExportedLexicon): string {
  const lines = terms.map(({ text, category, severity, basis, note, enabled, options }) => {
    const stated = compactOptions(options);
    return `    ${JSON.stringify({
      text,
      category,
      severity,
      basis,
      note,
      enabled,
      ...(Object.keys(stated).length === 0 ? {} : { options: stated }),
    })}`;
  });
  const head = JSON.stringify(
    {
      format: 'countersign-lexicon',
      name,
      description,
      version: number,
      settings: compactSettings(settings),
    },
    null,
    2,
  );
  return `${head.slice(0, -2)},\n  "terms": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
