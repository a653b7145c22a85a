import { fieldAround } from './triggers.ts';
import { type Bounds, type View, within } from './view.ts';

const noParts: readonly Taken[] = [];

/** Where parts of a character stand. */
export interface Taken {
  readonly from: number;
  readonly to: number;
  readonly component: number;
  /** The folds by which it is taken for what it is the parts of. */
  readonly via: number;
}

/** A field that is to be read again, and what was seen in it. */
export interface Field {
  /** The field and nothing else. */
  readonly view: View;
  /** The places that may have to be rewritten, ascending. */
  readonly places: readonly number[];
  /** In order. */
  readonly parts: readonly Taken[];
}

/** The fields that hold one of these places, ascending, or parts of a character, in order. */
export function boundsAround(view: View, worth: readonly number[], parts: readonly Taken[]): Bounds[] {
  const bounds: Bounds[] = [];
  let nextWorth = 0;
  let nextPart = 0;
  while (nextWorth < worth.length || nextPart < parts.length) {
    const at = Math.min(worth[nextWorth] ?? view.to, parts[nextPart]?.from ?? view.to);
    const own = fieldAround(view.units, at, view.from, view.to);
    while (nextWorth < worth.length && (worth[nextWorth] ?? 0) < own.to) nextWorth += 1;
    while (nextPart < parts.length && (parts[nextPart]?.from ?? 0) < own.to) nextPart += 1;
    bounds.push(own);
  }
  return bounds;
}

/** Fields of a view, in order, with what was seen in each. */
export function fieldsWithin(
  view: View,
  bounds: readonly Bounds[],
  placesOf: (view: View) => readonly number[],
  parts: readonly Taken[],
): Field[] {
  const fields: Field[] = [];
  let nextPart = 0;
  for (const { from, to } of bounds) {
    while (nextPart < parts.length && (parts[nextPart]?.from ?? 0) < from) nextPart += 1;
    const firstPart = nextPart;
    while (nextPart < parts.length && (parts[nextPart]?.from ?? 0) < to) nextPart += 1;
    const field = within(view, from, to);
    fields.push({
      view: field,
      places: placesOf(field),
      parts: nextPart === firstPart ? noParts : parts.slice(firstPart, nextPart),
    });
  }
  return fields;
}
