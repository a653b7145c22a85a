export type Cell = Readonly<Record<string, unknown>>;

/** The parts of a pdfmake document that registers and certificates have. */
export interface PdfDocument {
  readonly info: Readonly<Record<string, string>>;
  readonly pageSize: 'A4';
  readonly pageOrientation: 'portrait' | 'landscape';
  readonly pageMargins: readonly number[];
  readonly defaultStyle: Cell;
  readonly styles: Readonly<Record<string, Cell>>;
  readonly watermark?: Cell;
  readonly footer: (page: number, pages: number) => Cell;
  readonly content: readonly Cell[];
}

export const lines = 'lightHorizontalLines';

export const commonStyles: Readonly<Record<string, Cell>> = {
  title: { fontSize: 18, bold: true },
  heading: { fontSize: 12, bold: true, margin: [0, 14, 0, 6] },
  small: { fontSize: 8, color: '#595959' },
};

/**
 * Text as the font can show it. Emoji and invisible characters have no glyph there, and are what disguises are made of: they are
 * written as their code, `加我薇[U+2764]信`, rather than as a box that says nothing.
 */
export function printable(text: string): string {
  // A variation selector only says how the sign before it looks.
  const plain = text.replaceAll(/\p{Variation_Selector}/gu, '');
  return plain.replaceAll(/[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Cf}\p{Co}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // © and ® are ordinary signs.
    return code < 0x100 ? character : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** The same of every text in a part of a document. */
export function printableCell(cell: Cell): Cell {
  return Object.fromEntries(Object.entries(cell).map(([key, value]) => [key, printableValue(value)]));
}

function printableValue(value: unknown): unknown {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(printableValue);
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, printableValue(member)]))
    : value;
}

/** Long ids, addresses and hashes have no place to break: so many characters of them are a line. */
export function breakable(text: string, length = 64): { text: string } {
  const long = new RegExp(`[\\x21-\\x7e]{${length}}(?=[\\x21-\\x7e])`, 'g');
  return { text: text.replaceAll(long, '$&\n') };
}

/** A header; the columns from `numbers` on hold numbers. */
export function header(texts: readonly string[], numbers = texts.length): Cell[] {
  return texts.map((text, index) => ({
    text,
    bold: true,
    fillColor: '#f0f2f5',
    ...(index < numbers ? {} : { alignment: 'right' }),
  }));
}

/** Signs in a line of a narrow column, and lines that surely fit on a page beside headings. */
const signsInLine = 12;
const linesOnPage = 24;

/** At most how many lines the row takes; a Latin letter is half as wide as a Chinese sign. */
function linesOf(row: readonly Cell[]): number {
  return Math.max(
    ...row.map(({ text }) => {
      if (typeof text !== 'string') return 1;
      const wide = (line: string) => line.length - line.replaceAll(/[^\x20-\x7e]/g, '').length / 2;
      return text
        .split('\n')
        .reduce((sum, line) => sum + Math.max(1, Math.ceil(wide(line) / signsInLine)), 0);
    }),
  );
}

/**
 * Whether the rows fit on a page together. pdfmake cuts off, without a word, what it is told to keep together and is taller than a
 * page: whatever people wrote at length has to be let go on overleaf.
 */
export function fitTogether(rows: readonly (readonly Cell[])[]): boolean {
  return rows.reduce((sum, row) => sum + linesOf(row), 0) <= linesOnPage;
}

/** Rows stay whole where every one of them can. */
export function keptWhole(rows: readonly (readonly Cell[])[]): boolean {
  return rows.every((row) => fitTogether([row]));
}

/** A table under a heading that stays with its first row, and stands again on each page. */
export function titledTable(
  title: string,
  widths: readonly (number | string)[],
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  { fontSize, note = '' }: { readonly fontSize: number; readonly note?: string },
): Cell {
  const heading: Cell = {
    stack: [
      { text: title, style: 'heading' },
      ...(note === '' ? [] : [{ text: note, style: 'small', margin: [0, 0, 0, 4] }]),
    ],
    colSpan: columns.length,
    border: [false, false, false, false],
  };
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: fitTogether(rows.slice(0, 1)) ? 1 : 0,
      dontBreakRows: keptWhole(rows),
      widths,
      body: [[heading, ...columns.slice(1).map((): Cell => ({}))], header(columns), ...rows],
    },
    fontSize,
    layout: lines,
  };
}

/** A table of labels and values. */
export function fieldTable(fields: readonly (readonly [string, string])[], labelWidth = 110): Cell {
  return {
    table: {
      headerRows: 0,
      widths: [labelWidth, '*'],
      body: fields.map(([label, value]) => [{ text: label, bold: true }, breakable(value)]),
    },
    layout: lines,
  };
}

/** Left: what was printed when; right: the page. */
export function footerOf(
  printed: string,
  page: (page: number, pages: number) => string,
  margin: number,
): PdfDocument['footer'] {
  return (current, pages) => ({
    columns: [{ text: printed }, { text: page(current, pages), alignment: 'right', width: 120 }],
    margin: [margin, 14],
    fontSize: 8,
  });
}
