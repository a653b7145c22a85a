import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { imageSize } from './image-size.ts';
import { maxCodes, maxPictures, maxPixels, maxPixelsOfFile } from './limits.ts';
import type { DocumentProblem, FoundCode } from './model.ts';

/** Pixels as a decoder gives them: one, three or four bytes each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Looks for codes in pictures, within limits that all pictures of a file share. */
export interface CodeReader {
  readonly codes: readonly FoundCode[];
  readonly problems: ReadonlySet<DocumentProblem>;
  /** Reads an encoded picture (PNG, JPEG, GIF, BMP). Never throws; what can't be decoded has no codes. */
  readImage(bytes: Uint8Array, page: number): Promise<void>;
  readPixels(pixels: Pixels, page: number): Promise<void>;
}

type Reader = typeof import('zxing-wasm/reader');
let loaded: Promise<Reader> | null = null;

/** The library asks a server for its WebAssembly unless it is given: it lies in the package. */
async function loadReader(): Promise<Reader> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  const [reader, wasm] = await Promise.all([import('zxing-wasm/reader'), readFile(path)]);
  const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength);
  await reader.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return reader;
}

export function createCodeReader(): CodeReader {
  const codes: FoundCode[] = [];
  const problems = new Set<DocumentProblem>();
  let pixelsLeft = maxPixelsOfFile;
  let picturesLeft = maxPictures;

  /** Whether a picture of that size may be decoded. */
  function admit(width: number, height: number): boolean {
    // Nothing smaller holds a code: the smallest QR code has 21 modules.
    if (width < 15 || height < 15) return false;
    const pixels = width * height;
    if (pixels > maxPixels || pixels > pixelsLeft || picturesLeft === 0) {
      problems.add('image-too-large');
      return false;
    }
    pixelsLeft -= pixels;
    picturesLeft -= 1;
    return true;
  }

  async function decode(input: Uint8Array | ImageDataLike, page: number): Promise<void> {
    loaded ??= loadReader();
    const { readBarcodes } = await loaded;
    const found = await readBarcodes(input, { tryHarder: true, maxNumberOfSymbols: 50 });
    for (const { text, format, isValid, error } of found) {
      // Codes with errors aren't asked for: what isn't valid stands for a picture that could not be decoded.
      if (!isValid && error !== '') problems.add('broken');
      if (!isValid || text === '') continue;
      const known = codes.some((code) => code.text === text && code.format === format && code.page === page);
      if (!known && codes.length < maxCodes) codes.push({ text, format, page });
    }
  }

  return {
    codes,
    problems,
    async readImage(bytes, page) {
      const size = imageSize(bytes);
      if (size === null) {
        problems.add(page === 0 ? 'broken' : 'unsupported');
        return;
      }
      if (!admit(size.width, size.height)) return;
      try {
        await decode(bytes, page);
      } catch {
        problems.add('broken');
      }
    },
    async readPixels(pixels, page) {
      if (!admit(pixels.width, pixels.height)) return;
      const data = rgbaOf(pixels);
      if (data === null) return;
      await decode({ data, width: pixels.width, height: pixels.height, colorSpace: 'srgb' }, page);
    },
  };
}

/** What `ImageData` is in a browser; Node has none, and the library looks at these members only. */
interface ImageDataLike {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  readonly colorSpace: 'srgb';
}

/** Four bytes a pixel, of one bit (rows begin at a byte), one, three or four bytes. */
function rgbaOf({ width, height, data }: Pixels): Uint8ClampedArray | null {
  const count = width * height;
  if (data.length === count * 4) return new Uint8ClampedArray(data);
  const channels = data.length / count;
  const rowBytes = Math.ceil(width / 8);
  const isBits = data.length === rowBytes * height && channels < 1;
  if (channels !== 1 && channels !== 3 && !isBits) return null;
  const rgba = new Uint8ClampedArray(count * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      for (let channel = 0; channel < 3; channel += 1)
        rgba[at * 4 + channel] = isBits
          ? ((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1
            ? 255
            : 0
          : (data[channels === 1 ? at : at * 3 + channel] ?? 0);
    }
  return rgba;
}
