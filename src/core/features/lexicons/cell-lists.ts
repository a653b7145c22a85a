// Several texts in one cell of a .csv, separated by | (｜ too, which Chinese keyboards type). A backslash before a
// separator, a backslash or white space at an edge keeps it, so that what is written reads back the same. Where each is itself
// a list (the messages of an example), its texts are separated by two strokes, || or ｜｜.

/** One cell of the texts. */
export function joinList(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\|｜]/g, '\\$&').replaceAll(/^\s|\s$/g, '\\$&')).join('|');
}

/** One cell of lists of texts. */
export function joinLists(lists: readonly (readonly string[])[]): string {
  return lists.map((texts) => texts.map((text) => joinList([text])).join('||')).join('|');
}

/** The texts of a cell, without empty ones and without white space at their edges. */
export function splitList(cell: string): string[] {
  return pieces(cell).filter((text) => text !== '');
}

/** The lists of a cell: texts with exactly one empty one between them, that is with two strokes, are one list. */
export function splitLists(cell: string): (readonly [string, ...string[]])[] {
  const lists: [string, ...string[]][] = [];
  let empty = Infinity;
  for (const text of pieces(cell)) {
    if (text === '') {
      empty += 1;
      continue;
    }
    const last = lists.at(-1);
    if (empty === 1 && last !== undefined) last.push(text);
    else lists.push([text]);
    empty = 0;
  }
  return lists;
}

/** What stands between the strokes, empty pieces too. */
function pieces(cell: string): string[] {
  const texts: string[] = [];
  let text = '';
  /** Up to where white space at the end has to stay. */
  let kept = 0;
  const finish = () => {
    texts.push(text.slice(0, Math.max(kept, text.trimEnd().length)));
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
