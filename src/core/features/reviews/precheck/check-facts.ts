import type { Mention, MentionFinder, RegisteredProduct } from '../../products/index.ts';
import { readPlain } from '../../screening/index.ts';
import type { FactKind } from '../material/model.ts';
import { type KnownLabel, groupOf, labelsWith } from './fact-labels.ts';
import type { Draft } from './findings.ts';
import type { FindingLevel, FindingRule } from './model.ts';
import { type Quantity, compareQuantities, findQuantities, quantityOfFact } from './quantities.ts';
import type { Subject, SubjectText } from './subject.ts';

/** The bank's own sheet binds what is said of a product: draft measures on online marketing of financial products, and policy. */
const basis = '产品说明书；《商业银行理财业务监督管理办法》附件《商业银行理财产品销售管理要求》';

/** How far in front of a figure its label may stand, and how far behind it. */
const labelReach = 24;
const labelBehind = 8;
/** What was earned in the past, or is somebody else's, is on no sheet. */
const elsewhere =
  /过往|历史|以往|成立以来|近.{1,4}[年月]|同期|同类|同业|他行|上一?[年月期]|曾|此前|原为|增长|下降|涨幅|跌幅|回撤|占比|比例|存款基准|lpr|折/u;

type SheetFact = RegisteredProduct['facts'][number] & {
  readonly group: string;
  readonly quantity: Quantity | null;
};

interface Sheet {
  readonly product: RegisteredProduct;
  readonly facts: readonly SheetFact[];
  readonly labels: readonly KnownLabel[];
}

export interface FactChecker {
  /** Figures in the running text that differ from the sheet of the product they are about. */
  inText(text: SubjectText, own: RegisteredProduct | null, mentions: readonly Mention[]): Draft[];
  /** The material's own list of facts. */
  inFields(subject: Subject, own: RegisteredProduct | null, mentions: MentionFinder): Draft[];
}

export function createFactChecker(products: readonly RegisteredProduct[]): FactChecker {
  const byId = new Map(products.map((product) => [product.id, product]));
  const sheets = new Map<RegisteredProduct, Sheet>();

  function sheetOf(product: RegisteredProduct): Sheet {
    let sheet = sheets.get(product);
    if (sheet === undefined) {
      const facts = product.facts.map((fact) => ({
        ...fact,
        group: groupOf(fact.label),
        quantity: quantityOfFact(fact.kind, `${fact.value}${fact.unit}`),
      }));
      sheet = { product, facts, labels: labelsWith(facts) };
      sheets.set(product, sheet);
    }
    return sheet;
  }

  return {
    inText({ part, text }, own, mentions) {
      if (own === null && mentions.length === 0) return [];
      const reading = readPlain(text);
      const plain = reading.text;
      const placed = plainMentions(reading, mentions, text.length);
      const quantities = findQuantities(plain);
      const sole = soleOf(placed, byId);
      return quantities.flatMap((quantity, index): Draft[] => {
        const product = aboutWhich(plain, quantity, own, placed, byId, sole);
        if (product === null) return [];
        const sheet = sheetOf(product);
        const fact = factFor(plain, quantity, quantities[index - 1], sheet);
        if (fact?.quantity == null) return [];
        const place = reading.original(quantity.start, quantity.end);
        const verdict = verdictOf(quantity, fact.quantity);
        if (verdict === null) return [];
        return [
          factDraft(verdict, fact, product, { part, ...place, text: text.slice(place.start, place.end) }),
        ];
      });
    },
    inFields(subject, own, mentions) {
      return subject.facts.flatMap(({ part, fact }): Draft[] => {
        const at = fact.label.trim() === '' ? 0 : fact.label.length + 1;
        const place = { part, start: at, end: at + fact.value.length, text: fact.value };
        if (fact.value.trim() === '' || own === null) return [];
        if (fact.kind === 'name') return nameFact(fact.value, own, mentions, place);
        const sheet = sheetOf(own);
        const known = sheet.facts.filter(({ kind }) => kind === fact.kind);
        const [only] = known;
        const named = known.find(({ group }) => group === groupOf(fact.label));
        const isGeneric = fact.label.trim() === '' || groupOf(fact.label) === 'generic';
        const found = named ?? (isGeneric && known.length === 1 ? only : undefined);
        if (found === undefined) {
          return [
            {
              level: 'warn',
              rule: 'fact-not-on-sheet',
              subject: fact.label || fact.kind,
              basis,
              ...place,
              params: { label: fact.label || fact.kind, product: own.name },
            },
          ];
        }
        const written = quantityOfFact(found.kind, fact.value);
        if (written === null || found.quantity === null) {
          const plain = (value: string) => value.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
          return plain(fact.value) === plain(`${found.value}${found.unit}`) ||
            plain(fact.value) === plain(found.value)
            ? []
            : [factDraft('different', found, own, place)];
        }
        const verdict = verdictOf(written, found.quantity);
        return verdict === null ? [] : [factDraft(verdict, found, own, place)];
      });
    },
  };
}

interface DraftPlace {
  readonly part: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function nameFact(
  value: string,
  own: RegisteredProduct,
  mentions: MentionFinder,
  place: DraftPlace,
): Draft[] {
  const match = mentions.matchName(value);
  if (match?.exact === true && match.id === own.id) return [];
  return [
    {
      level: 'block',
      rule: 'product-name-differs',
      subject: own.name,
      basis,
      ...place,
      params: { written: value, product: own.name },
      suggestion: own.name,
    },
  ];
}

function verdictOf(written: Quantity, sheet: Quantity): 'different' | 'part' | null {
  const result = compareQuantities(written, sheet);
  return result === 'different' || result === 'part' ? result : null;
}

function factDraft(
  verdict: 'different' | 'part',
  fact: SheetFact,
  product: RegisteredProduct,
  place: DraftPlace,
): Draft {
  const [level, rule]: [FindingLevel, FindingRule] =
    verdict === 'part' ? ['warn', 'fact-partial'] : ['block', 'fact-differs'];
  const expected = `${fact.value}${fact.unit}`;
  return {
    level,
    rule,
    subject: fact.label,
    entry: `${product.id} ${fact.label}`,
    basis,
    ...place,
    params: { label: fact.label, product: product.name, written: place.text, expected },
    suggestion: expected,
  };
}

interface PlainMention {
  readonly id: Mention['id'];
  readonly start: number;
  readonly end: number;
}

/** Mentions by their place in the plain reading, which is at most some invisible characters shorter. */
function plainMentions(
  reading: ReturnType<typeof readPlain>,
  mentions: readonly Mention[],
  length: number,
): readonly PlainMention[] {
  if (reading.text.length === length) return mentions;
  let at = 0;
  return mentions.map(({ id, start, end }) => {
    const find = (wanted: number) => {
      while (at < reading.text.length && reading.original(at, at + 1).start < wanted) at += 1;
      return at;
    };
    return { id, start: find(start), end: find(end) };
  });
}

/** The product that a figure is about: the one named in its sentence, else the material's own, else the only one named. */
function aboutWhich(
  text: string,
  { start, end }: Quantity,
  own: RegisteredProduct | null,
  mentions: readonly PlainMention[],
  byId: ReadonlyMap<string, RegisteredProduct>,
  sole: RegisteredProduct | null,
): RegisteredProduct | null {
  const from = sentenceStart(text, start, 120);
  const to = sentenceEnd(text, end, 60);
  const inSentence = within(mentions, from, to);
  const nearest = inSentence.findLast((mention) => mention.start < start) ?? inSentence[0];
  if (nearest !== undefined) return byId.get(nearest.id) ?? null;
  return own ?? sole;
}

/** The product that all mentions of a text are of, or null. */
function soleOf(
  mentions: readonly PlainMention[],
  byId: ReadonlyMap<string, RegisteredProduct>,
): RegisteredProduct | null {
  const [first] = mentions;
  return first !== undefined && mentions.every(({ id }) => id === first.id)
    ? (byId.get(first.id) ?? null)
    : null;
}

/** Those of a list by place that touch a stretch; names do not overlap. */
function within(mentions: readonly PlainMention[], from: number, to: number): readonly PlainMention[] {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.end ?? 0) <= from) low = middle + 1;
    else high = middle;
  }
  const found: PlainMention[] = [];
  for (let at = low; at < mentions.length; at += 1) {
    const mention = mentions[at];
    if (mention === undefined || mention.start >= to) break;
    found.push(mention);
  }
  return found;
}

const sentenceMark = /[。！？!?；;\n]/u;

function sentenceStart(text: string, at: number, reach: number): number {
  for (let place = at - 1; place >= Math.max(0, at - reach); place -= 1)
    if (sentenceMark.test(text.charAt(place))) return place + 1;
  return Math.max(0, at - reach);
}

function sentenceEnd(text: string, at: number, reach: number): number {
  for (let place = at; place < Math.min(text.length, at + reach); place += 1)
    if (sentenceMark.test(text.charAt(place))) return place;
  return Math.min(text.length, at + reach);
}

/** The fact of the sheet that a figure of the text states, or null where nothing says so. */
function factFor(
  text: string,
  quantity: Quantity,
  previous: Quantity | undefined,
  { facts, labels }: Sheet,
): SheetFact | null {
  const from = Math.max(sentenceStart(text, quantity.start, labelReach), previousEnd(previous, quantity));
  const before = text.slice(from, quantity.start);
  const behind = text.slice(quantity.end, sentenceEnd(text, quantity.end, labelBehind));
  const label = nearestLabel(before, behind, quantity, labels);
  if (label === null) return null;
  const ofKind = facts.filter(({ quantity: sheet }) => sheet !== null && sheet.kind === quantity.kind);
  if (label.group !== 'generic') return ofKind.find(({ group }) => group === label.group) ?? null;
  const lead = text.slice(sentenceStart(text, quantity.start, 40), quantity.end);
  const rates = ofKind.filter(({ kind }) => kind === 'rate');
  return rates.length === 1 && !elsewhere.test(lead) ? (rates[0] ?? null) : null;
}

/** Behind another figure of the same kind the label in front of that one is not this one's: 由0.3%降至0.1%. */
function previousEnd(previous: Quantity | undefined, quantity: Quantity): number {
  return previous !== undefined && previous.kind === quantity.kind ? previous.end : 0;
}

const kindsOf: Readonly<Record<Quantity['kind'], readonly FactKind[]>> = {
  rate: ['rate', 'fee'],
  amount: ['amount', 'fee'],
  term: ['term'],
  date: ['date'],
};

function nearestLabel(
  before: string,
  behind: string,
  { kind }: Quantity,
  labels: readonly KnownLabel[],
): KnownLabel | null {
  const fitting = labels.filter((label) => kindsOf[kind].includes(label.kind));
  let nearest: { readonly label: KnownLabel; readonly end: number } | null = null;
  for (const label of fitting) {
    const at = before.lastIndexOf(label.label);
    if (at < 0) continue;
    const end = at + label.label.length;
    // Labels come longest first: of those that end at the same place the longest counts.
    if (nearest === null || end > nearest.end) nearest = { label, end };
  }
  if (nearest !== null) {
    const between = before.slice(nearest.end);
    // 管理费按日计提，托管费: what follows a comma is about something else, unless it is only the value's own lead.
    if (!/[,，、].{4,}/u.test(between)) return nearest.label;
  }
  // 1万元起购, 3.1%的业绩比较基准.
  return (
    fitting.find((label) => behind.replace(/^(?:\s|的|\/年|\(年化\))+/u, '').startsWith(label.label)) ?? null
  );
}
