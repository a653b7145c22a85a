import { compileMatcher, foldSets } from '../../../src/core/features/screening/index.ts';
import { createRandom, frequentCharacter, pick } from './chat.ts';
import { affixes, chatWords, firmNames, givenNames, places, riskWords, surnames, trades } from './words.ts';

// The corpus that the targets are held against: chats and a lexicon drawn from different words, so that what the lexicon
// finds is what was planted, as in a bank, whose terms are names and phrases that ordinary talk does not have.

/** Terms by their length in characters, from two on: most of a real lexicon's are of two to four. */
const lengthShares = [0.2, 0.3, 0.28, 0.08, 0.07, 0.04, 0.03];

type Random = () => number;

function oneOf(random: Random, list: readonly string[]): string {
  return pick(random, list) ?? '';
}

function join(random: Random, count: number, list: readonly string[]): string {
  return Array.from({ length: count }, () => oneOf(random, list)).join('');
}

/** Ordinary words: those of `chatWords`, and as a long tail some of frequent characters. */
function createVocabulary(seed: number): string[] {
  const random = createRandom(seed);
  const tail = new Set<string>();
  while (tail.size < 6_000) {
    let word = frequentCharacter(random) + frequentCharacter(random);
    if (random() < 0.1) word += frequentCharacter(random);
    tail.add(word);
  }
  return [...chatWords, ...tail];
}

const vocabulary = createVocabulary(1);
const stops = ['，', '，', '，', '。', '。', '！', '？', ' ', '～', '、'];
const ends = ['。', '。', '！', '？', '', '', '', '[微笑]', '[抱拳]', '😊', '～', 'ok'];
const figures = ['15:30', '3.2%', 'R2', '10万', '2026年', '4.5%', '12月5日', 'APP', '95xxx', '1-2天'];

/** A word, by Zipf's law: the r-th as often as 1/r. */
function chatWord(random: Random): string {
  return vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? '的';
}

/** Chat messages of a few to some hundred characters: words with stops between them, some figures, faces, emoji. */
export function createOrdinaryChat(seed: number, count: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    let message =
      random() < 0.15
        ? `${oneOf(random, surnames)}${oneOf(random, ['总', '姐', '先生', '女士', '经理'])}，`
        : '';
    const clauses = 1 + Math.floor(random() ** 2 * 8);
    for (let clause = 0; clause < clauses; clause += 1) {
      if (clause > 0) message += oneOf(random, stops);
      for (let word = 3 + Math.floor(random() * 8); word > 0; word -= 1) message += chatWord(random);
      if (random() < 0.12) message += oneOf(random, figures);
    }
    return message + oneOf(random, ends);
  });
}

/** How many characters the next term has. */
function lengthFor(random: Random): number {
  let left = random();
  for (const [index, share] of lengthShares.entries()) {
    left -= share;
    if (left < 0) return index + 2;
  }
  return 2;
}

/** A phrase, a person's name or a firm's. */
function draw(random: Random): string {
  const kind = random();
  if (kind < 0.4) return oneOf(random, surnames) + join(random, 1 + Math.floor(random() * 2), givenNames);
  if (kind < 0.65) {
    const place = random() < 0.5 ? oneOf(random, places) : '';
    const trade = random() < 0.8 ? oneOf(random, trades) : '';
    return place + join(random, 2, firmNames) + trade;
  }
  const affix = random() < 0.5 ? oneOf(random, affixes) : '';
  const phrase = join(random, 1 + Math.floor(random() ** 2 * 4), riskWords);
  return random() < 0.5 ? affix + phrase : phrase + affix;
}

/** Messages of another seed than any benchmark's: a lexicon's terms are tried on them before it is used. */
const sampleSeed = 77;
const sampleSize = 20_000;

/**
 * Distinct terms, two to eight characters each, by `lengthShares`. As a bank does by backtest, a term that ordinary talk has,
 * by any fold, is left out: `sampleSize` messages that no benchmark scans are searched for it.
 */
export function createBankLexicon(seed: number, count: number): string[] {
  const random = createRandom(seed);
  const sample = createOrdinaryChat(sampleSeed, sampleSize);
  const terms = new Set<string>();
  const tried = new Set<string>();
  while (terms.size < count) {
    const drawn: string[] = [];
    while (drawn.length < (count - terms.size) * 1.1 + 50) {
      const length = lengthFor(random);
      let term = draw(random);
      while (term.length !== length || tried.has(term)) term = draw(random);
      tried.add(term);
      drawn.push(term);
    }
    const common = new Set<number>();
    compileMatcher(
      drawn.map((text) => ({ text })),
      { folds: foldSets.all },
    ).scanTexts(sample, (_text, term) => {
      common.add(term);
    });
    drawn.forEach((term, index) => {
      if (!common.has(index) && terms.size < count) terms.add(term);
    });
  }
  return [...terms];
}
