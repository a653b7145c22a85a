import { invisibleWidth } from './fillers.ts';
import { foldBit, foldTable, isInvisible, isLeading, isTrailing, tableBits } from './folds.ts';
import { isAsciiDigit, isAsciiLetter } from './plain-characters.ts';
import { isSyllable } from './speech.ts';
import { type View, viaOf } from './view.ts';

/** Whether a letter (or, where asked, a digit) stands at a place, seen through what is invisible: a match beside it is no word. */
export function isWordAt(view: View, from: number, step: 1 | -1, digits: boolean): boolean {
  let at = from;
  for (let width = hiddenAt(view, at, step); width > 0; width = hiddenAt(view, at, step)) at += step * width;
  if (at < view.from || at >= view.to) return false;
  const unit = view.units[at] ?? 0;
  if (isSyllable(unit) && (viaOf(view, at) & foldBit.pinyin) !== 0) return true;
  const code = isLeading(unit) || isTrailing(unit) ? pairAt(view, at) : unit;
  const { single: folded, several } = foldTable(tableBits & ~foldBit.digits);
  const expanded = several.get(code);
  const plain = expanded?.charCodeAt(step === 1 ? 0 : expanded.length - 1) ?? folded[unit] ?? unit;
  return isAsciiLetter(plain) || (digits && isAsciiDigit(plain));
}

/** How many units that show nothing stand at a place, going that way: one, or both of a pair; 0 where something is seen. */
function hiddenAt(view: View, at: number, step: 1 | -1): number {
  if (at < view.from || at >= view.to) return 0;
  if (step === 1) return invisibleWidth(view, at);
  if (isInvisible(view.units[at] ?? 0)) return 1;
  return at > view.from && invisibleWidth({ ...view, to: at + 1 }, at - 1) === 2 ? 2 : 0;
}

/** The code point whose half stands at this place; the half itself where it is alone. */
function pairAt({ units, from, to }: View, at: number): number {
  const high = isTrailing(units[at] ?? 0) ? at - 1 : at;
  const lead = units[high] ?? 0;
  const low = units[high + 1] ?? 0;
  if (high < from || high + 1 >= to || !isLeading(lead) || !isTrailing(low)) return units[at] ?? 0;
  return (lead - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000;
}
