import { isFiller, isInvisible, isLeading, isTrailing } from './folds.ts';
import { isSentenceEnd } from './tables/index.ts';
import type { View } from './view.ts';

// What stands between two characters: one place to say how much of it is one filler, since an emoji has many units.

/** How many units at this place show nothing: one, or a pair of surrogates; 0 where something is seen. */
export function invisibleWidth({ units, to }: View, place: number): number {
  const unit = units[place] ?? 0;
  if (isInvisible(unit)) return 1;
  return place + 1 < to && isHiddenPair(unit, units[place + 1] ?? 0) ? 2 : 0;
}

/** Variation selectors and tags. */
function isHiddenPair(unit: number, low: number): boolean {
  return unit === 0xdb40 && isTrailing(low);
}

/** How many units one filler at this place has, with all that belongs to an emoji; 0 where there is none. */
export function fillerWidth(view: View, place: number, acrossSentences: boolean): number {
  const { units, to: limit } = view;
  const width = symbolWidth(view, place);
  if (width === 0) return acrossSentences && isSentenceEnd(units[place] ?? 0) ? 1 : 0;
  let to = place + width;
  // Two letters of a region are one flag.
  if (isRegional(view, place) && isRegional(view, to)) to += 2;
  for (;;) {
    if (to >= limit) return to - place;
    const unit = units[to] ?? 0;
    const low = to + 1 < limit ? (units[to + 1] ?? 0) : 0;
    if (unit === 0xfe0f) to += 1;
    else if (isTone(unit, low) || isTag(unit, low)) to += 2;
    else if (unit === 0x200d && symbolWidth(view, to + 1) > 0) to += 1 + symbolWidth(view, to + 1);
    else return to - place;
  }
}

/** Of a skin. */
function isTone(unit: number, low: number): boolean {
  return unit === 0xd83c && low >= 0xdffb && low <= 0xdfff;
}

/** As in the flags of Scotland and Wales. */
function isTag(unit: number, low: number): boolean {
  return unit === 0xdb40 && low >= 0xdc20 && low <= 0xdc7f;
}

function symbolWidth({ units, to }: View, place: number): number {
  if (place >= to) return 0;
  const unit = units[place] ?? 0;
  const emoji = unit >= 0xd83c && unit <= 0xd83e;
  if (isLeading(unit) && place + 1 < to && isTrailing(units[place + 1] ?? 0)) return emoji ? 2 : 0;
  return isFiller(unit) || isTrailing(unit) || emoji ? 1 : 0;
}

function isRegional({ units, to }: View, place: number): boolean {
  const low = units[place + 1] ?? 0;
  return place + 1 < to && units[place] === 0xd83c && low >= 0xdde6 && low <= 0xddff;
}

/** What a term lets stand between two of its characters. */
export interface Gap {
  readonly fillers: number;
  readonly acrossSentences: boolean;
}

/** How many fillers `from` up to `to` are; -1 where something else stands there. */
export function countFillers(view: View, from: number, to: number, acrossSentences: boolean): number {
  if (from === to) return 0;
  const part: View = { units: view.units, from, to, map: null };
  let count = 0;
  for (let at = from; at < to;) {
    const hidden = invisibleWidth(part, at);
    const width = hidden > 0 ? hidden : fillerWidth(part, at, acrossSentences);
    if (width === 0) return -1;
    if (hidden === 0) count += 1;
    at += width;
  }
  return count;
}

/** The place beyond all that may stand between two characters; outside of the view where nothing else follows. */
export function beyondFillers(view: View, from: number, step: 1 | -1, acrossSentences: boolean): number {
  let at = from;
  while (at >= view.from && at < view.to) {
    const unit = view.units[at] ?? 0;
    const mayPass = isFiller(unit) || isInvisible(unit) || (unit & 0xf800) === 0xd800;
    if (!mayPass && !(acrossSentences && isSentenceEnd(unit))) break;
    at += step;
  }
  return at;
}

/** Whether `from` up to `to` are at most so many characters, where an emoji with all that belongs to it is one. */
export function areAtMost(view: View, from: number, to: number, most: number): boolean {
  if (to - from <= most) return true;
  const part: View = { units: view.units, from, to, map: null };
  let count = 0;
  let at = from;
  for (; at < to && count < most; count += 1)
    at += Math.max(1, invisibleWidth(part, at), fillerWidth(part, at, false));
  return at >= to;
}
