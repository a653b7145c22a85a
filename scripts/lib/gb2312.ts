const decoder = new TextDecoder('gbk');

function rows(from: number, to: number): string[] {
  const characters: string[] = [];
  for (let row = from; row <= to; row += 1) {
    for (let cell = 0xa1; cell <= 0xfe; cell += 1) {
      const character = decoder.decode(new Uint8Array([row, cell]));
      if (/^[\u4e00-\u9fff]$/.test(character)) characters.push(character);
    }
  }
  return characters;
}

/** The 3,755 common characters of GB/T 2312-1980, level 1. */
export const commonCharacters: readonly string[] = rows(0xb0, 0xd7);

/** All 6,763 characters of GB/T 2312-1980: those in use in simplified text. */
export const simplifiedCharacters: ReadonlySet<string> = new Set(rows(0xb0, 0xf7));
