import createDOMPurify from 'dompurify';

const allowedTags = [
  'p',
  'br',
  'h1',
  'h2',
  'h3',
  'ul',
  'ol',
  'li',
  'blockquote',
  'strong',
  'b',
  'em',
  'i',
  'u',
  's',
  'del',
  'strike',
  'a',
  'span',
  'div',
  'table',
  'tbody',
  'thead',
  'tr',
  'td',
  'th',
];

// Word writes an entry of a list as a paragraph of this class, with the bullet as text in a span marked `mso-list:Ignore`.
const wordList = /mso-list\s*:\s*l\d+\s+level(\d)/i;
const wordBullet = /mso-list\s*:\s*Ignore/i;
/** A number before the text: the list counts. */
const counts = /^\s*[(（]?[\da-z一二三四五六七八九十]+[.)、．）]/i;

const tag = /<[a-z][^>]*>/gi;
const inlineStyle = /\sstyle(?=\s*=)/gi;
const handler = /\son[a-z]+(?=\s*=)/gi;
const styleSheet = /<style\b[^>]*>[\s\S]*?<\/style\s*>/gi;

/**
 * The same without style sheets, and with other names for styles and handlers. Nothing is made safe by it: a page's policy has the
 * browser report each of them as soon as it parses them, and what Word pastes has thousands.
 */
function withoutStyles(html: string): string {
  return html
    .replaceAll(styleSheet, '')
    .replaceAll(tag, (found) => found.replaceAll(inlineStyle, ' data-style').replaceAll(handler, ' data-on'));
}

/**
 * Pasted HTML without anything that runs, loads or hides: tags that a body can have, addresses that may be opened, nothing
 * else. Word's lists become lists; a table becomes a paragraph for each row, with bars between its cells.
 */
export function cleanPastedHtml(html: string, window: Window & typeof globalThis): string {
  const parsed = new window.DOMParser().parseFromString(withoutStyles(html), 'text/html');
  tableRowsToParagraphs(parsed);
  wordListsToLists(parsed);
  const purify = createDOMPurify(window);
  return purify.sanitize(parsed.body.innerHTML, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: ['href'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

function tableRowsToParagraphs(document: Document): void {
  for (const table of [...document.querySelectorAll('table')].toReversed()) {
    const rows = [...table.querySelectorAll('tr')].map((row) => {
      const paragraph = document.createElement('p');
      const cells = [...row.querySelectorAll('td, th')].map((cell) =>
        (cell.textContent ?? '').replaceAll(/\s+/g, ' ').trim(),
      );
      paragraph.textContent = cells.join(' | ');
      return paragraph;
    });
    table.replaceWith(...rows);
  }
}

function wordListsToLists(document: Document): void {
  let list: { readonly element: HTMLElement; readonly level: number }[] = [];
  for (const paragraph of document.querySelectorAll<HTMLElement>('p')) {
    const level = wordList.exec(paragraph.dataset['style'] ?? '')?.[1];
    if (level === undefined) {
      list = [];
      continue;
    }
    let bullet = '';
    for (const span of paragraph.querySelectorAll<HTMLElement>('span')) {
      if (!wordBullet.test(span.dataset['style'] ?? '')) continue;
      bullet += span.textContent ?? '';
      span.remove();
    }
    const depth = Number(level);
    list = list.filter((open) => open.level <= depth);
    let open = list.at(-1);
    if (open === undefined || open.level < depth) {
      const element = document.createElement(counts.test(bullet) ? 'ol' : 'ul');
      const outer = open?.element.lastElementChild;
      if (outer) outer.append(element);
      else paragraph.before(element);
      open = { element, level: depth };
      list = [...list, open];
    }
    const item = document.createElement('li');
    item.append(...paragraph.childNodes);
    open.element.append(item);
    paragraph.remove();
  }
}
