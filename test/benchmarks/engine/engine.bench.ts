import { Mint } from 'mint-filter';

import { type CompileOptions, compileMatcher, foldSets } from '../../../src/core/features/screening/index.ts';
import { createChat, createLexicon, createRandom } from './chat.ts';
import { type FlatTexts, flatten } from './flat-text.ts';
import { type Timing, best } from './timing.ts';

// The whole matcher against mint-filter 4, one thread, in the same process and the same minute: absolute times drift with
// the machine, the ratio stays. From strings in (`scanTexts`) and from flat UTF-16 (`scanUnits`) to hits out, all matches with
// their offsets and folds. Run: `npm run bench -- engine.bench`.

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

// Through a buffer, so that each string lies flat in memory, as one from a parser or a database does; a concatenated one is
// a tree of pieces, which slows down whoever reads it.
const messages = createChat(20_260_401, 400_000).map((text) => Buffer.from(text, 'utf8').toString('utf8'));
const flat = flatten(messages);
/** mint-filter gets a tenth: it needs a minute for all. */
const mintMessages = messages.slice(0, messages.length / 10);
const mintCharacters = mintMessages.reduce((sum, text) => sum + text.length, 0);
const segments = 400;
const perSegment = messages.length / segments;
const batches = Array.from({ length: segments }, (_, segment) =>
  messages.slice(segment * perSegment, (segment + 1) * perSegment),
);
const failures: string[] = [];

type Matcher = ReturnType<typeof compileMatcher>;

const rate = (characters: number, { milliseconds }: Timing) => characters / milliseconds / 1000;

function scanStrings(matcher: Matcher, rounds: number): Timing {
  return best(rounds, segments, (segment) => {
    let hits = 0;
    matcher.scanTexts(batches[segment] ?? [], () => (hits += 1));
    return hits;
  });
}

function scanFlat(matcher: Matcher, { units, starts, ends }: FlatTexts, rounds: number): Timing {
  const size = starts.length / segments;
  return best(rounds, segments, (segment) => {
    let hits = 0;
    const from = starts[segment * size] ?? 0;
    matcher.scanUnits(units, from, ends[(segment + 1) * size - 1] ?? 0, () => (hits += 1));
    return hits;
  });
}

function scanMint(mint: Mint): Timing {
  const size = mintMessages.length / segments;
  return best(4, segments, (segment) => {
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

function check(name: string, value: number, bound: number, atLeast: boolean): void {
  if (atLeast ? value < bound : value > bound)
    failures.push(`${name}: ${value.toFixed(2)}, not ${atLeast ? 'at least' : 'at most'} ${bound}`);
}

function benchmark(size: number): string {
  const terms = createLexicon(size, size);
  const specs = terms.map((text) => ({ text }));
  const compile = (options: CompileOptions) => compileMatcher(specs, options);
  const compiling = best(5, 1, () => compile({ folds: cheapFolds }).size);

  const theirs = rate(mintCharacters, scanMint(new Mint(terms)));
  const cheap = compile({ folds: cheapFolds });
  const strings = scanStrings(cheap, 7);
  const whole = scanFlat(cheap, flat, 9);
  if (strings.hits !== whole.hits)
    failures.push(`${size} terms: ${strings.hits} hits from strings, ${whole.hits} flat`);
  const standard = rate(flat.characters, scanFlat(compile({ folds: foldSets.standard }), flat, 5));
  const loud = scanFlat(compile({ folds: foldSets.all }), flat, 3);
  const near = nearMisses(terms);
  const nearRate = rate(near.characters, scanFlat(cheap, near, 5));
  const automaton = compile({ folds: cheapFolds, engine: 'automaton' });
  const nearAutomaton = rate(near.characters, scanFlat(automaton, near, 5));

  const stringRate = rate(flat.characters, strings);
  const flatRate = rate(flat.characters, whole);
  const loudRate = rate(flat.characters, loud);
  check(`${size} terms, strings`, stringRate / theirs, targets.strings, true);
  check(`${size} terms, flat`, flatRate / theirs, targets.flat(size), true);
  check(`${size} terms, near misses`, nearRate / nearAutomaton, targets.nearMisses, true);
  check(`${size} terms, all folds`, flatRate / loudRate, targets.allFolds, false);
  if (size === 20_000) check('compiling', compiling.milliseconds, targets.compileMilliseconds, false);
  const cells = [
    size.toLocaleString('en'),
    `${compiling.milliseconds.toFixed(0)} ms`,
    theirs.toFixed(1),
    stringRate.toFixed(0),
    flatRate.toFixed(0),
    standard.toFixed(0),
    loudRate.toFixed(0),
    `${(stringRate / theirs).toFixed(0)} ×`,
    `${(flatRate / theirs).toFixed(0)} ×`,
    `${(flatRate / loudRate).toFixed(1)} ×`,
    `${(nearRate / nearAutomaton).toFixed(2)} ×`,
    whole.hits.toLocaleString('en'),
    loud.hits.toLocaleString('en'),
  ];
  return `| ${cells.join(' | ')} |`;
}

console.log(
  `${messages.length.toLocaleString('en')} messages, ${flat.characters.toLocaleString('en')} characters; million characters a second, one thread\n`,
);
console.log(
  '| terms | compile | mint-filter | strings | flat | flat, standard folds | flat, all folds | strings ÷ mint | flat ÷ mint | cost of all folds | near misses ÷ automaton | hits | hits, all folds |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const size of [2_000, 20_000, 100_000]) console.log(benchmark(size));
for (const failure of failures) console.log(`MISSED ${failure}`);
if (failures.length > 0) process.exitCode = 1;
