import { fileURLToPath } from 'node:url';
import { componentLines } from './fold-components.ts';
import { commonPolyphones, toneless } from './fold-pinyin.ts';
import { scriptPairs } from './fold-script.ts';
import { fillerRanges, foldedRanges, invisibleRanges } from './fold-units.ts';

const folder = fileURLToPath(new URL('../../src/core/features/screening/tables/generated/', import.meta.url));

/** A template literal of lines short enough for a diff; none of our data has a backtick, a backslash or a dollar sign. */
function literal(lines: readonly string[]): string {
  return `\`\n${lines.join('\n')}\n\``;
}

function cut(characters: readonly string[], perLine: number): string[] {
  return Array.from({ length: Math.ceil(characters.length / perLine) }, (_, line) =>
    characters.slice(line * perLine, (line + 1) * perLine).join(''),
  );
}

const header = (source: string) =>
  `// Made by \`npm run build:fold-tables\`; do not edit. Source: ${source}.\n// Licences: resources/NOTICE-fold-tables.md.\n`;

function scriptModule(): string {
  return `${header('opencc-js, the character dictionaries')}
/** A character and the one it folds to, over and over. */
export const scriptPairs = ${literal(cut(scriptPairs(), 50))};
`;
}

function pinyinModule(): string {
  const primary: (string | null)[] = [];
  for (let unit = 0x4e00; unit <= 0x9fff; unit += 1)
    primary.push(toneless(String.fromCharCode(unit))[0] ?? null);
  const names = [...new Set([...primary, ...[...commonPolyphones.values()].flat()])];
  const syllables = names.filter((name) => name !== null).toSorted();
  const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
  const cells = primary.map((name) => {
    const index = name === null ? -1 : syllables.indexOf(name);
    return index < 0 ? '--' : `${digits[Math.floor(index / 36)]}${digits[index % 36]}`;
  });
  const polyphones = [...commonPolyphones].map(
    ([character, readings]) => `${character}${readings.join(',')} `,
  );
  return `${header('pinyin-pro')}
export const syllableNames = ${literal(
    cut(
      syllables.map((name) => `${name} `),
      20,
    ),
  )};

/** For each of U+4E00 to U+9FFF in turn the position of its main reading in \`syllableNames\`, base 36, or \`--\`. */
export const mainReadings = ${literal(cut(cells, 50))};

/** Characters with several common readings, the most frequent one first. */
export const polyphones = ${literal(cut(polyphones, 8))};
`;
}

function componentsModule(): string {
  return `${header('hanzi (cjk-decomp)')}
/** A character and its parts, one way to take it apart each, separated by spaces. */
export const componentList = ${literal(
    cut(
      componentLines().map((line) => `${line} `),
      24,
    ),
  )};
`;
}

function unitsModule(): string {
  const list = (ranges: readonly string[]) =>
    literal(
      cut(
        ranges.map((range) => `${range} `),
        12,
      ),
    );
  return `${header('Unicode, as in Node')}
/** The version of Unicode that this was made with. */
export const unicodeVersion = '${process.versions.unicode}';

/** Ranges of UTF-16 units in base 36: the gap to the range before, a dash, and the length where it is not 1. */
export const fillerRanges = ${list(fillerRanges())};

export const invisibleRanges = ${list(invisibleRanges())};

/** The same of code points, without ideographs and ASCII: those that a table fold changes. */
export const foldedRanges = ${list(foldedRanges())};
`;
}

/** The generated modules by path. */
export function foldTableFiles(): ReadonlyMap<string, string> {
  return new Map([
    [`${folder}script.ts`, scriptModule()],
    [`${folder}pinyin.ts`, pinyinModule()],
    [`${folder}components.ts`, componentsModule()],
    [`${folder}units.ts`, unitsModule()],
  ]);
}
