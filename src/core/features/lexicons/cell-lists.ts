// Several texts in one cell of a .csv, separated by | (｜ too, which Chinese keyboards type). A backslash before a
// separator, a backslash or white space at an edge keeps it, so that what is written reads back the same.

/** One cell of the texts. */
export function joinList(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\|｜]/g, '\\$&').replaceAll(/^\s|\s$/g, '\\$&')).join('|');
}

/** The texts of a cell, without empty ones and without white space at their edges. */
export function splitList(cell: string): string[] {
  const texts: string[] = [];
  let text = '';
  /** Up to where white space at the end has to stay. */
  let kept = 0;
  const finish = () => {
    const end = Math.max(kept, text.trimEnd().length);
    if (end > 0) texts.push(text.slice(0, end));
    text = '';
    kept = 0;
  };
  for (let at = 0; at < cell.length; at += 1) {
    const unit = cell.charAt(at);
    if (unit === '\\' && at + 1 < cell.length) {
      at += 1;
      text += cell.charAt(at);
      kept = text.length;
    } else if (unit === '|' || unit === '｜') finish();
    else if (text !== '' || !/\s/u.test(unit)) text += unit;
  }
  finish();
  return texts;
}
