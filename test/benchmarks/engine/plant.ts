import { noReading, primaryReading, syllables } from '../../../src/core/features/screening/tables/index.ts';
import { createRandom, frequent, pick } from './chat.ts';

/** Of the messages, those that get a term in plain writing, and as many others one in disguise. */
export const plantedShare = 0.005;

type Disguise = (term: string, random: () => number) => string;

const fillers = ['、', '-', '*', ' ', '😀', '，', '..'];

/** The frequent characters of each syllable. */
const bySound = new Map<number, string[]>();
const readings = primaryReading();
for (const character of frequent) {
  const reading = readings[character.charCodeAt(0)] ?? noReading;
  if (reading !== noReading) bySound.set(reading, [...(bySound.get(reading) ?? []), character]);
}

function soundOf(character: string): number {
  return readings[character.charCodeAt(0)] ?? noReading;
}

const disguises: readonly Disguise[] = [
  (term, random) => Array.from(term).join(pick(random, fillers)),
  (term) => Array.from(term).join('\u200b'),
  (term) => Array.from(term, (character) => character.repeat(2)).join(''),
  (term, random) =>
    Array.from(term, (character) => pick(random, bySound.get(soundOf(character)) ?? []) ?? character).join(
      '',
    ),
  (term, random) => {
    const spelled = Math.floor(random() * term.length);
    return Array.from(term, (character, at) =>
      at === spelled ? (syllables[soundOf(character)] ?? '') : character,
    ).join('');
  },
  (term) => Array.from(term, (character) => syllables[soundOf(character)] ?? '').join(''),
];

/**
 * The messages, with a term of the lexicon put between two characters of `plantedShare` of them, and a disguised one (by
 * fillers, zero-width spaces, repetition, homophones, pinyin in part or all over) in as many others.
 */
export function plant(seed: number, messages: readonly string[], terms: readonly string[]): string[] {
  const random = createRandom(seed);
  return messages.map((message) => {
    const draw = random();
    if (draw >= 2 * plantedShare) return message;
    const term = pick(random, terms) ?? '';
    const written = draw < plantedShare ? term : (pick(random, disguises)?.(term, random) ?? term);
    const at = Math.floor(random() * (message.length + 1));
    return message.slice(0, at) + written + message.slice(at);
  });
}
