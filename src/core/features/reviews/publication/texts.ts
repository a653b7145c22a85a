import type { MessageField } from '../../archive/contract.ts';
import type { MaterialContent } from '../material/contract.ts';
import { textOfBody } from '../material/model.ts';
import { type Published, published } from './judge.ts';
import { cardKinds, typedKinds } from './model.ts';

export interface ApprovedPart {
  /** `whole` (title and body), `title`, `body`, `variants.<n>…` likewise, `attachments.<n>`. */
  readonly part: string;
  readonly text: string;
}

/** Texts of an approved content as they may be published: each by itself, and title and body as one. */
export function partsOf(
  content: MaterialContent,
  textOfAttachment: (index: number) => string,
): readonly ApprovedPart[] {
  const pair = (prefix: string, title: string, body: string): ApprovedPart[] => [
    ...(title !== '' && body !== '' ? [{ part: `${prefix}whole`, text: `${title}\n${body}` }] : []),
    { part: `${prefix}title`, text: title },
    { part: `${prefix}body`, text: body },
  ];
  return [
    ...pair('', content.title, textOfBody(content.body)),
    ...content.variants.flatMap((variant, index) =>
      pair(`variants.${index}.`, variant.title, textOfBody(variant.body)),
    ),
    ...content.attachments.map((_, index) => ({
      part: `attachments.${index}`,
      text: textOfAttachment(index),
    })),
  ].filter(({ text }) => text.trim() !== '');
}

const isCard = (kind: string) => cardKinds.some((known) => known === kind);
export const isTyped = (kind: string) => typedKinds.some((known) => known === kind);

/**
 * What a message published: of a text its text; of a card its title and description, of one with several articles each of
 * them by itself. Empty for other kinds.
 */
export function publishedTexts(kind: string, fields: readonly MessageField[]): Published[] {
  if (isTyped(kind)) return fields.map(({ text }) => published(text));
  if (!isCard(kind)) return [];
  const articles = new Map<string, string[]>();
  for (const { path, text } of fields) {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (!/^(?:title|description|desc|digest|content)$/.test(name) || text.trim() === '') continue;
    const article = path.slice(0, path.lastIndexOf('.'));
    articles.set(article, [...(articles.get(article) ?? []), text]);
  }
  return [...articles.values()].map((pieces) => published(pieces.join('\n'), pieces));
}
