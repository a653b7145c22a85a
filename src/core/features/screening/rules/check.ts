import { isDomainName, isUnder, plainHost } from './detectors/hosts.ts';
import { formsNotBuiltIn } from '../alias-table.ts';
import { compileMatcher } from '../matcher.ts';
import { type TermSpec, messagesOf } from '../model.ts';
import { builtInComponents } from '../tables/index.ts';
import { tablesOf } from './lexicon-tables.ts';
import type {
  Entry,
  EntryOptions,
  Example,
  Exemption,
  LexiconSettings,
  Operand,
  RuleDefinition,
  RuleProblem,
} from './model.ts';
import { type PatternFault, checkPattern } from './patterns.ts';
import { foldsOf, specOf } from './plan.ts';
import { createResolver, operandsOf, rulesInOrder } from './references.ts';

/** Why two things that an entry says can't both hold: a key below `lexicons.ruleProblem.reason.`. */
export type Contradiction =
  | 'exempts-itself'
  | 'fold-on-and-off'
  | 'hours-empty'
  | 'scope-empty'
  | 'allow-and-deny'
  | 'requires-itself'
  | 'near-itself'
  | 'example-both';

/**
 * What keeps these entries, all enabled ones of a lexicon, from being published; in the order of the entries, those of the
 * settings last with an empty `entry`. `detail` names the missing entry, the domain, the character, or the form and its word;
 * of a bad pattern and a contradiction it is the reason's key below `lexicons.ruleProblem.reason.`.
 */
export function checkEntries(entries: readonly Entry[], settings: LexiconSettings): RuleProblem[] {
  const problems: RuleProblem[] = [];
  const compiled = entries.map(({ text, options }) => ({ text, options, settings }));
  const resolve = createResolver(compiled);
  const selfExempting = exemptingThemselves(entries, settings);
  const usable = new Set(rulesInOrder(compiled, resolve));
  const circular = compiled.some(({ options }, index) => options.rule !== null && !usable.has(index))
    ? rulesInCircles(entries, (text) => resolve(-1, text), usable)
    : new Set<number>();
  const addHalf = (text: string) => {
    const half = halfIn(text);
    if (half !== null) problems.push({ kind: 'unpaired-surrogate', entry: '', detail: half });
  };
  entries.forEach((entry, index) => {
    const add = (kind: RuleProblem['kind'], detail: string) =>
      problems.push({ kind, entry: entry.text, detail });
    const { rule } = entry.options;
    if (selfExempting.has(index)) add('contradiction', 'exempts-itself' satisfies Contradiction);
    const half = unpairedIn(entry);
    if (half !== null) add('unpaired-surrogate', half);
    for (const contradiction of contradictionsOf(entry)) add('contradiction', contradiction);
    if (rule === null) return;
    for (const operand of operandsOf(rule)) {
      if (operand.kind === 'term' && resolve(index, operand.text) === undefined)
        add('missing-term', operand.text);
      const fault = faultOf(operand);
      if (fault !== null) add('bad-pattern', fault.reason);
      if (operand.kind !== 'detector') continue;
      for (const domain of [...operand.allow, ...operand.deny])
        if (!isDomainName(domain)) add('bad-domain', domain);
      if (
        operand.deny.some((denied) =>
          operand.allow.some((allowed) => isUnder(plainHost(denied), plainHost(allowed))),
        )
      )
        add('contradiction', 'allow-and-deny' satisfies Contradiction);
    }
    if (!circular.has(index)) return;
    const through = circleOf(rule, circular, resolve, index);
    if (through === entry.text) add('rule-names-itself', '');
    else add('rule-refers-to-itself', through);
  });
  for (const { target, written } of [...settings.aliases, ...settings.aliasesOff])
    for (const text of [target, ...written]) addHalf(text);
  for (const { character, parts } of settings.components) {
    addHalf(character + parts);
    // Two would be looked for as one that no text has, and the settings' page has no place for them.
    if ([...character].length !== 1)
      problems.push({ kind: 'component-of-several', entry: '', detail: character });
  }
  for (const character of charactersInCircles(settings.components))
    problems.push({ kind: 'component-cycle', entry: '', detail: character });
  for (const { target, written } of formsNotBuiltIn(settings.aliasesOff))
    for (const form of written)
      problems.push({ kind: 'unknown-alias', entry: '', detail: `${form} → ${target}` });
  return problems;
}

/** The first half of a surrogate pair without the other in what an entry looks for, by its number: it is no character. */
function unpairedIn({ text, options: { rule, notWhen } }: Entry): string | null {
  const words = (rule === null ? [] : operandsOf(rule)).flatMap((operand) =>
    operand.kind === 'words' ? operand.words : [],
  );
  for (const own of [text, ...words, ...notWhen.map(({ phrase }) => phrase)]) {
    const half = halfIn(own);
    if (half !== null) return half;
  }
  return null;
}

function halfIn(text: string): string | null {
  if (text.isWellFormed()) return null;
  const unit = /\p{Cs}/u.exec(text)?.[0].charCodeAt(0) ?? 0;
  return `U+${unit.toString(16).toUpperCase()}`;
}

function faultOf(operand: Operand): PatternFault | null {
  return operand.kind === 'pattern' ? checkPattern(operand.pattern) : null;
}

/**
 * The entries that never hit because of their own exemptions: all that they hit by, written to the letter, is read as one of those
 * under the entry's folds.
 */
function exemptingThemselves(entries: readonly Entry[], settings: LexiconSettings): Set<number> {
  const pairs: { readonly word: string; readonly spec: TermSpec; dead: boolean }[] = [];
  const known = new Map<string, number>();
  /** Place of the pair of a word and an exemption: many entries may have the same. */
  const pairOf = (word: string, { phrase }: Exemption, options: EntryOptions) => {
    const spec = {
      ...specOf(phrase, options, foldsOf(options, settings), false),
      wholeWord: false,
      initials: false,
    };
    const key = JSON.stringify([word, spec]);
    const place = known.get(key) ?? pairs.push({ word, spec, dead: isSameText(phrase, word) }) - 1;
    known.set(key, place);
    return place;
  };
  const suspects = new Map<number, readonly (readonly number[])[]>();
  entries.forEach(({ text, options }, index) => {
    if (options.notWhen.length === 0) return;
    const words = hitWords(text, options.rule);
    if (words.length === 0) return;
    const places = words.map((word) =>
      options.notWhen.flatMap((exemption) =>
        saysMore(exemption.phrase, word) ? [] : [pairOf(word, exemption, options)],
      ),
    );
    if (places.every((own) => own.length > 0)) suspects.set(index, places);
  });
  const open = pairs.filter(({ dead }) => !dead);
  if (open.length > 0) {
    const matcher = compileMatcher(
      open.map(({ spec }) => spec),
      tablesOf(settings),
    );
    matcher.scanTexts(
      open.map(({ word }) => word),
      (text, term, start, end) => {
        const pair = open[text];
        if (text === term && pair !== undefined && start === 0 && end === pair.word.length) pair.dead = true;
      },
    );
  }
  const isDead = (places: readonly number[]) => places.some((place) => pairs[place]?.dead === true);
  return new Set([...suspects].flatMap(([index, words]) => (words.every(isDead) ? [index] : [])));
}

/** What an entry's hits are made of; none where that is no list of words. */
function hitWords(text: string, rule: RuleDefinition | null): readonly string[] {
  if (rule === null) return [text];
  return rule.kind === 'required' && rule.when.kind === 'words' ? rule.when.words : [];
}

function isSameText(one: string, other: string): boolean {
  return plainText(one) === plainText(other);
}

/** Whether a phrase is a word and something besides, as most exemptions are (不保本): nothing folds that away. */
function saysMore(phrase: string, word: string): boolean {
  const [more, less] = [plainText(phrase), plainText(word)];
  return more.length > less.length && more.includes(less);
}

function contradictionsOf({ options }: Entry): Contradiction[] {
  const { rule, foldsOn, foldsOff, scope, examples } = options;
  const found: Contradiction[] = [];
  if (foldsOn.some((fold) => foldsOff.includes(fold))) found.push('fold-on-and-off');
  if (scope.hours !== null && scope.hours.from === scope.hours.to) found.push('hours-empty');
  if (scope.kinds?.length === 0 || scope.branches?.length === 0) found.push('scope-empty');
  if (contradict(examples)) found.push('example-both');
  if (rule?.kind === 'required' && rule.disclosures.some((disclosure) => includesAll(disclosure, rule.when)))
    found.push('requires-itself');
  if (rule?.kind === 'near' && rule.within === 0 && isSame(rule.first, rule.second))
    found.push('near-itself');
  return found;
}

/** Whether a text is said to hit and not to hit. */
function contradict(examples: readonly Example[]): boolean {
  if (examples.length < 2) return false;
  const says = (example: Example) => JSON.stringify(messagesOf(example));
  const hitting = new Set(examples.filter(({ expect }) => expect === 'hit').map(says));
  return examples.some((example) => example.expect === 'no-hit' && hitting.has(says(example)));
}

/** Without what hides nothing: two phrases that are the same so match the same texts. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{P}\p{Default_Ignorable_Code_Point}]/gu, '');
}

function isSame(one: Operand, other: Operand): boolean {
  return includesAll(one, other) && includesAll(other, one);
}

/** Whether whatever `inner` matches is a match of `outer` too, as far as can be told by how they are written. */
function includesAll(outer: Operand, inner: Operand): boolean {
  if (outer.kind === 'words' && inner.kind === 'words') {
    const all = new Set(outer.words.map(plainText));
    return inner.words.every((word) => all.has(plainText(word)));
  }
  return outer.kind !== 'words' && JSON.stringify(outer) === JSON.stringify(inner);
}

/** The rules on a circle of references; those that only lead to one are left to be right once that is. */
function rulesInCircles(
  entries: readonly Entry[],
  resolve: (text: string) => number | undefined,
  usable: ReadonlySet<number>,
): Set<number> {
  const next = new Map<number, number[]>();
  entries.forEach(({ options }, index) => {
    if (options.rule === null || usable.has(index)) return;
    const others = operandsOf(options.rule).flatMap((operand) => {
      const other = operand.kind === 'term' ? resolve(operand.text) : undefined;
      return other !== undefined && entries[other]?.options.rule !== null && !usable.has(other)
        ? [other]
        : [];
    });
    next.set(index, others);
  });
  return onCircles(next);
}

function circleOf(
  rule: RuleDefinition,
  circular: ReadonlySet<number>,
  resolve: (from: number, text: string) => number | undefined,
  index: number,
): string {
  const through = operandsOf(rule).find((operand) => {
    const other = operand.kind === 'term' ? resolve(index, operand.text) : undefined;
    return other !== undefined && circular.has(other);
  });
  return through?.kind === 'term' ? through.text : '';
}

/** A character of the lexicon's own that is taken apart into itself, straight away or by way of others, built-in ones too. */
function charactersInCircles(components: LexiconSettings['components']): string[] {
  if (components.length === 0) return [];
  const next = new Map<string, string[]>();
  for (const { character, parts } of [...components, ...builtInComponents()]) {
    const known = next.get(character);
    if (known === undefined) next.set(character, [...parts]);
    else known.push(...parts);
  }
  const own = new Set(components.map(({ character }) => character));
  return [...onCircles(next)].filter((character) => own.has(character));
}

/** The nodes of a graph that lie on a circle. Strongly connected components after Tarjan, without recursion. */
function onCircles<T>(next: ReadonlyMap<T, readonly T[]>): Set<T> {
  const circles = new Set<T>();
  const order = new Map<T, number>();
  const lowest = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  for (const root of next.keys()) {
    if (order.has(root)) continue;
    const work: { node: T; at: number }[] = [{ node: root, at: 0 }];
    while (work.length > 0) {
      const step = work.at(-1);
      if (step === undefined) break;
      const { node } = step;
      const others = next.get(node) ?? [];
      if (step.at === 0) {
        order.set(node, order.size);
        lowest.set(node, order.get(node) ?? 0);
        open.push(node);
        isOpen.add(node);
      }
      const other = others[step.at];
      step.at += 1;
      if (other !== undefined) {
        if (other === node) circles.add(node);
        if (!order.has(other)) work.push({ node: other, at: 0 });
        else if (isOpen.has(other)) lower(lowest, node, order.get(other) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) lower(lowest, parent.node, lowest.get(node) ?? 0);
      if (lowest.get(node) !== order.get(node)) continue;
      // From the end: there it stands, also at the end of a chain of 100,000.
      const members = open.splice(open.lastIndexOf(node));
      for (const member of members) {
        isOpen.delete(member);
        if (members.length > 1) circles.add(member);
      }
    }
  }
  return circles;
}

function lower<T>(lowest: Map<T, number>, node: T, value: number): void {
  lowest.set(node, Math.min(lowest.get(node) ?? value, value));
}
