import type { Circumstances } from '../../screening/rules/model.ts';
import type { Draft } from './findings.ts';
import { join, stretchesOf } from './joined.ts';
import { type EntryHit, type LexiconScreens, levelOfSeverity } from './lexicon-screens.ts';
import type { Rendering, Subject, SubjectText } from './subject.ts';

/** Units screened in one go: rules have a budget of work for each text, and this much never spends it. */
const stretch = 50_000;
/** Hits of one rendering that are explained and listed; `arrange` keeps fewer of them anyway. */
const mostListed = 5_000;

/** What lexicons find, and which disclosures are missing. */
export function checkLexicons(
  subject: Subject,
  screens: LexiconScreens,
  circumstances: readonly Circumstances[],
): Draft[] {
  const drafts = subject.renderings.flatMap((rendering, index) => {
    const own = [...checkWords(rendering, screens, circumstances)];
    const isVariant = index > 0;
    return [...own, ...checkRequired(subject, rendering, isVariant, screens, circumstances)];
  });
  return withoutTwins(drafts);
}

function checkWords(
  { texts }: Rendering,
  screens: LexiconScreens,
  circumstances: readonly Circumstances[],
): Draft[] {
  const joined = join(texts.map(({ text }) => text));
  const drafts: Draft[] = [];
  let cut = false;
  for (const { start: from, end: to } of stretchesOf(joined.text, stretch)) {
    const screened = screens.words(joined.text.slice(from, to), circumstances);
    cut ||= screened.cut;
    for (const hit of screened.hits) {
      if (drafts.length === mostListed) {
        cut = true;
        break;
      }
      const place = joined.placeOf(hit.start + from, hit.end + from);
      const text = texts[place.index];
      if (text === undefined || place.start >= place.end) continue;
      drafts.push(wordDraft(hit, text, place));
    }
  }
  const [first] = texts;
  if (cut && first !== undefined) drafts.push(cutDraft(first.part));
  return drafts;
}

function wordDraft(
  { term, start, isPlain, explain }: EntryHit,
  { part, text }: SubjectText,
  place: { readonly start: number; readonly end: number },
): Draft {
  const shift = place.start - start;
  return {
    level: levelOfSeverity[term.severity],
    rule: 'lexicon',
    subject: term.text,
    entry: term.key,
    basis: term.basis,
    part,
    start: place.start,
    end: place.end,
    text: text.slice(place.start, place.end),
    params: { entry: term.text, category: term.category, lexicon: term.lexicon },
    suggestion: term.options.suggestion,
    steps: isPlain
      ? []
      : explain().map((step) => ({
          ...step,
          start: step.start + shift,
          end: step.end + shift,
          folds: [...step.folds],
        })),
    exemptible: isExemptible(term.basis, text, place),
  };
}

/** 广告法 §9(3), by which absolute terms are forbidden, and from which the enforcement guide exempts some. */
const absoluteTerms = /广告法》?\s*(?:第九条|第9条|§\s*9)/u;
/** Words of return and safety: about these no absolute term is exempt in finance, whatever else it says. */
const returnOrSafety =
  /收益|回报|利率|利息|年化|净值|业绩|赚|盈|亏|本金|保本|安全|稳健|稳妥|可靠|风险|保障|保证|承诺|兑付|return|yield|profit|safe|risk|principal/iu;
/** How far the sentence around a term is looked at, each way. */
const sentenceReach = 60;

function isExemptible(
  basis: string,
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  if (!absoluteTerms.test(basis)) return false;
  const before = text.slice(Math.max(0, start - sentenceReach), start);
  const after = text.slice(end, end + sentenceReach);
  const sentence =
    before.slice(before.search(/[^。！？!?；;\n]*$/u)) +
    text.slice(start, end) +
    after.slice(0, after.search(/[。！？!?；;\n]|$/u));
  return !returnOrSafety.test(sentence);
}

function checkRequired(
  subject: Subject,
  rendering: Rendering,
  isVariant: boolean,
  screens: LexiconScreens,
  circumstances: readonly Circumstances[],
): Draft[] {
  const written = rendering.texts.filter(({ published, text }) => published && text !== '');
  // Nothing but a picture: what it has to show is asked for all the same.
  const picture = subject.hasUnseen ? [{ part: rendering.place, text: ' ', published: true }] : [];
  const texts = written.length === 0 ? picture : written;
  if (texts.length === 0) return [];
  const joined = join(texts.map(({ text }) => text));
  const screened = screens.required(joined.text, circumstances);
  let { hits } = screened;
  if (isVariant && hits.length > 0 && subject.attached.length > 0) {
    // What is attached goes along on every channel, and may say it.
    const all = join([...texts, ...subject.attached].map(({ text }) => text));
    const left = new Set(screens.required(all.text, circumstances).hits.map(placeKey));
    hits = hits.filter((hit) => left.has(placeKey(hit)));
  }
  const once = new Set<string>();
  const drafts: Draft[] = [];
  for (const hit of hits.toSorted((a, b) => a.start - b.start)) {
    const { rule } = hit.term.options;
    if (rule?.kind !== 'required') continue;
    // Where one disclosure is enough for all of it, one finding is.
    if (rule.within === null && once.has(hit.term.key)) continue;
    once.add(hit.term.key);
    const place = joined.placeOf(hit.start, hit.end);
    const text = texts[place.index];
    if (text === undefined) continue;
    drafts.push(requiredDraft(hit, rendering, text, place, subject.hasUnseen));
  }
  if (screened.cut) drafts.push(cutDraft(rendering.place));
  return drafts;
}

const placeKey = ({ term, start, end }: EntryHit) => `${term.key} ${start} ${end}`;

function requiredDraft(
  { term, explain }: EntryHit,
  rendering: Rendering,
  { part, text }: SubjectText,
  place: { readonly start: number; readonly end: number },
  hasUnseen: boolean,
): Draft {
  const missingWords = () =>
    explain().find(({ written, folds }) => written === '' && folds.length === 0)?.read ?? term.text;
  // A rule that asks whatever the text says begins at its first character: it is about no place.
  const isWhole = place.end - place.start <= 1;
  const level = levelOfSeverity[term.severity];
  return {
    level: hasUnseen && level === 'block' ? 'warn' : level,
    rule: hasUnseen ? 'disclosure-unseen' : 'disclosure-missing',
    subject: term.text,
    entry: term.key,
    basis: term.basis,
    part: isWhole ? rendering.place : part,
    start: isWhole ? 0 : place.start,
    end: isWhole ? 0 : place.end,
    text: isWhole ? '' : text.slice(place.start, place.end),
    params: {
      entry: term.text,
      disclosure: term.options.suggestion === '' ? missingWords() : term.options.suggestion,
    },
    suggestion: term.options.suggestion,
  };
}

/** Rules of two lexicons that ask for the same words in the same part say it once, the graver one. */
function withoutTwins(drafts: readonly Draft[]): Draft[] {
  const ranks = ['block', 'warn', 'note'];
  const best = new Map<string, Draft>();
  const isAsking = ({ rule, suggestion }: Draft) =>
    (rule === 'disclosure-missing' || rule === 'disclosure-unseen') && suggestion !== '';
  const keyOf = ({ part, suggestion }: Draft) => `${part} ${suggestion ?? ''}`;
  for (const draft of drafts.filter(isAsking)) {
    const other = best.get(keyOf(draft));
    if (other === undefined || ranks.indexOf(draft.level) < ranks.indexOf(other.level))
      best.set(keyOf(draft), draft);
  }
  return drafts.filter((draft) => !isAsking(draft) || best.get(keyOf(draft)) === draft);
}

function cutDraft(part: string): Draft {
  return {
    level: 'warn',
    rule: 'text-cut',
    subject: 'screening',
    basis: '',
    part,
    start: 0,
    end: 0,
    text: '',
    params: { name: '' },
  };
}
