import sanitizeHtml from 'sanitize-html';

import type { Block, Run } from '../reviews/material/contract.ts';
import { type BlockKind, type Mark, marks, maxBlocks, maxBodyLength } from '../reviews/material/model.ts';
import { maxLinkLength, maxLinks } from './limits.ts';

// HTML as plain text and as blocks. The sanitiser's own output is read: it has known tags only, and every stray sign in it is
// escaped, so that what a browser might make of the original doesn't matter.

type TextBlock = Exclude<Block, { kind: 'image' }>;

const headings: Readonly<Record<string, number>> = { h1: 1, h2: 2, h3: 3, h4: 3, h5: 3, h6: 3 };
const markOf: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  em: 'italic',
  i: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  strike: 'strike',
  del: 'strike',
};
const blockTags = [
  ...Object.keys(headings),
  ...'p div section article header footer main aside nav table caption tr li ul ol dl dt dd blockquote pre figure figcaption address hr title fieldset legend form option textarea button details summary'.split(
    ' ',
  ),
];
const known = [...blockTags, ...Object.keys(markOf), 'a', 'br', 'td', 'th'];

/** What the material's editor also lets through. */
const safeHref = /^(?:https?:\/\/|mailto:|tel:)/i;

export interface ReadHtml {
  readonly blocks: readonly TextBlock[];
  /** Where its links, forms and frames lead, as written; `#…` left out. */
  readonly links: readonly string[];
  /** Pictures that stand in the page itself, as `data:` addresses. */
  readonly pictures: readonly Uint8Array[];
}

/**
 * Reads HTML, hostile or not. `preserve` keeps runs of spaces, as mammoth writes them; a browser shows one. Blocks have safe
 * addresses only and are not yet cut to any length.
 */
export function readHtml(html: string, preserve = false): ReadHtml {
  const links = new Set<string>();
  const pictures: Uint8Array[] = [];
  const clean = sanitizeHtml(html, {
    allowedTags: known,
    allowedAttributes: { a: ['href'] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    enforceHtmlBoundary: false,
    nonTextTags: ['script', 'style', 'template', 'noscript', 'object', 'iframe', 'math', 'svg'],
    parseStyleAttributes: false,
    nestingLimit: 200,
    onOpenTag: (_name, attributes) => collect(attributes, links, pictures),
  });
  return { blocks: blocksOf(clean, preserve), links: [...links], pictures };
}

function collect(
  attributes: Readonly<Record<string, string>>,
  links: Set<string>,
  pictures: Uint8Array[],
): void {
  for (const name of ['href', 'action', 'formaction', 'src', 'data-src', 'data-link', 'xlink:href']) {
    const address = attributes[name]?.trim() ?? '';
    if (address === '' || address.startsWith('#')) continue;
    const picture = /^data:image\/[\w.+-]+;base64,(.*)$/is.exec(address);
    if (picture !== null) pictures.push(Buffer.from(picture[1] ?? '', 'base64'));
    // A picture's own address leads nobody anywhere.
    else if (name !== 'src' && name !== 'data-src' && links.size < maxLinks)
      links.add(address.slice(0, maxLinkLength));
  }
}

const token = /<(\/?)([a-z0-9]+)((?:\s+[a-z-]+="[^"]*")*)\s*\/?>|([^<]+)/g;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const unescape = (text: string) =>
  text.replaceAll(/&(amp|lt|gt|quot);/g, (whole, name: string) => entities[name] ?? whole);

/** Walks through sanitised HTML. */
function blocksOf(clean: string, preserve: boolean): TextBlock[] {
  const blocks: TextBlock[] = [];
  const lists: ('bullet' | 'numbered')[] = [];
  const open: string[] = [];
  let form: { kind: BlockKind; level: number } = { kind: 'paragraph', level: 0 };
  let runs: Run[] = [];
  let href = '';

  function flush(): void {
    const trimmed = trimmedRuns(runs);
    runs = [];
    if (trimmed.length > 0) blocks.push({ ...form, runs: trimmed });
  }
  function write(text: string): void {
    if (text === '') return;
    const own = marks.filter((mark) => open.some((tag) => markOf[tag] === mark));
    const last = runs.at(-1);
    if (last !== undefined && last.href === href && last.marks.join() === own.join())
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ text, marks: own, href });
  }
  const endsInSpace = () => /\s$/.test(runs.at(-1)?.text ?? '');
  function endCell(): void {
    const last = runs.at(-1);
    if (last !== undefined) runs[runs.length - 1] = { ...last, text: last.text.replace(/ +$/, '') };
    write('\t');
  }
  /** What a block is that begins now. */
  function formNow(): { kind: BlockKind; level: number } {
    const heading = open.findLast((tag) => headings[tag] !== undefined);
    if (heading !== undefined) return { kind: 'heading', level: headings[heading] ?? 1 };
    const list = lists.at(-1);
    if (list !== undefined && open.includes('li'))
      return { kind: list, level: Math.min(lists.length - 1, 5) };
    return { kind: open.includes('blockquote') ? 'quote' : 'paragraph', level: 0 };
  }
  /** A block's edge: inside a table's row it only parts words, so that a row is one paragraph. */
  function edge(tag: string): void {
    if (open.includes('tr') && tag !== 'tr' && tag !== 'table') {
      if (runs.length > 0 && !endsInSpace()) write(' ');
      return;
    }
    flush();
    form = formNow();
  }

  for (const [, slash, tag, attributes, text] of clean.matchAll(token)) {
    if (text !== undefined) {
      const written = unescape(text);
      if (preserve || open.includes('pre')) write(written);
      else {
        const shown = written.replaceAll(/[ \t\r\n\f]+/g, ' ');
        write(endsInSpace() ? shown.trimStart() : shown);
      }
      continue;
    }
    if (tag === undefined) continue;
    if (slash === '/') {
      if (tag === 'td' || tag === 'th') endCell();
      if (blockTags.includes(tag)) {
        const at = open.lastIndexOf(tag);
        if (tag === 'tr') {
          flush();
          open.splice(at, 1);
          form = formNow();
        } else {
          if (!open.includes('tr')) flush();
          if (at >= 0) open.splice(at, 1);
          if (tag === 'ul' || tag === 'ol') lists.pop();
          edge(tag);
        }
      } else if (open.includes(tag)) open.splice(open.lastIndexOf(tag), 1);
      if (tag === 'a') href = '';
      continue;
    }
    if (tag === 'br') write('\n');
    else if (tag === 'hr') edge(tag);
    else if (tag === 'a') {
      const address = unescape(/href="([^"]*)"/.exec(attributes ?? '')?.[1] ?? '');
      href = safeHref.test(address) && address.length <= maxLinkLength ? address : '';
      open.push(tag);
    } else {
      if (blockTags.includes(tag) && !open.includes('tr')) flush();
      open.push(tag);
      if (tag === 'ul' || tag === 'ol') lists.push(tag === 'ul' ? 'bullet' : 'numbered');
      if (blockTags.includes(tag)) edge(tag);
    }
  }
  flush();
  return blocks;
}

/** Runs without white space at the block's ends and around its line breaks; none where nothing else is in them. */
function trimmedRuns(runs: readonly Run[]): Run[] {
  const kept = runs.map((run) => ({ ...run }));
  for (let run = kept[0]; run !== undefined; run = kept[0]) {
    run.text = run.text.trimStart();
    if (run.text !== '') break;
    kept.shift();
  }
  for (let run = kept.at(-1); run !== undefined; run = kept.at(-1)) {
    run.text = run.text.trimEnd();
    if (run.text !== '') break;
    kept.pop();
  }
  return kept;
}

/** Blocks within what a body may hold, and whether some had to be left out. */
export function fittingBlocks(blocks: readonly TextBlock[]): { blocks: Block[]; isCut: boolean } {
  const fitting: Block[] = [];
  let length = 0;
  for (const block of blocks) {
    length += 1 + block.runs.reduce((sum, run) => sum + run.text.length, 0);
    if (length > maxBodyLength || fitting.length === maxBlocks || block.runs.length > 5_000)
      return { blocks: fitting, isCut: true };
    fitting.push(block);
  }
  return { blocks: fitting, isCut: false };
}
