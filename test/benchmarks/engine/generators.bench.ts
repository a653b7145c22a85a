import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { Mint } from 'mint-filter';

import {
  type EngineName,
  createGenerator,
  engineNames,
} from '../../../src/core/features/screening/generators/index.ts';
import type { Generator } from '../../../src/core/features/screening/stratum.ts';
import { createBenchStratum } from './bench-stratum.ts';
import { createChat, createLexicon, createRandom } from './chat.ts';
import { type FlatTexts, flatten } from './flat-text.ts';
import type { ScanChildData } from './scan-child.ts';
import { type Timing, best } from './timing.ts';

// The generators of occurrences, each engine against mint-filter 4 in the same process and the same minute: absolute times
// drift with the machine, the ratio stays. Strings go in through `scratch` where there is one; flat text goes in as one
// buffer. Run: `npm run bench -- generators`.

const targets = {
  strings: 60,
  flat: (terms: number) => (terms < 100_000 ? 100 : 80),
  /** Of the automaton's own speed, on near misses. */
  nearMisses: 0.5,
  compileMilliseconds: 300,
  workers: 1.7,
};
const failures: string[] = [];

function expectAtLeast(name: string, value: number, target: number): void {
  if (value < target) failures.push(`${name}: ${value.toFixed(2)}, not ${target}`);
}

// Through a buffer, so that each string lies flat in memory, as one from a parser or a database does.
const messages = createChat(20_260_401, 400_000).map((text) => Buffer.from(text, 'utf8').toString('utf8'));
const flat = flatten(messages);
/** mint-filter gets a tenth: it needs a minute for all. */
const mintMessages = messages.slice(0, messages.length / 10);
const mintCharacters = mintMessages.reduce((sum, text) => sum + text.length, 0);

/** Parts of a millisecond or two, for `best`. */
const segments = 400;
const mintPerSegment = mintMessages.length / segments;

const rate = (characters: number, { milliseconds }: Timing) => characters / milliseconds / 1000;
const ignore = () => undefined;

function scanFlat(generator: Generator, { units, starts, ends }: FlatTexts, segment: number): number {
  let hits = 0;
  const size = starts.length / segments;
  const from = starts[segment * size] ?? 0;
  const to = ends[(segment + 1) * size - 1] ?? 0;
  generator.scanUnits(units, from, to, () => (hits += 1), ignore);
  return hits;
}

function scanEach(generator: Generator, { units, starts, ends }: FlatTexts, segment: number): number {
  let hits = 0;
  const size = starts.length / segments;
  const count = () => (hits += 1);
  for (let index = segment * size; index < (segment + 1) * size; index += 1) {
    generator.scanUnits(units, starts[index] ?? 0, ends[index] ?? 0, count, ignore);
  }
  return hits;
}

const ownRoom = new Uint16Array(16_384);

function scanStrings(generator: Generator, segment: number): number {
  let hits = 0;
  const size = messages.length / segments;
  const count = () => (hits += 1);
  const room = generator.scratch ?? ownRoom;
  for (let index = segment * size; index < (segment + 1) * size; index += 1) {
    const message = messages[index] ?? '';
    for (let at = 0; at < message.length; at += 1) room[at] = message.charCodeAt(at);
    generator.scanUnits(room, 0, message.length, count, ignore);
  }
  return hits;
}

/** Where each message of a packed lot ends. */
const packedEnds = new Int32Array(ownRoom.length);

/** As many messages as there is room for, U+001E between them, in one call; each hit is given its message. */
function scanPackedStrings(generator: Generator, segment: number): number {
  let hits = 0;
  const size = messages.length / segments;
  const room = generator.scratch ?? ownRoom;
  let packed = 0;
  let used = 0;
  const take = (_label: number, start: number) => {
    let low = 0;
    let high = packed - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((packedEnds[middle] ?? 0) > start) high = middle;
      else low = middle + 1;
    }
    hits += start < (packedEnds[low] ?? 0) ? 1 : 0;
  };
  for (let index = segment * size; index < (segment + 1) * size; index += 1) {
    const message = messages[index] ?? '';
    if (used + message.length >= room.length) {
      generator.scanUnits(room, 0, used, take, ignore);
      packed = 0;
      used = 0;
    }
    for (let at = 0; at < message.length; at += 1) room[used + at] = message.charCodeAt(at);
    used += message.length;
    packedEnds[packed] = used;
    packed += 1;
    room[used] = 0x1e;
    used += 1;
  }
  generator.scanUnits(room, 0, used, take, ignore);
  return hits;
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

function benchmark(size: number): string[] {
  // mint-filter keeps its words apart by their units: without terms of one repeated character both look for the same.
  const terms = createLexicon(size, size).filter((term) => new Set(term).size > 1);
  const mint = new Mint(terms);
  const theirs = best(4, segments, (segment) => {
    let hits = 0;
    for (let index = 0; index < mintPerSegment; index += 1) {
      const message = mintMessages[segment * mintPerSegment + index] ?? '';
      hits += mint.filter(message, { replace: false }).words.length;
    }
    return hits;
  });
  const mintRate = rate(mintCharacters, theirs);
  const near = nearMisses(terms);
  const found = new Set<number>();
  const rates = new Map<
    EngineName,
    { strings: number; packed: number; each: number; flat: number; near: number; compile: number }
  >();
  for (const engine of [...engineNames].toReversed()) {
    const compile = best(5, 1, () => {
      createGenerator(createBenchStratum(terms), { engine });
      return 0;
    });
    const generator = createGenerator(createBenchStratum(terms), { engine });
    const whole = best(9, segments, (segment) => scanFlat(generator, flat, segment));
    const each = best(5, segments, (segment) => scanEach(generator, flat, segment));
    const strings = best(5, segments, (segment) => scanStrings(generator, segment));
    const packed = best(9, segments, (segment) => scanPackedStrings(generator, segment));
    for (const { hits } of [whole, each, strings, packed]) found.add(hits);
    const nearly = best(9, segments, (segment) => scanFlat(generator, near, segment));
    rates.set(engine, {
      strings: rate(flat.characters, strings),
      packed: rate(flat.characters, packed),
      each: rate(flat.characters, each),
      flat: rate(flat.characters, whole),
      near: rate(near.characters, nearly),
      compile: compile.milliseconds,
    });
  }
  if (found.size > 1) failures.push(`${size} terms: the engines differ: ${[...found].join(', ')} hits`);

  const automatonNear = rates.get('automaton')?.near ?? 0;
  return engineNames.map((engine) => {
    const own = rates.get(engine) ?? { strings: 0, packed: 0, each: 0, flat: 0, near: 0, compile: 0 };
    if (engine === 'wasm') {
      expectAtLeast(`${size} terms, strings`, own.packed / mintRate, targets.strings);
      expectAtLeast(`${size} terms, flat`, own.flat / mintRate, targets.flat(size));
    }
    expectAtLeast(`${size} terms, near misses, ${engine}`, own.near / automatonNear, targets.nearMisses);
    if (size === 20_000 && own.compile > targets.compileMilliseconds) {
      failures.push(`${engine}: compiling ${size} terms took ${own.compile.toFixed(0)} ms`);
    }
    const cells = [
      size.toLocaleString('en'),
      engine,
      `${own.compile.toFixed(0)} ms`,
      mintRate.toFixed(1),
      own.strings.toFixed(0),
      own.packed.toFixed(0),
      own.each.toFixed(0),
      own.flat.toFixed(0),
      `${(own.packed / mintRate).toFixed(0)} ×`,
      `${(own.flat / mintRate).toFixed(0)} ×`,
      own.near.toFixed(0),
      `${(own.near / automatonNear).toFixed(2)} ×`,
      [...found].join(' / '),
    ];
    return `| ${cells.join(' | ')} |`;
  });
}

/** How much faster two workers are than one, on the same shared text. */
async function measureWorkers(): Promise<number> {
  const terms = createLexicon(20_000, 20_000);
  const units = new Uint16Array(new SharedArrayBuffer(flat.units.byteLength));
  units.set(flat.units);
  const workerData: ScanChildData = { terms, units };
  const workers = [1, 2].map(() => new Worker(new URL('scan-child.ts', import.meta.url), { workerData }));
  const half = flat.starts[flat.starts.length >> 1] ?? 0;
  const run = async (parts: readonly (readonly [number, number])[]) => {
    const start = performance.now();
    await Promise.all(
      parts.map(async ([from, to], index) => {
        const worker = workers[index];
        if (worker === undefined) return;
        const answered = once(worker, 'message');
        worker.postMessage({ from, to });
        await answered;
      }),
    );
    return performance.now() - start;
  };
  let alone = Number.POSITIVE_INFINITY;
  let together = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 15; round += 1) {
    alone = Math.min(alone, await run([[0, units.length]]));
    together = Math.min(
      together,
      await run([
        [0, half],
        [half, units.length],
      ]),
    );
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return alone / together;
}

const rows = [2_000, 20_000, 100_000].flatMap(benchmark);
const workers = await measureWorkers();
expectAtLeast('two workers', workers, targets.workers);

console.log(
  `${messages.length.toLocaleString('en')} messages, ${flat.characters.toLocaleString('en')} characters; million characters a second, one thread\n`,
);
console.log(
  '| terms | engine | compile | mint-filter | strings, a call each | strings, packed | flat, a call each | flat, one call | packed strings ÷ mint | flat ÷ mint | near misses | ÷ automaton | hits |',
);
console.log('|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const row of rows) console.log(row);
console.log(`\nTwo workers: ${workers.toFixed(2)} × one.`);
for (const failure of failures) console.log(`MISSED ${failure}`);
if (failures.length > 0) process.exitCode = 1;
