import { crc32, deflateSync, inflateSync } from 'node:zlib';

// A screen has a few colours and their blends at the edges of letters: 256 of them, in a palette, look the same and take
// less than half the bytes of the browser's own pictures.

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const paletteSize = 256;

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of each pixel, one byte each. */
  readonly pixels: Uint8Array;
}

/** The same picture with at most 256 colours. Takes what Chromium writes: 8 bits, red, green and blue, not interlaced. */
export function toPalettePng(png: Buffer): Buffer {
  const picture = decode(png);
  const { palette, indexes } = reduce(picture);
  const { width, height } = picture;
  const lines = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    lines.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255]))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  whole.set(body, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function decode(png: Buffer): Picture {
  const packed: Buffer[] = [];
  let header: Buffer = Buffer.alloc(0);
  for (let at = signature.length; at < png.length; at += png.readUInt32BE(at) + 12) {
    const data = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') header = data;
    if (type === 'IDAT') packed.push(data);
  }
  if (header.subarray(8).toString('hex') !== '0802000000')
    throw new Error(
      'The browser writes its pictures in another form than before: mend scripts/lib/small-png.ts.',
    );
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  return { width, height, pixels: unfilter(inflateSync(Buffer.concat(packed)), width * 3, height) };
}

/** Undoes the five filters of PNG (https://www.w3.org/TR/png-3/#9Filters), for three bytes a pixel. */
function unfilter(lines: Uint8Array, stride: number, height: number): Uint8Array {
  const pixels = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x;
      const left = x < 3 ? 0 : (pixels[at - 3] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0);
      const corner = x < 3 || y === 0 ? 0 : (pixels[at - stride - 3] ?? 0);
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) guess = paeth(left, up, corner);
      pixels[at] = (lines[y * (stride + 1) + 1 + x] ?? 0) + guess;
    }
  }
  return pixels;
}

function paeth(left: number, up: number, corner: number): number {
  const [toLeft, toUp, toCorner] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Every colour becomes the nearest of the palette. */
function reduce({ pixels }: Picture): { readonly palette: readonly number[]; readonly indexes: Uint8Array } {
  const colors = new Uint32Array(pixels.length / 3);
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < colors.length; pixel += 1) {
    const at = pixel * 3;
    const color = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    colors[pixel] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const palette = choose(counts);
  const places = new Map([...counts.keys()].map((color) => [color, nearest(palette, color)]));
  return { palette, indexes: Uint8Array.from(colors, (color) => places.get(color) ?? 0) };
}

/**
 * The colour that is missed most, time and again: how often it stands there, times how far it is from all chosen. Counting
 * alone would turn a small violet dot grey.
 */
function choose(counts: ReadonlyMap<number, number>): readonly number[] {
  const missed = [...counts].map(([color, count]) => ({ color, count, distance: 3 * 255 ** 2 }));
  const palette: number[] = [];
  while (palette.length < Math.min(paletteSize, missed.length)) {
    const worst = missed.reduce((a, b) => (b.count * b.distance > a.count * a.distance ? b : a));
    palette.push(worst.color);
    for (const entry of missed)
      entry.distance = Math.min(entry.distance, distanceOf(entry.color, worst.color));
  }
  return palette;
}

function nearest(palette: readonly number[], color: number): number {
  let best = 0;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const [index, candidate] of palette.entries()) {
    const distance = distanceOf(candidate, color);
    if (distance < bestDistance) [best, bestDistance] = [index, distance];
  }
  return best;
}

function distanceOf(a: number, b: number): number {
  return (
    ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2 + ((a & 255) - (b & 255)) ** 2
  );
}
