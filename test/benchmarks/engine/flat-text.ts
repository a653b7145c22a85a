/** What is between two texts in a flat buffer: in no term, so nothing matches over it. */
const separator = 0x1e;

/** Texts one after another in UTF-16, as workers hold them: text `t` is `units[starts[t]]` up to `ends[t]`, then U+001E. */
export interface FlatTexts {
  readonly units: Uint16Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Without the separators. */
  readonly characters: number;
}

export function flatten(texts: readonly string[]): FlatTexts {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const units = new Uint16Array(characters + texts.length);
  const starts = new Int32Array(texts.length);
  const ends = new Int32Array(texts.length);
  let used = 0;
  texts.forEach((text, index) => {
    starts[index] = used;
    for (let at = 0; at < text.length; at += 1) units[used + at] = text.charCodeAt(at);
    used += text.length;
    ends[index] = used;
    units[used] = separator;
    used += 1;
  });
  return { units, starts, ends, characters };
}
