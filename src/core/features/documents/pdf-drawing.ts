import type { Pixels } from './codes.ts';

// Layout programs write a QR code as filled or stroked paths, not as a picture. There is no canvas here, so what a page fills is
// painted as far as codes need it: paths in grey, no clipping, no shading, no text.

/** A page's operators as PDF.js lists them, and the numbers of those that matter. */
export interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}
type Codes = Readonly<Record<string, number>>;
type Matrix = readonly [number, number, number, number, number, number];
type Point = readonly [x: number, y: number];

/** 200 dots per inch: a code of 15 mm with 33 modules then has 3.5 pixels each. */
const pixelsPerPoint = 200 / 72;
const mostPixels = 12_000_000;
/** With fewer corners a page draws no code: frames and rules only. */
const fewestCorners = 80;
/** Crossings of edges with rows of pixels that are computed for one page: some quarter of a second. */
const mostCrossings = 8_000_000;
/** How paths are written into a Float32Array: the operation, then its coordinates (`DrawOPS` in PDF.js). */
const coordinates = [2, 2, 6, 4, 0];

/** What a page fills, in grey, or null where it draws too little to be a code. `view` is its box in points. */
export function drawFills(
  { fnArray, argsArray }: Operators,
  OPS: Codes,
  view: readonly number[],
): Pixels | null {
  const [left = 0, bottom = 0, right = 0, top = 0] = view;
  const area = Math.max(1, (right - left) * (top - bottom));
  const scale = Math.min(pixelsPerPoint, Math.sqrt(mostPixels / area));
  const width = Math.floor((right - left) * scale);
  const height = Math.floor((top - bottom) * scale);
  if (!(width > 0 && height > 0 && width * height <= mostPixels)) return null;
  const paths = pathsOf({ fnArray, argsArray }, OPS, [scale, 0, 0, -scale, -left * scale, top * scale]);
  if (paths.reduce((sum, path) => sum + path.corners, 0) < fewestCorners) return null;
  const data = new Uint8Array(width * height).fill(255);
  let crossings = mostCrossings;
  for (const path of paths) {
    crossings -= fill(path, data, width, height, crossings);
    if (crossings <= 0) break;
  }
  return { width, height, data };
}

interface Path {
  readonly rings: readonly (readonly Point[])[];
  readonly corners: number;
  readonly grey: number;
  readonly evenOdd: boolean;
}

interface State {
  readonly matrix: Matrix;
  readonly fill: number;
  readonly stroke: number;
  readonly lineWidth: number;
}

function pathsOf({ fnArray, argsArray }: Operators, OPS: Codes, base: Matrix): Path[] {
  const paths: Path[] = [];
  let state: State = { matrix: base, fill: 0, stroke: 0, lineWidth: 1 };
  const saved: State[] = [];
  for (const [index, operation] of fnArray.entries()) {
    const found: unknown = argsArray[index];
    const args: readonly unknown[] = Array.isArray(found) ? found : [];
    switch (operation) {
      case OPS['save']:
        saved.push(state);
        break;
      case OPS['restore']:
      case OPS['paintFormXObjectEnd']:
        state = saved.pop() ?? state;
        break;
      case OPS['paintFormXObjectBegin']:
        saved.push(state);
        state = { ...state, matrix: multiply(state.matrix, matrixOf(args[0])) };
        break;
      case OPS['transform']:
        state = { ...state, matrix: multiply(state.matrix, matrixOf(args)) };
        break;
      case OPS['setFillRGBColor']:
        state = { ...state, fill: greyOf(args[0]) };
        break;
      case OPS['setStrokeRGBColor']:
        state = { ...state, stroke: greyOf(args[0]) };
        break;
      case OPS['setLineWidth']:
        state = { ...state, lineWidth: Number(args[0]) };
        break;
      case OPS['constructPath']:
        paths.push(...painted(args, OPS, state));
        break;
      default:
    }
  }
  return paths;
}

/** What one path paints: its inside, its lines, or both. */
function painted([operation, path]: readonly unknown[], OPS: Codes, state: State): Path[] {
  const buffer: unknown = Array.isArray(path) ? path[0] : null;
  if (!(buffer instanceof Float32Array)) return [];
  const is = (...names: readonly string[]) => names.some((name) => OPS[name] === operation);
  const evenOdd = is('eoFill', 'eoFillStroke', 'closeEOFillStroke');
  const fills = evenOdd || is('fill', 'fillStroke', 'closeFillStroke');
  const strokes = is('stroke', 'closeStroke', 'fillStroke', 'eoFillStroke', 'closeFillStroke');
  const rings = ringsOf(buffer);
  const result: Path[] = [];
  const add = (shapes: readonly (readonly Point[])[], grey: number, isEvenOdd: boolean) => {
    const moved = shapes.map((ring) => ring.map((point) => apply(state.matrix, point)));
    const corners = moved.reduce((sum, ring) => sum + ring.length, 0);
    if (corners > 0) result.push({ rings: moved, corners, grey, evenOdd: isEvenOdd });
  };
  if (fills) add(rings, state.fill, evenOdd);
  if (strokes)
    add(
      rings.flatMap((ring) => barsOf(ring, state.lineWidth)),
      state.stroke,
      false,
    );
  return result;
}

function ringsOf(buffer: Float32Array): Point[][] {
  const rings: Point[][] = [];
  let ring: Point[] = [];
  for (let at = 0; at < buffer.length;) {
    const operation = buffer[at] ?? 0;
    const count = coordinates[operation];
    if (count === undefined) break;
    const end: Point = [buffer[at + count - 1] ?? 0, buffer[at + count] ?? 0];
    if (operation === 0) {
      ring = [end];
      rings.push(ring);
    } else if (count > 0) {
      // A curve by its end alone: the modules of a code have none, rounded ones hardly differ.
      ring.push(end);
    } else {
      // What follows a closed ring begins where that began.
      const [first] = ring;
      if (first !== undefined) {
        ring.push(first);
        ring = [first];
        rings.push(ring);
      }
    }
    at += 1 + count;
  }
  return rings.filter(({ length }) => length > 1);
}

/** The lines of a ring as bars of the line's width; only upright and level ones, as codes have. */
function barsOf(ring: readonly Point[], lineWidth: number): Point[][] {
  const half = lineWidth / 2;
  return ring.slice(1).flatMap(([x, y], index): Point[][] => {
    const [fromX, fromY] = ring[index] ?? [x, y];
    if (Math.abs(fromY - y) < 1e-3)
      return [
        [
          [fromX, y - half],
          [x, y - half],
          [x, y + half],
          [fromX, y + half],
        ],
      ];
    if (Math.abs(fromX - x) < 1e-3)
      return [
        [
          [x - half, fromY],
          [x - half, y],
          [x + half, y],
          [x + half, fromY],
        ],
      ];
    return [];
  });
}

/** Fills by rows: between crossings of their middle with the edges. Answers how many crossings it took. */
function fill(path: Path, data: Uint8Array, width: number, height: number, most: number): number {
  const rows = new Map<number, { readonly x: number; readonly turn: number }[]>();
  let taken = 0;
  for (const ring of path.rings)
    for (const [index, [toX, toY]] of ring.entries()) {
      const [fromX, fromY] = ring.at(index - 1) ?? [toX, toY];
      if (fromY === toY) continue;
      const first = Math.max(0, Math.ceil(Math.min(fromY, toY) - 0.5));
      const last = Math.min(height - 1, Math.ceil(Math.max(fromY, toY) - 0.5) - 1);
      // Also catches coordinates that are no numbers.
      if (!(last >= first)) continue;
      taken += last - first + 1;
      if (taken > most) return taken;
      const slope = (toX - fromX) / (toY - fromY);
      for (let row = first; row <= last; row += 1) {
        const crossing = { x: fromX + (row + 0.5 - fromY) * slope, turn: toY > fromY ? 1 : -1 };
        const known = rows.get(row);
        if (known === undefined) rows.set(row, [crossing]);
        else known.push(crossing);
      }
    }
  for (const [row, crossings] of rows) {
    const ordered = crossings.toSorted((a, b) => a.x - b.x);
    let turns = 0;
    for (const [index, { x, turn }] of ordered.entries()) {
      turns += path.evenOdd ? 1 : turn;
      const inside = path.evenOdd ? turns % 2 === 1 : turns !== 0;
      const next = ordered[index + 1];
      if (!inside || next === undefined) continue;
      const from = Math.max(0, Math.ceil(x - 0.5));
      const to = Math.min(width, Math.ceil(next.x - 0.5));
      if (to > from) data.fill(path.grey, row * width + from, row * width + to);
    }
  }
  return taken;
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

const apply = ([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point => [a * x + c * y + e, b * x + d * y + f];

/** Six numbers, or the identity where a form has no matrix. */
function matrixOf(value: unknown): Matrix {
  if (!Array.isArray(value) && !(value instanceof Float32Array)) return [1, 0, 0, 1, 0, 0];
  const [a, b, c, d, e, f] = Array.from(value, Number);
  return [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f ?? 0];
}

/** The brightness of `#rrggbb` (ITU-R BT.601); what is no colour counts as black. */
function greyOf(value: unknown): number {
  if (typeof value !== 'string' || !/^#[0-9a-f]{6}$/i.test(value)) return 0;
  const part = (at: number) => Number.parseInt(value.slice(at, at + 2), 16);
  return Math.round(0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5));
}
