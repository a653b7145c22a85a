import type { JSONContent } from '@tiptap/react';

import type { BlobId } from '../../../../core/contract/ids.ts';
import type { Block, Run } from '../../../../core/features/reviews/material/contract.ts';
import { type BlockKind, type Mark, marks } from '../../../../core/features/reviews/material/model.ts';

// A body is a flat list of blocks (what is hashed and compared); the editor has a tree, with lists in lists. One becomes the
// other here, both ways, in the same reading order.

type Flow = Exclude<Block, { kind: 'image' }>;
type List = 'bullet' | 'numbered';

const listNodes = { bullet: 'bulletList', numbered: 'orderedList' } as const satisfies Record<List, string>;

/** The editor's document for a body; an empty body is one empty paragraph. */
export function toDocument(body: readonly Block[]): JSONContent {
  const content: JSONContent[] = [];
  let index = 0;
  while (index < body.length) {
    const block = body[index];
    if (block === undefined) break;
    if (block.kind === 'bullet' || block.kind === 'numbered') {
      const end = endOfRun(body, index, (next) => next.kind === 'bullet' || next.kind === 'numbered');
      content.push(...toLists(body.slice(index, end).filter(isFlow), 0));
      index = end;
    } else if (block.kind === 'quote') {
      const end = endOfRun(body, index, (next) => next.kind === 'quote');
      content.push({ type: 'blockquote', content: body.slice(index, end).filter(isFlow).map(toParagraph) });
      index = end;
    } else {
      content.push(toNode(block));
      index += 1;
    }
  }
  return { type: 'doc', content: content.length === 0 ? [{ type: 'paragraph' }] : content };
}

const isFlow = (block: Block): block is Flow => block.kind !== 'image';

function endOfRun(body: readonly Block[], from: number, belongs: (block: Block) => boolean): number {
  let end = from;
  for (let block = body[end]; block !== undefined && belongs(block); block = body[end]) end += 1;
  return end;
}

function toNode(block: Exclude<Block, { kind: List | 'quote' }>): JSONContent {
  if (block.kind === 'image') return { type: 'picture', attrs: { blobId: block.blobId, alt: block.alt } };
  if (block.kind === 'heading')
    return {
      type: 'heading',
      attrs: { level: Math.min(3, Math.max(1, block.level)) },
      content: toInline(block.runs),
    };
  return toParagraph(block);
}

const toParagraph = (block: Flow): JSONContent => ({ type: 'paragraph', content: toInline(block.runs) });

/** Lists of entries of at least this depth: deeper ones become lists inside the entry before them. */
function toLists(entries: readonly Flow[], depth: number): JSONContent[] {
  const lists: JSONContent[] = [];
  let index = 0;
  while (index < entries.length) {
    const entry = entries[index];
    if (entry === undefined) break;
    const kind: List = entry.kind === 'numbered' ? 'numbered' : 'bullet';
    const items: JSONContent[] = [];
    while (index < entries.length) {
      const next = entries[index];
      if (next === undefined || (next.level <= depth && next.kind !== kind)) break;
      // An entry that begins deeper than the one before it allows stands under an empty one, as it would on paper.
      const own = next.level > depth ? null : next;
      if (own !== null) index += 1;
      let end = index;
      while ((entries[end]?.level ?? depth) > depth) end += 1;
      items.push({
        type: 'listItem',
        content: [
          own === null ? { type: 'paragraph' } : toParagraph(own),
          ...toLists(entries.slice(index, end), depth + 1),
        ],
      });
      index = end;
    }
    lists.push({ type: listNodes[kind], content: items });
  }
  return lists;
}

function toInline(runs: readonly Run[]): JSONContent[] {
  return runs.flatMap((run) => {
    const own = [
      ...run.marks.map((mark) => ({ type: mark })),
      ...(run.href === '' ? [] : [{ type: 'link', attrs: { href: run.href } }]),
    ];
    return run.text
      .split('\n')
      .flatMap((line, position): JSONContent[] => [
        ...(position === 0 ? [] : [{ type: 'hardBreak' }]),
        ...(line === '' ? [] : [{ type: 'text', text: line, ...(own.length === 0 ? {} : { marks: own }) }]),
      ]);
  });
}

/** The body that the editor's document says. */
export function fromDocument(document: JSONContent): Block[] {
  const blocks: Block[] = [];
  for (const node of document.content ?? []) addBlocks(blocks, node, 'paragraph', 0);
  const [only] = blocks;
  if (blocks.length === 1 && only?.kind === 'paragraph' && only.runs.length === 0) return [];
  return blocks;
}

function addBlocks(blocks: Block[], node: JSONContent, kind: BlockKind, level: number): void {
  switch (node.type ?? '') {
    case 'paragraph':
      blocks.push({ kind, level: kind === 'bullet' || kind === 'numbered' ? level : 0, runs: runsOf(node) });
      break;
    case 'heading':
      blocks.push({ kind: 'heading', level: numberAttribute(node, 'level', 1), runs: runsOf(node) });
      break;
    case 'picture':
      blocks.push({ kind: 'image', blobId: blobAttribute(node), alt: textAttribute(node, 'alt') });
      break;
    case 'blockquote':
      for (const child of node.content ?? []) addBlocks(blocks, child, 'quote', 0);
      break;
    case 'bulletList':
    case 'orderedList': {
      const own = node.type === 'bulletList' ? 'bullet' : 'numbered';
      const depth = kind === 'bullet' || kind === 'numbered' ? level + 1 : 0;
      for (const item of node.content ?? [])
        for (const child of item.content ?? []) addBlocks(blocks, child, own, Math.min(depth, 5));
      break;
    }
    default:
      // The schema has no other blocks.
      for (const child of node.content ?? []) addBlocks(blocks, child, kind, level);
  }
}

function runsOf(node: JSONContent): Run[] {
  const runs: Run[] = [];
  for (const child of node.content ?? []) {
    const isBreak = child.type === 'hardBreak';
    const text = isBreak ? '\n' : (child.text ?? '');
    if (text === '') continue;
    const held = new Set((child.marks ?? []).map((mark) => mark.type));
    const link = (child.marks ?? []).find((mark) => mark.type === 'link');
    const href = typeof link?.attrs?.['href'] === 'string' ? link.attrs['href'] : '';
    const own: Mark[] = marks.filter((mark) => held.has(mark));
    const last = runs.at(-1);
    // A line break has no look of its own.
    if (last !== undefined && (isBreak || (last.href === href && last.marks.join() === own.join())))
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ text, marks: own, href });
  }
  return runs;
}

function textAttribute(node: JSONContent, name: string): string {
  const value: unknown = node.attrs?.[name];
  return typeof value === 'string' ? value : '';
}

function numberAttribute(node: JSONContent, name: string, otherwise: number): number {
  const value: unknown = node.attrs?.[name];
  return typeof value === 'number' ? value : otherwise;
}

const isBlobId = (value: string): value is BlobId => /^[0-9a-f]{64}$/.test(value);

function blobAttribute(node: JSONContent): BlobId {
  const value = textAttribute(node, 'blobId');
  if (!isBlobId(value)) throw new Error('A picture in the body names no file.');
  return value;
}
