import { canonicalJson } from '../../audit/model.ts';
import type { Block, MaterialContent, Run } from '../material/contract.ts';
import { canonicalContent, textOfBody } from '../material/model.ts';
import { type ChangeKind, greaterChange } from './model.ts';
import { kindOfTextChange } from './normalise.ts';

// Told without a diff: workflow asks it of each new version, publication of each candidate.

/**
 * How two contents differ, by the widest of their differences. Fields in words count like the text; every other field, an
 * attachment, a picture, a link's target, what is struck through and the order of lists count as `text`.
 */
export function changeKindOf(left: MaterialContent, right: MaterialContent): ChangeKind {
  const [a, b] = [canonicalContent(left), canonicalContent(right)];
  if (canonicalJson(exactPart(a)) !== canonicalJson(exactPart(b))) return 'text';
  const [wordsOfA, wordsOfB] = [wordsOf(a), wordsOf(b)];
  return [
    changeKindOfBodies(a.body, b.body),
    ...a.variants.map((variant, index) => changeKindOfBodies(variant.body, b.variants[index]?.body ?? [])),
    ...wordsOfA.map((words, index) => kindOfTextChange(words, wordsOfB[index] ?? '')),
  ].reduce(greaterChange, 'identical');
}

/** How two bodies differ; as `changeKindOf`. */
export function changeKindOfBodies(left: readonly Block[], right: readonly Block[]): ChangeKind {
  const words = kindOfTextChange(textOfBody(left), textOfBody(right));
  if (words === 'text' || !sameStretches(left, right, substanceOf)) return 'text';
  return sameStretches(left, right, formOf) ? words : 'formatting-only';
}

/** What has to be the same to the letter. */
function exactPart(content: MaterialContent): unknown {
  const { fields } = content;
  return {
    type: content.type,
    fields: {
      ...fields,
      audience: '',
      productName: '',
      chartSource: '',
      campaign: '',
      facts: fields.facts.map(({ kind }) => kind),
      sources: fields.sources.map(({ url, day }) => ({ url, day })),
    },
    attachments: content.attachments,
    variants: content.variants.map(({ channel }) => channel),
  };
}

/** What is compared as text, in one order for contents whose exact parts are the same. */
function wordsOf({ title, fields, variants }: MaterialContent): string[] {
  return [
    title,
    fields.audience,
    fields.productName,
    fields.chartSource,
    fields.campaign,
    ...fields.facts.flatMap(({ label, value }) => [label, value]),
    ...fields.sources.map(({ name }) => name),
    ...variants.map((variant) => variant.title),
  ];
}

type StampOf = (block: Block, run: Run | null) => string;

/** What a run says beyond its letters. Striking a text through takes it back. */
const substanceOf: StampOf = (block, run) =>
  block.kind === 'image'
    ? `image ${block.blobId}`
    : `text ${run?.marks.includes('strike') === true ? 'struck' : ''} ${run?.href ?? ''}`;

const formOf: StampOf = (block, run) =>
  block.kind === 'image' ? 'image' : `${block.kind} ${block.level} ${run?.marks.join(' ') ?? ''}`;

/** Whether both bodies bear the same stamps over the same letters, however these are parted into blocks and runs. */
function sameStretches(left: readonly Block[], right: readonly Block[], stampOf: StampOf): boolean {
  const [a, b] = [stretchesOf(left, stampOf), stretchesOf(right, stampOf)];
  return (
    a.length === b.length &&
    a.every(
      ({ stamp, text }, index) =>
        stamp === b[index]?.stamp && kindOfTextChange(text, b[index]?.text ?? '') !== 'text',
    )
  );
}

function stretchesOf(body: readonly Block[], stampOf: StampOf): { stamp: string; text: string }[] {
  const stretches: { stamp: string; text: string }[] = [];
  for (const block of body) {
    if (block.kind === 'image') {
      stretches.push({ stamp: stampOf(block, null), text: block.alt });
      continue;
    }
    for (const [index, run] of block.runs.entries()) {
      // White space has no looks of its own worth telling.
      if (run.text.trim() === '') continue;
      const stamp = stampOf(block, run);
      const last = stretches.at(-1);
      if (last !== undefined && last.stamp === stamp) last.text += (index === 0 ? '\n' : '') + run.text;
      else stretches.push({ stamp, text: run.text });
    }
  }
  return stretches;
}
