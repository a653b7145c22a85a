import hongKong from 'opencc-js/dict/HKVariants';
import hongKongReverse from 'opencc-js/dict/HKVariantsRev';
import shinjitai from 'opencc-js/dict/JPShinjitaiCharacters';
import shinjitaiReverse from 'opencc-js/dict/JPShinjitaiCharactersRev';
import toTraditional from 'opencc-js/dict/STCharacters';
import toSimplified from 'opencc-js/dict/TSCharacters';
import taiwan from 'opencc-js/dict/TWVariants';
import taiwanReverse from 'opencc-js/dict/TWVariantsRev';
import { simplifiedCharacters } from './gb2312.ts';

/** What opencc-js leaves alone since only the context tells, or takes for two characters; a filter wants them equal. Ours. */
const additions = ['著着', '瞭了', '祇只', '衹只', '妳你', '甯宁', '堃坤', '喆哲', '寳宝', '帐账'];

function entries(dictionary: string): [string, string][] {
  return dictionary.split('|').flatMap((entry) => {
    const [key, value] = entry.split(' ');
    // Astral characters stay out: the table is by UTF-16 unit, and they are rare ideographs.
    return key?.length === 1 && value?.length === 1 && key !== value
      ? [[key, value] as [string, string]]
      : [];
  });
}

/**
 * Each character and the simplified one that stands for its group, alternately, ascending. Only characters that differ
 * from their own; none of the second ones is a first one.
 */
export function scriptPairs(): string[] {
  const fold = new Map(entries(toSimplified));
  for (const pair of additions) fold.set(pair.charAt(0), pair.charAt(1));
  const representative = (character: string): string => {
    let at = character;
    for (let steps = 0; steps < 8; steps += 1) {
      const next = fold.get(at);
      if (next === undefined) return at;
      at = next;
    }
    throw new Error(`${character} folds in a circle.`);
  };
  const join = (variant: string, standard: string) => {
    const target = representative(standard);
    if (!fold.has(variant) && target !== variant) fold.set(variant, target);
  };
  // A simplified form whose traditional one is simplified differently today (锺 → 鍾 → 钟), or not at all (昵 ← 暱).
  for (const [simplified, traditional] of entries(toTraditional)) {
    if (representative(traditional) === traditional) join(traditional, simplified);
    else join(simplified, traditional);
  }
  // Regional and Japanese forms, but none that is a character of its own in simplified text (弁, 缶, 予, 么).
  const joinUnlessUsed = (variant: string, standard: string) => {
    if (!simplifiedCharacters.has(variant)) join(variant, standard);
  };
  for (const [standard, variant] of [...entries(taiwan), ...entries(hongKong), ...entries(shinjitaiReverse)])
    joinUnlessUsed(variant, standard);
  for (const [variant, standard] of [
    ...entries(taiwanReverse),
    ...entries(hongKongReverse),
    ...entries(shinjitai),
  ])
    joinUnlessUsed(variant, standard);
  return [...fold.keys()].toSorted().flatMap((character) => {
    const target = representative(character);
    return target === character ? [] : [character, target];
  });
}
