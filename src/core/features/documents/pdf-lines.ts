/** A piece of text on a page; y grows upwards. */
export interface PageText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly endsLine: boolean;
}

interface Line {
  text: string;
  right: number;
  readonly left: number;
  readonly y: number;
  height: number;
}

/** A line that ends so near the widest line's end goes on in the next one. */
const nearlyFull = 0.93;
/** Lines of one paragraph are at most so many heights apart. */
const widestLeading = 2;
const endsSentence = /[。！？!?；;：:]["'”’」』）)】]*$/u;
const isWide = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]/u;

/**
 * The text of a page with its wrapped lines joined, since a PDF knows lines only and a term may stand across two of them.
 * A line goes on in the next where it is full, doesn't end a sentence, and the next stands right below it in the same size.
 */
export function joinLines(items: readonly PageText[]): string {
  const lines = linesOf(items);
  const widest = Math.max(0, ...lines.map(({ right }) => right));
  let text = '';
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined) text = line.text;
    else if (goesOn(before, line, widest)) text += gapBetween(before.text, line.text) + line.text;
    else text += `\n${line.text}`;
  }
  return text;
}

function linesOf(items: readonly PageText[]): Line[] {
  const lines: Line[] = [];
  let open: Line | null = null;
  for (const item of items) {
    if (item.text !== '') {
      if (open === null) open = { text: '', left: item.x, right: item.x, y: item.y, height: item.height };
      open.text += item.text;
      open.right = Math.max(open.right, item.x + item.width);
      open.height = Math.max(open.height, item.height);
    }
    if (item.endsLine && open !== null) {
      lines.push(open);
      open = null;
    }
  }
  if (open !== null) lines.push(open);
  return lines.map((line) => ({ ...line, text: line.text.trim() })).filter(({ text }) => text !== '');
}

function goesOn(before: Line, line: Line, widest: number): boolean {
  const fall = before.y - line.y;
  return (
    fall > 0 &&
    fall <= widestLeading * Math.max(before.height, 1) &&
    Math.abs(before.height - line.height) <= 0.1 * before.height &&
    before.right >= nearlyFull * widest &&
    !endsSentence.test(before.text)
  );
}

function gapBetween(before: string, after: string): string {
  return isWide.test(before.slice(-1)) || isWide.test(after.slice(0, 1)) ? '' : ' ';
}
