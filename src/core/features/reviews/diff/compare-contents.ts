import { canonicalJson } from '../../audit/model.ts';
import type { Attachment, Fact, MaterialContent, Source } from '../material/contract.ts';
import { canonicalContent } from '../material/model.ts';
import { type Budget, createBudget } from './align.ts';
import { changeKindOf } from './change-kind.ts';
import { compareBodies } from './compare-bodies.ts';
import { compareTexts } from './compare-texts.ts';
import type {
  AttachmentChange,
  ContentDiff,
  FactChange,
  FieldChange,
  SourceChange,
  VariantChange,
} from './contract.ts';
import { type ComparedField, comparedFields } from './model.ts';

/**
 * Everything in which two contents differ, the one given first being the older. Both are compared in their canonical form.
 * All parts share one budget, the body first. Call it in a worker: `createDiffPool`.
 */
export function compareContents(
  older: MaterialContent,
  newer: MaterialContent,
  budget: Budget = createBudget(),
): ContentDiff {
  const [a, b] = [canonicalContent(older), canonicalContent(newer)];
  const body = compareBodies(a.body, b.body, budget);
  return {
    change: changeKindOf(a, b),
    title: compareTexts(a.title, b.title, budget),
    body,
    fields: compareFields(a, b, budget),
    facts: compareFacts(a.fields.facts, b.fields.facts),
    sources: compareSources(a.fields.sources, b.fields.sources),
    attachments: compareAttachments(a.attachments, b.attachments),
    variants: compareVariants(a, b, budget),
    coarse: budget.coarse,
  };
}

const fieldsInWords: ReadonlySet<ComparedField> = new Set([
  'audience',
  'productName',
  'chartSource',
  'branch',
  'campaign',
]);

function compareFields(a: MaterialContent, b: MaterialContent, budget: Budget): FieldChange[] {
  return comparedFields.flatMap((field) => {
    const [old, other] = [valuesOf(a, field), valuesOf(b, field)];
    if (canonicalJson(old) === canonicalJson(other)) return [];
    const diff = fieldsInWords.has(field) ? compareTexts(old[0] ?? '', other[0] ?? '', budget) : null;
    return [{ field, old, new: other, diff }];
  });
}

function valuesOf({ type, fields }: MaterialContent, field: ComparedField): string[] {
  if (field === 'type') return [type];
  if (field === 'channels') return fields.channels;
  const value = fields[field];
  return value === null || value === '' ? [] : [value];
}

/** Items of two lists that are one and the same: [old, new]; each item is in at most one pair. */
function pairItems<Item>(
  olds: readonly Item[],
  news: readonly Item[],
  keys: readonly ((item: Item) => string | null)[],
): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  for (const keyOf of keys) {
    const waiting = new Map<string, number[]>();
    for (const [index, item] of news.entries()) {
      const key = keyOf(item);
      if (key !== null && !taken.has(index)) waiting.set(key, [...(waiting.get(key) ?? []), index]);
    }
    for (const [index, item] of olds.entries()) {
      const key = keyOf(item);
      if (key === null || pairs.has(index)) continue;
      const partner = waiting.get(key)?.shift();
      if (partner === undefined) continue;
      pairs.set(index, partner);
      taken.add(partner);
    }
  }
  return pairs;
}

interface ItemChanged<Item> {
  readonly kind: 'added' | 'removed' | 'changed' | 'reordered';
  readonly oldIndex: number | null;
  readonly newIndex: number | null;
  readonly old: Item | null;
  readonly new: Item | null;
}

/** What was removed, in the old order; then the rest in the new order. */
function compareItems<Item>(
  olds: readonly Item[],
  news: readonly Item[],
  keys: readonly ((item: Item) => string | null)[],
): ItemChanged<Item>[] {
  const pairs = pairItems(olds, news, keys);
  const origins = new Map([...pairs].map(([old, other]) => [other, old]));
  const removed = olds.flatMap((old, oldIndex): ItemChanged<Item>[] =>
    pairs.has(oldIndex) ? [] : [{ kind: 'removed', oldIndex, newIndex: null, old, new: null }],
  );
  let furthest = -1;
  const rest = news.flatMap((item, newIndex): ItemChanged<Item>[] => {
    const oldIndex = origins.get(newIndex);
    const old = oldIndex === undefined ? undefined : olds[oldIndex];
    if (oldIndex === undefined || old === undefined)
      return [{ kind: 'added', oldIndex: null, newIndex, old: null, new: item }];
    const isBehind = oldIndex < furthest;
    furthest = Math.max(furthest, oldIndex);
    if (canonicalJson(old) !== canonicalJson(item))
      return [{ kind: 'changed', oldIndex, newIndex, old, new: item }];
    return isBehind ? [{ kind: 'reordered', oldIndex, newIndex, old, new: item }] : [];
  });
  return [...removed, ...rest];
}

function compareFacts(olds: readonly Fact[], news: readonly Fact[]): FactChange[] {
  return compareItems(olds, news, [
    (fact) => canonicalJson(fact),
    ({ kind, label }) => canonicalJson([kind, label]),
    ({ kind, value }) => canonicalJson([kind, value]),
  ]);
}

function compareSources(olds: readonly Source[], news: readonly Source[]): SourceChange[] {
  return compareItems(olds, news, [
    (source) => canonicalJson(source),
    ({ name }) => (name === '' ? null : name),
    ({ url }) => (url === '' ? null : url),
  ]);
}

function compareAttachments(olds: readonly Attachment[], news: readonly Attachment[]): AttachmentChange[] {
  return compareItems<Attachment>(olds, news, [
    ({ blobId, name }) => canonicalJson([blobId, name]),
    ({ blobId }) => blobId,
    ({ name }) => name,
  ]).flatMap((change): AttachmentChange[] => {
    if (change.kind === 'added' || change.kind === 'removed') return [{ ...change, kind: change.kind }];
    if (change.old?.blobId !== change.new?.blobId) return [{ ...change, kind: 'replaced' }];
    // In which order attachments are listed says nothing to a reader.
    return change.old?.name === change.new?.name ? [] : [{ ...change, kind: 'renamed' }];
  });
}

function compareVariants(a: MaterialContent, b: MaterialContent, budget: Budget): VariantChange[] {
  const nothing = { title: '', body: [] };
  return compareItems(a.variants, b.variants, [({ channel }) => channel]).flatMap(
    ({ kind, oldIndex, newIndex, old, new: newer }): VariantChange[] => {
      const channel = (newer ?? old)?.channel;
      if (channel === undefined || kind === 'reordered') return [];
      return [
        {
          kind,
          channel,
          oldIndex,
          newIndex,
          title: compareTexts((old ?? nothing).title, (newer ?? nothing).title, budget),
          body: compareBodies((old ?? nothing).body, (newer ?? nothing).body, budget),
        },
      ];
    },
  );
}
