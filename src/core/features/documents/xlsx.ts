import { formatValue, readXlsx } from 'hucre';

import { maxLinks, maxRows, maxTextLength } from './limits.ts';

/**
 * Sheets one after another: the name, then rows as lines with tabs between their cells, then comments. Hidden ones too. What
 * stands in shapes and charts comes with the other parts (`readSideTexts`).
 */
export async function readWorkbook(
  bytes: Buffer,
): Promise<{ readonly text: string; readonly links: readonly string[] }> {
  const { sheets } = await readXlsx(bytes, { maxRows, readStyles: true });
  const lines: string[] = [];
  const links = new Set<string>();
  let length = 0;
  for (const sheet of sheets) {
    lines.push(sheet.name);
    for (const [row, values] of sheet.rows.entries()) {
      const cells = values.map((value, column) =>
        cellText(value, sheet.cells?.get(`${row},${column}`)?.style?.numFmt ?? ''),
      );
      const line = cells.join('\t').trimEnd();
      if (line === '') continue;
      lines.push(line);
      length += line.length + 1;
      if (length > maxTextLength) break;
    }
    for (const cell of sheet.cells?.values() ?? []) {
      const target = cell.hyperlink?.target ?? '';
      if (target !== '' && links.size < maxLinks) links.add(target);
      const comment = cell.comment?.text ?? '';
      if (comment !== '') lines.push(comment);
    }
  }
  return { text: lines.join('\n'), links: [...links] };
}

/** A cell as a reader sees it: 0.031 in the format of per cents is 3.10%. */
function cellText(value: unknown, format: string): string {
  if (typeof value === 'string') return value.replaceAll(/[\t\r\n]+/g, ' ');
  if (value instanceof Date) return value.toISOString().replace('T00:00:00.000Z', '');
  if (typeof value === 'number')
    return format === '' || format === 'General' ? String(value) : formatValue(value, format).trim();
  return typeof value === 'boolean' ? String(value).toUpperCase() : '';
}
