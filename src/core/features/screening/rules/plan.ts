import { foldBit, foldBits } from '../folds.ts';
import type { FoldName, TermSpec } from '../model.ts';
import { type Detect, createDetector } from './detectors/index.ts';
import { type LexiconTables, keyOfTables } from './lexicon-tables.ts';
import type {
  AllOfWindow,
  DetectorName,
  EntryOptions,
  LexiconSettings,
  Operand,
  RuleDefinition,
} from './model.ts';
import { type CompiledPattern, compilePattern } from './patterns.ts';
import { type ScreenerEntry, createResolver, rulesInOrder } from './references.ts';

/** What an operand looks for, ready to be looked for. */
export type Node =
  /** A list that the matchers fill as they go. */
  | { readonly kind: 'slot'; readonly slot: number }
  /** The spans of another entry's rule. */
  | { readonly kind: 'rule'; readonly rule: number }
  /** A pattern or detector, evaluated once a text however many rules use it. */
  | { readonly kind: 'reader'; readonly reader: number; readonly allowed: number }
  /** Nothing: what it refers to does not exist. */
  | { readonly kind: 'nothing' };

export type RuleShape =
  | {
      readonly kind: 'near';
      readonly nodes: readonly [Node, Node];
      readonly within: number;
      readonly ordered: boolean;
    }
  | { readonly kind: 'all-of'; readonly nodes: readonly Node[]; readonly window: AllOfWindow }
  | { readonly kind: 'any-of'; readonly nodes: readonly Node[] }
  | {
      readonly kind: 'required';
      readonly when: Node;
      readonly nodes: readonly Node[];
      /** What the disclosures look for, for people to read. */
      readonly disclosures: string;
      readonly within: number | null;
      readonly productTypes: readonly string[];
    };

export interface PlannedRule {
  readonly entry: number;
  readonly shape: RuleShape;
  /** Other rules look at its spans. */
  readonly referred: boolean;
  /** The slots without any of which it can't match; null: it has to be evaluated for every text. */
  readonly wakers: readonly number[] | null;
}

export type Reader =
  | { readonly kind: 'pattern'; readonly pattern: CompiledPattern }
  | {
      readonly kind: 'detector';
      readonly detector: DetectorName;
      readonly detect: Detect;
    };

/** Terms that share their tables, built-in forms that are off included: they are compiled into one matcher. */
export interface TermGroup {
  readonly settings: LexiconTables;
  readonly specs: TermSpec[];
  /** By term: the entry whose own word it is, or -1. */
  readonly entryOf: number[];
  /** By term: the slots that its matches go to. */
  readonly slotsOf: (number[] | undefined)[];
  readonly known: Map<string, number>;
}

export interface Plan {
  /** By entry: its folds, as bits. */
  readonly folds: readonly number[];
  readonly groups: readonly TermGroup[];
  /** In an order in which each comes behind those that it refers to. */
  readonly rules: readonly PlannedRule[];
  /** By slot: the entry whose exemptions hold for its spans, or -1. */
  readonly slots: readonly number[];
  readonly readers: readonly Reader[];
}

/** The folds of an entry: the lexicon's, with its own added and taken away. */
export function foldsOf(options: EntryOptions, settings: LexiconSettings): readonly FoldName[] {
  // Of tens of thousands of entries most have none of their own: those share one list.
  if (options.foldsOn.length === 0 && options.foldsOff.length === 0) return settings.folds;
  const folds = new Set([...settings.folds, ...options.foldsOn]);
  for (const fold of options.foldsOff) folds.delete(fold);
  return [...folds];
}

/** An entry's text as a term of the matcher; forced folds make initials count. */
export function specOf(
  text: string,
  options: EntryOptions,
  folds: readonly FoldName[],
  forced: boolean,
): TermSpec {
  return {
    text,
    folds,
    wholeWord: options.wholeWord,
    acrossSentences: options.acrossSentences,
    initials: options.initials || (forced && folds.includes('pinyin')),
    ...(options.fillers === null ? {} : { fillers: options.fillers }),
  };
}

/** Sorts entries into words and rules, and what those read, once for all texts. A rule that can't work never matches. */
export function planEntries(entries: readonly ScreenerEntry[], force: readonly FoldName[] | undefined): Plan {
  const names = entries.map((entry) => force ?? foldsOf(entry.options, entry.settings));
  const bitsOf = new Map<readonly FoldName[], number>();
  const folds = names.map((own) => {
    let bits = bitsOf.get(own);
    if (bits === undefined) {
      bits = foldBits(own);
      bitsOf.set(own, bits);
    }
    return bits;
  });
  const resolve = createResolver(entries);
  const order = rulesInOrder(entries, resolve);
  const groups = createGroups();
  const slots: number[] = [];
  const slotOfEntry = new Map<number, number>();
  const readers: Reader[] = [];
  const knownReaders = new Map<string, number>();
  const placeOfRule = new Map(order.map((entry, place) => [entry, place] as const));
  const referred = new Set<number>();

  entries.forEach((entry, index) => {
    if (entry.options.rule !== null) return;
    const spec = specOf(entry.text, entry.options, names[index] ?? [], force !== undefined);
    groups.addEntry(entry.settings, spec, index);
  });

  function readerNode(operand: Extract<Operand, { kind: 'pattern' | 'detector' }>, entry: number): Node {
    const key = JSON.stringify(operand);
    let reader = knownReaders.get(key);
    if (reader === undefined) {
      const made = readerOf(operand);
      if (made === null) return { kind: 'nothing' };
      reader = readers.push(made) - 1;
      knownReaders.set(key, reader);
    }
    // Whether a domain imitates another is the detector's own judgement, not a fold that has to be switched on: what only
    // pretends to be an allowed domain would pass.
    const judged = operand.kind === 'detector' ? foldBit['look-alikes'] : 0;
    return { kind: 'reader', reader, allowed: (folds[entry] ?? 0) | judged };
  }

  function nodeOf(operand: Operand, index: number): Node {
    const entry = entries[index];
    if (entry === undefined) return { kind: 'nothing' };
    switch (operand.kind) {
      case 'words': {
        const slot = slots.push(-1) - 1;
        for (const word of operand.words) {
          const spec = specOf(word, entry.options, names[index] ?? [], force !== undefined);
          groups.addOperand(entry.settings, spec, slot);
        }
        return { kind: 'slot', slot };
      }
      case 'term': {
        const other = resolve(index, operand.text);
        if (other === undefined) return { kind: 'nothing' };
        const rule = placeOfRule.get(other);
        if (rule !== undefined) {
          referred.add(other);
          return { kind: 'rule', rule };
        }
        if (entries[other]?.options.rule !== null) return { kind: 'nothing' };
        let slot = slotOfEntry.get(other);
        if (slot === undefined) {
          slot = slots.push(other) - 1;
          slotOfEntry.set(other, slot);
          groups.feedEntry(other, slot);
        }
        return { kind: 'slot', slot };
      }
      case 'pattern':
      case 'detector':
        return readerNode(operand, index);
      default:
        return operand satisfies never;
    }
  }

  const planned: PlannedRule[] = [];
  for (const entry of order) {
    const rule = entries[entry]?.options.rule;
    if (rule === null || rule === undefined) continue;
    const shape = shapeOf(rule, (operand) => nodeOf(operand, entry));
    planned.push({ entry, shape, referred: false, wakers: wakersOf(shape, planned) });
  }
  return {
    folds,
    groups: groups.all(),
    rules: planned.map((rule) => ({ ...rule, referred: referred.has(rule.entry) })),
    slots,
    readers,
  };
}

function shapeOf(rule: RuleDefinition, nodeOf: (operand: Operand) => Node): RuleShape {
  switch (rule.kind) {
    case 'near': {
      const { within, ordered } = rule;
      return { kind: 'near', nodes: [nodeOf(rule.first), nodeOf(rule.second)], within, ordered };
    }
    case 'all-of':
      return { kind: 'all-of', nodes: rule.operands.map(nodeOf), window: rule.window };
    case 'any-of':
      return { kind: 'any-of', nodes: rule.operands.map(nodeOf) };
    case 'required': {
      const { within, productTypes } = rule;
      return {
        kind: 'required',
        when: nodeOf(rule.when),
        nodes: rule.disclosures.map(nodeOf),
        disclosures: namesOf(rule.disclosures),
        within,
        productTypes,
      };
    }
    case 'pattern':
    case 'detector':
      return { kind: 'any-of', nodes: [nodeOf(rule)] };
    default:
      return rule satisfies never;
  }
}

/** Most disclosures that an explanation names. */
const mostNamed = 20;

/** The words, entries, patterns and detectors that operands look for, in one line. */
function namesOf(operands: readonly Operand[]): string {
  const names = operands.flatMap((operand): readonly string[] => {
    switch (operand.kind) {
      case 'words':
        return operand.words;
      case 'term':
        return [operand.text];
      case 'pattern':
        return [operand.pattern];
      case 'detector':
        return [operand.detector];
      default:
        return operand satisfies never;
    }
  });
  return [...names.slice(0, mostNamed), ...(names.length > mostNamed ? ['…'] : [])].join(' / ');
}

function wakersOf(shape: RuleShape, before: readonly PlannedRule[]): readonly number[] | null {
  const ofNode = (node: Node): readonly number[] | null => {
    switch (node.kind) {
      case 'slot':
        return [node.slot];
      case 'rule':
        return before[node.rule]?.wakers ?? null;
      case 'reader':
        return null;
      case 'nothing':
        return [];
      default:
        return node satisfies never;
    }
  };
  switch (shape.kind) {
    // One operand that can't match is enough: the one with the fewest slots is asked.
    case 'near':
    case 'all-of':
      return shape.nodes
        .map(ofNode)
        .reduce(
          (least, own) => (own !== null && (least === null || own.length < least.length) ? own : least),
          null,
        );
    case 'any-of': {
      const all = shape.nodes.map(ofNode);
      return all.every((own) => own !== null) ? all.flat() : null;
    }
    case 'required':
      return ofNode(shape.when);
    default:
      return shape satisfies never;
  }
}

function readerOf(operand: Extract<Operand, { kind: 'pattern' | 'detector' }>): Reader | null {
  if (operand.kind === 'detector')
    return {
      kind: 'detector',
      detector: operand.detector,
      detect: createDetector(operand.detector, operand),
    };
  const pattern = compilePattern(operand.pattern, operand.ignoreCase);
  return pattern === null ? null : { kind: 'pattern', pattern };
}

function createGroups() {
  const groups = new Map<string, TermGroup>();
  const keys = new Map<LexiconSettings, string>();
  const termOfEntry = new Map<number, { group: TermGroup; term: number }>();

  function groupOf(settings: LexiconSettings): TermGroup {
    let key = keys.get(settings);
    if (key === undefined) {
      key = keyOfTables(settings);
      keys.set(settings, key);
    }
    let group = groups.get(key);
    if (group === undefined) {
      group = { settings, specs: [], entryOf: [], slotsOf: [], known: new Map() };
      groups.set(key, group);
    }
    return group;
  }

  return {
    all: () => [...groups.values()],
    addEntry(settings: LexiconSettings, spec: TermSpec, entry: number): void {
      const group = groupOf(settings);
      const term = group.specs.push(spec) - 1;
      group.entryOf[term] = entry;
      termOfEntry.set(entry, { group, term });
    },
    /** Equal words of several operands are one term. */
    addOperand(settings: LexiconSettings, spec: TermSpec, slot: number): void {
      const group = groupOf(settings);
      const key = JSON.stringify(spec);
      let term = group.known.get(key);
      if (term === undefined) {
        term = group.specs.push(spec) - 1;
        group.entryOf[term] = -1;
        group.known.set(key, term);
      }
      feed(group, term, slot);
    },
    feedEntry(entry: number, slot: number): void {
      const own = termOfEntry.get(entry);
      if (own !== undefined) feed(own.group, own.term, slot);
    },
  };
}

function feed(group: TermGroup, term: number, slot: number): void {
  const slots = group.slotsOf[term];
  if (slots === undefined) group.slotsOf[term] = [slot];
  else if (!slots.includes(slot)) slots.push(slot);
}
