import { CalendarDay, type Milliseconds, type ProductId } from '../../../contract/ids.ts';
import { localDay } from '../../calendar/model.ts';
import { Block, MaterialContent } from '../../reviews/material/contract.ts';
import { fieldsByType, textOfBody } from '../../reviews/material/model.ts';
import { type DemoItem, series } from './items.ts';
import { demoProducts } from './products.ts';
import { variantTexts } from './remarks.ts';

/** When the parts of a content are, in the workspace's own days. */
export interface ContentTimes {
  /** The material's first draft. */
  readonly begun: Milliseconds;
  /** The day on which the demo was made. */
  readonly made: Milliseconds;
  readonly timeZone: string;
}

const dayLength = 86_400_000;

/** The content that an item begins with. */
export function contentOf(
  item: DemoItem,
  products: ReadonlyMap<string, ProductId>,
  times: ContentTimes,
): MaterialContent {
  const { text } = item;
  const product = demoProducts.find(({ code }) => code === text.product);
  const shown: readonly string[] = fieldsByType[text.type].shown;
  const day = (at: number) => CalendarDay.parse(localDay(at, times.timeZone));
  const until =
    item.fate === 'expired' || item.fate === 'retired'
      ? times.made - (15 + (item.number % 20)) * dayLength
      : times.made + (60 + ((item.number * 7) % 90)) * dayLength;
  return MaterialContent.parse({
    type: text.type,
    title: titleOf(item, day(times.begun)),
    body: linesOf(item).map(blockOf),
    fields: {
      channels: [...text.channels],
      audience: shown.includes('audience') ? text.audience : '',
      productId: product === undefined ? null : (products.get(product.code) ?? null),
      productName: product?.name ?? '',
      productType: product?.type ?? null,
      facts: text.facts.map(([kind, label, value]) => ({ kind, label, value })),
      ...(shown.includes('validity') ? { validFrom: day(times.begun), validUntil: day(until) } : {}),
      landingUrl: text.landingUrl,
      sources: text.sources.map((name) => ({ name })),
      branch: item.branch,
      campaign: text.campaign,
    },
    variants: (variantTexts[text.title] ?? []).map(({ channel, lines }) => ({
      channel,
      body: lines.map(blockOf),
    })),
  });
}

/** A series is told apart by its day, copies by their branch or a letter. */
function titleOf({ text, branch, turn }: DemoItem, day: string): string {
  if (branch !== '') return `${text.title}（${branch}）`;
  if (text.title === series) {
    const [, month = '', date = ''] = day.split('-');
    return `${text.title} ${Number(month)}月${Number(date)}日`;
  }
  return turn === 0 ? text.title : `${text.title}（${['B', 'C', 'D'][turn - 1] ?? turn}版）`;
}

/** The entries of a list in an order of their own for each of a series: no two days have the same news first. */
function linesOf({ text, turn }: DemoItem): readonly string[] {
  const entries = text.body.filter((line) => line.startsWith('- '));
  let next = turn;
  return text.body.map((line) => {
    if (!line.startsWith('- ') || text.title !== series) return line;
    const entry = entries[next % entries.length] ?? line;
    next += 1;
    return entry;
  });
}

function blockOf(line: string): Block {
  if (line.startsWith('# '))
    return Block.parse({ kind: 'heading', level: 1, runs: [{ text: line.slice(2) }] });
  const isEntry = line.startsWith('- ');
  const runs = (isEntry ? line.slice(2) : line)
    .split('**')
    .map((text, index) => ({ text, marks: index % 2 === 1 ? ['bold'] : [] }))
    .filter(({ text }) => text !== '');
  return Block.parse({ kind: isEntry ? 'bullet' : 'paragraph', runs });
}

/** The content with these words replaced in its body, wherever they stand in one piece. */
export function withWords(
  content: MaterialContent,
  replace: readonly (readonly [from: string, to: string])[],
): MaterialContent {
  const changed = (text: string) => replace.reduce((sum, [from, to]) => sum.replace(from, to), text);
  return {
    ...content,
    body: content.body.map((block) =>
      block.kind === 'image'
        ? block
        : { ...block, runs: block.runs.map((run) => ({ ...run, text: changed(run.text) })) },
    ),
  };
}

/** Where the quote stands in the body: what a comment is anchored to. Throws where it doesn't. */
export function anchorOf(content: MaterialContent, quote: string) {
  const text = textOfBody(content.body);
  const start = text.indexOf(quote);
  if (start < 0) throw new Error(`"${quote}" does not stand in ${content.title}`);
  const end = start + quote.length;
  const context = 32;
  return {
    kind: 'text' as const,
    part: 'body',
    quote: {
      exact: quote,
      prefix: text.slice(Math.max(0, start - context), start),
      suffix: text.slice(end, end + context),
    },
    position: { start, end },
  };
}
