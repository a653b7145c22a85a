import type { MaterialContent, MaterialFields } from '../../../../core/features/reviews/material/contract.ts';
import type { DraftText } from './draft-keeper.ts';

// Two people edited one draft. What only one of them changed is taken from that one; where both did, a person chooses.

/** What is chosen as one: the title, the body, each field, the attachments, the variants, the claimed exemptions. */
export type MergePart =
  | 'title'
  | 'body'
  | 'attachments'
  | 'variants'
  | 'exemptions'
  | `fields.${keyof MaterialFields}`;

export type Side = 'mine' | 'theirs';

const fieldNames = [
  'channels',
  'audience',
  'productId',
  'productName',
  'productType',
  'facts',
  'validFrom',
  'validUntil',
  'landingUrl',
  'sources',
  'chartSource',
  'branch',
  'campaign',
] as const satisfies readonly (keyof MaterialFields)[];

const parts: readonly MergePart[] = [
  'title',
  'body',
  ...fieldNames.map((name) => `fields.${name}` as const),
  'attachments',
  'variants',
  'exemptions',
];

/** What a text says in one part. */
export function partValue(text: DraftText, part: MergePart): unknown {
  const { content } = text;
  const whole = {
    title: content.title,
    body: content.body,
    attachments: content.attachments,
    variants: content.variants,
    exemptions: text.exemptions,
  };
  const name = fieldNames.find((field) => part === `fields.${field}`);
  return name === undefined ? Reflect.get(whole, part) : content.fields[name];
}

const same = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

/** The parts that both changed, each in another way: a person has to choose. In the order of the screen. */
export function conflictingParts(base: DraftText, mine: DraftText, theirs: DraftText): readonly MergePart[] {
  return parts.filter((part) => {
    const own = partValue(mine, part);
    const other = partValue(theirs, part);
    const before = partValue(base, part);
    return !same(own, other) && !same(own, before) && !same(other, before);
  });
}

/** The parts that differ at all: what a reader is shown beside the choices. */
export function differingParts(mine: DraftText, theirs: DraftText): readonly MergePart[] {
  return parts.filter((part) => !same(partValue(mine, part), partValue(theirs, part)));
}

/** One text of both: a part that only one side changed from there, a part that both changed from the chosen side. */
export function mergeDrafts(
  base: DraftText,
  mine: DraftText,
  theirs: DraftText,
  chosen: ReadonlyMap<MergePart, Side>,
): DraftText {
  const sideOf = (part: MergePart): DraftText => {
    const choice = chosen.get(part);
    if (choice !== undefined) return choice === 'mine' ? mine : theirs;
    return same(partValue(mine, part), partValue(base, part)) ? theirs : mine;
  };
  const field = <Name extends keyof MaterialFields>(name: Name): MaterialFields[Name] =>
    sideOf(`fields.${name}`).content.fields[name];
  const content: MaterialContent = {
    type: mine.content.type,
    title: sideOf('title').content.title,
    body: sideOf('body').content.body,
    fields: {
      channels: field('channels'),
      audience: field('audience'),
      productId: field('productId'),
      productName: field('productName'),
      productType: field('productType'),
      facts: field('facts'),
      validFrom: field('validFrom'),
      validUntil: field('validUntil'),
      landingUrl: field('landingUrl'),
      sources: field('sources'),
      chartSource: field('chartSource'),
      branch: field('branch'),
      campaign: field('campaign'),
    },
    attachments: sideOf('attachments').content.attachments,
    variants: sideOf('variants').content.variants,
  };
  return { content, exemptions: sideOf('exemptions').exemptions };
}
