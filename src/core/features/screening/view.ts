/**
 * A stretch of text to match in: units `from` up to `to`. Where the text was rewritten, the maps say for each unit which
 * stretch of the original it stands for and which folds the rewriting was.
 */
export interface View {
  readonly units: Uint16Array;
  readonly from: number;
  readonly to: number;
  readonly map: ViewMap | null;
}

export interface ViewMap {
  /** By unit: offsets in the original, end exclusive. Units of one rewritten stretch all have the whole stretch. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** By unit: the folds, as bits. */
  readonly via: Uint16Array;
}

export function startOf({ map }: View, at: number): number {
  return map === null ? at : (map.start[at] ?? at);
}

export function endOf({ map }: View, at: number): number {
  return map === null ? at + 1 : (map.end[at] ?? at + 1);
}

export function viaOf({ map }: View, at: number): number {
  return map === null ? 0 : (map.via[at] ?? 0);
}

/** A stretch of a view, and what is to stand in its place. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly via: number;
}

/** The view with stretches replaced; they are in order and do not overlap. */
export function rewrite(view: View, replacements: readonly Replacement[]): View {
  const grown = replacements.reduce((sum, { from, to, text }) => sum + text.length - (to - from), 0);
  const length = view.to - view.from + grown;
  const units = new Uint16Array(length);
  const map: ViewMap = {
    start: new Int32Array(length),
    end: new Int32Array(length),
    via: new Uint16Array(length),
  };
  let at = 0;
  const copy = (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      units[at] = view.units[index] ?? 0;
      map.start[at] = startOf(view, index);
      map.end[at] = endOf(view, index);
      map.via[at] = viaOf(view, index);
      at += 1;
    }
  };
  let done = view.from;
  for (const { from, to, text, via } of replacements) {
    copy(done, from);
    let whole = via;
    for (let index = from; index < to; index += 1) whole |= viaOf(view, index);
    for (let index = 0; index < text.length; index += 1) {
      units[at] = text.charCodeAt(index);
      map.start[at] = startOf(view, from);
      map.end[at] = endOf(view, to - 1);
      map.via[at] = whole;
      at += 1;
    }
    done = to;
  }
  copy(done, view.to);
  return { units, from: 0, to: length, map };
}
