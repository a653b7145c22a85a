import { Mint } from 'mint-filter';

import { type CompileOptions, compileMatcher, foldSets } from '../../../src/core/features/screening/index.ts';
import { createRandom } from './chat.ts';
import { type FlatTexts, flatten } from './flat-text.ts';
import { type Timing, best } from './timing.ts';

// The whole matcher against mint-filter 4, one thread, in the same process and the same minute: absolute times drift with
// the machine, the ratio stays. From strings in (`scanTexts`) and from flat UTF-16 (`scanUnits`) to hits out, all matches with
// their offsets and folds.

const targets = {
  strings: 60,
  flat: (terms: number) => (terms < 100_000 ? 100 : 80),
  /** Of the automaton's own speed, on near misses. */
  nearMisses: 0.5,
  /** What all folds may cost, as a multiple of the cheap ones. */
  allFolds: 4,
  compileMilliseconds: 300,
};

/** Those that are a lookup for each character. */
const cheapFolds = ['width', 'case', 'script', 'invisible'] as const;

// Short enough to be seldom interrupted in every round, however busy the machine.
const segments = 1_600;

/** Of each side of every ratio as many: the best of nine is a better one than the best of three, whatever is measured. */
const rounds = 9;

/** Some texts and a lexicon to look for in them. */
export interface Corpus {
  /** Their number is a multiple of 16,000. */
  readonly messages: readonly string[];
  readonly terms: readonly string[];
}

/** As it is scanned. */
interface Prepared {
  readonly batches: readonly (readonly string[])[];
  readonly flat: FlatTexts;
  /** mint-filter gets a tenth: it needs a minute for all. */
  readonly mintMessages: readonly string[];
  readonly mintCharacters: number;
}

function prepare(texts: readonly string[]): Prepared {
  // Through a buffer, so that each string lies flat in memory, as one from a parser or a database does; a concatenated one
  // is a tree of pieces, which slows down whoever reads it.
  const messages = texts.map((text) => Buffer.from(text, 'utf8').toString('utf8'));
  const perSegment = messages.length / segments;
  const mintMessages = messages.slice(0, messages.length / 10);
  return {
    batches: Array.from({ length: segments }, (_, segment) =>
      messages.slice(segment * perSegment, (segment + 1) * perSegment),
    ),
    flat: flatten(messages),
    mintMessages,
    mintCharacters: mintMessages.reduce((sum, text) => sum + text.length, 0),
  };
}

type Matcher = ReturnType<typeof compileMatcher>;

const rate = (characters: number, { milliseconds }: Timing) => characters / milliseconds / 1000;

function scanStrings(matcher: Matcher, { batches }: Prepared): Timing {
  return best(rounds, segments, (segment) => {
    let hits = 0;
    matcher.scanTexts(batches[segment] ?? [], () => (hits += 1));
    return hits;
  });
}

function scanFlat(matcher: Matcher, { units, starts, ends }: FlatTexts): Timing {
  const size = starts.length / segments;
  return best(rounds, segments, (segment) => {
    let hits = 0;
    const from = starts[segment * size] ?? 0;
    matcher.scanUnits(units, from, ends[(segment + 1) * size - 1] ?? 0, () => (hits += 1));
    return hits;
  });
}

function scanMint(mint: Mint, { mintMessages }: Prepared): Timing {
  const size = mintMessages.length / segments;
  return best(rounds, segments, (segment) => {
    let hits = 0;
    for (let index = segment * size; index < (segment + 1) * size; index += 1)
      hits += mint.filter(mintMessages[index] ?? '', { replace: false }).words.length;
    return hits;
  });
}

/** Terms whose last character is another one: the most work that ends in nothing. */
function nearMisses(terms: readonly string[]): FlatTexts {
  const random = createRandom(3);
  const texts = Array.from({ length: 40_000 }, () => {
    let text = '';
    while (text.length < 45) {
      const term = terms[Math.floor(random() * terms.length)] ?? '';
      const other = terms[Math.floor(random() * terms.length)] ?? '';
      if (term.length > 2) text += term.slice(0, -1) + other.slice(0, 1);
    }
    return text;
  });
  return flatten(texts);
}

/** What one corpus showed: a row of the table, and the targets that it misses. */
interface Measured {
  readonly row: string;
  readonly missed: readonly string[];
}

const header = `| terms | compile | mint-filter | strings | flat | flat, standard folds | flat, all folds | strings ÷ mint | flat ÷ mint | cost of all folds | near misses ÷ automaton | characters a hit: mint-filter | cheap | standard | all folds |
|${'---|'.repeat(15)}`;

function measure({ messages, terms }: Corpus): Measured {
  const missed: string[] = [];
  const size = terms.length;
  function check(name: string, value: number, bound: number, atLeast: boolean): void {
    if (atLeast ? value < bound : value > bound)
      missed.push(
        `${size} terms, ${name}: ${value.toFixed(2)}, not ${atLeast ? 'at least' : 'at most'} ${bound}`,
      );
  }
  const prepared = prepare(messages);
  const { flat, mintCharacters } = prepared;
  const specs = terms.map((text) => ({ text }));
  const compile = (options: CompileOptions) => compileMatcher(specs, options);
  const compiling = best(5, 1, () => compile({ folds: cheapFolds }).size);

  const peer = scanMint(new Mint([...terms]), prepared);
  const theirs = rate(mintCharacters, peer);
  const cheap = compile({ folds: cheapFolds });
  const strings = scanStrings(cheap, prepared);
  const whole = scanFlat(cheap, flat);
  if (strings.hits !== whole.hits)
    missed.push(`${size} terms: ${strings.hits} hits from strings, ${whole.hits} flat`);
  const standard = scanFlat(compile({ folds: foldSets.standard }), flat);
  const all = scanFlat(compile({ folds: foldSets.all }), flat);
  const near = nearMisses(terms);
  const nearRate = rate(near.characters, scanFlat(cheap, near));
  const automaton = compile({ folds: cheapFolds, engine: 'automaton' });
  const nearAutomaton = rate(near.characters, scanFlat(automaton, near));

  const stringRate = rate(flat.characters, strings);
  const flatRate = rate(flat.characters, whole);
  const allRate = rate(flat.characters, all);
  check('strings', stringRate / theirs, targets.strings, true);
  check('flat', flatRate / theirs, targets.flat(size), true);
  check('near misses', nearRate / nearAutomaton, targets.nearMisses, true);
  check('all folds', flatRate / allRate, targets.allFolds, false);
  if (size === 20_000) check('compiling', compiling.milliseconds, targets.compileMilliseconds, false);
  const perHit = (characters: number, { hits }: Timing) => Math.round(characters / hits).toLocaleString('en');
  const cells = [
    size.toLocaleString('en'),
    `${compiling.milliseconds.toFixed(0)} ms`,
    theirs.toFixed(1),
    stringRate.toFixed(0),
    flatRate.toFixed(0),
    rate(flat.characters, standard).toFixed(0),
    allRate.toFixed(0),
    `${(stringRate / theirs).toFixed(0)} ×`,
    `${(flatRate / theirs).toFixed(0)} ×`,
    `${(flatRate / allRate).toFixed(1)} ×`,
    `${(nearRate / nearAutomaton).toFixed(2)} ×`,
    perHit(mintCharacters, peer),
    perHit(flat.characters, whole),
    perHit(flat.characters, standard),
    perHit(flat.characters, all),
  ];
  return { row: `| ${cells.join(' | ')} |`, missed };
}

/** Measures one corpus after another and prints the table; with targets missed, the process fails. */
export function report(corpora: Iterable<Corpus>): void {
  console.log('Million characters a second, one thread.\n');
  console.log(header);
  const missed: string[] = [];
  for (const corpus of corpora) {
    const measured = measure(corpus);
    console.log(measured.row);
    missed.push(...measured.missed);
  }
  for (const target of missed) console.log(`MISSED ${target}`);
  if (missed.length > 0) process.exitCode = 1;
}
