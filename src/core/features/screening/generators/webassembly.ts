import { type Generator, type Stratum, unitClass } from '../stratum.ts';
import { moduleBase64 } from '../wasm/module.ts';
import { type ScanTables, buildScanTables } from './anchor-tables.ts';
import { createAutomaton } from './automaton.ts';
import { type BlockScanner, blockLength, createBlockwise, mostFound } from './blockwise.ts';

// The addresses of ../wasm/assembly/memory.ts.
const countsAt = 4;
const parametersAt = 12;
const triggerBitsAt = 0x400;
const joinedBitsAt = triggerBitsAt + 0x2000;
/** Behind room for the three units that are read before the text, and count for nothing. */
const textAt = joinedBitsAt + 0x2000 + 0x10;
const triggersAt = textAt + blockLength * 2 + 0x10;
const candidatesAt = triggersAt + blockLength * 2;
const keptAt = candidatesAt + blockLength * 2 + 0x10;
/** Behind what is kept, and twice as much that the filter is asked for. */
const foundAt = keptAt + 3 * blockLength * 4;
const waitingAt = foundAt + mostFound * 3 * 4;
const waitingRoom = 0x1000;
/** Behind what is known around an anchor. */
const columnsAt = waitingAt + waitingRoom + 2 * (blockLength + 1) * 4;
const readingAt = columnsAt + 0x20000;
const pairsAt = readingAt + 0x20000;

const pageSize = 0x10000;
/** Texts up to this length are copied unit by unit: a view of a part costs more to make than that. */
const copiedByUnit = 56;

/**
 * The anchors' scanner in WebAssembly.
 *
 * @returns undefined where there is no WebAssembly: switched off, forbidden by a content security policy, or no room
 */
export function createWebAssembly(stratum: Stratum): Generator | undefined {
  const { classOf } = stratum;
  const scanner = createScanner(classOf, buildScanTables(stratum));
  return scanner && createBlockwise(classOf, scanner, () => createAutomaton(stratum));
}

/** What is used of the global `WebAssembly`, which the types of neither Node nor ECMAScript have. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (size: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer };
  readonly Instance: new (
    module: object,
    imports: { env: { memory: object } },
  ) => { readonly exports: { readonly scan: Scan } };
}

let compiled: object | undefined;

function instantiate(pages: number): { memory: ArrayBuffer; scan: Scan } | undefined {
  try {
    const host: WebAssemblyHost = Reflect.get(globalThis, 'WebAssembly');
    compiled ??= new host.Module(Uint8Array.from(atob(moduleBase64), (letter) => letter.charCodeAt(0)));
    const memory = new host.Memory({ initial: pages, maximum: pages });
    return { memory: memory.buffer, scan: new host.Instance(compiled, { env: { memory } }).exports.scan };
  } catch {
    // Every way to fail (no such global, the policy's CompileError, the memory's RangeError) means the same here.
    return undefined;
  }
}

type Scan = (length: number, budget: number) => number;

export function createScanner(classOf: Uint16Array, tables: ScanTables): BlockScanner | undefined {
  const { pairTable, keyBits, buckets, entries, single, runs, finerOf } = tables;
  let size = pairsAt + aligned(pairTable.pairs.byteLength);
  const place = ({ byteLength }: { readonly byteLength: number }) => {
    const at = size;
    size += aligned(byteLength);
    return at;
  };
  const keyBitsAt = place(keyBits);
  const bucketsAt = place(buckets);
  const entriesAt = place(entries);
  const singleAt = place(single);
  const runsAt = place(runs);
  const finerAt = finerOf === null ? 0 : place(finerOf);
  const instance = instantiate(Math.ceil(size / pageSize));
  if (instance === undefined) return undefined;
  const { memory, scan } = instance;

  new Int32Array(memory, parametersAt).set(
    [
      [pairTable.columns, tables.collapse ? 1 : 0],
      [keyBitsAt, tables.lineShift],
      [bucketsAt, tables.bucketShift],
      [entriesAt, singleAt, runsAt, finerAt],
    ].flat(),
  );
  new Int32Array(memory, triggerBitsAt).set(bitsOf(triggers(classOf)));
  new Int32Array(memory, joinedBitsAt).set(bitsOf(tables.joined));
  new Uint16Array(memory, columnsAt).set(pairTable.columnOf);
  new Uint16Array(memory, readingAt).set(tables.reading);
  new Uint8Array(memory, pairsAt).set(pairTable.pairs);
  new Int32Array(memory, keyBitsAt).set(keyBits);
  new Int32Array(memory, bucketsAt).set(buckets);
  new Uint16Array(memory, entriesAt).set(entries);
  new Int32Array(memory, singleAt).set(single);
  new Int32Array(memory, runsAt).set(runs);
  if (finerOf !== null) new Uint16Array(memory, finerAt).set(finerOf);

  const text = new Uint16Array(memory, textAt, blockLength);
  return {
    counts: new Int32Array(memory, countsAt, 2),
    found: new Int32Array(memory, foundAt, mostFound * 3),
    triggers: new Uint16Array(memory, triggersAt, blockLength),
    scratch: text,
    scan(units, from, to, budget) {
      const length = to - from;
      if (units === text) {
        // Moving it would change the caller's text.
        if (from !== 0) throw new RangeError('A text in scratch begins at 0.');
        return scan(length, budget);
      }
      if (length > copiedByUnit) text.set(units.subarray(from, to));
      else for (let at = 0; at < length; at += 1) text[at] = units[from + at] ?? 0;
      return scan(length, budget);
    },
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function triggers(classOf: Uint16Array): number[] {
  const units: number[] = [];
  for (let unit = 0; unit < classOf.length; unit += 1)
    if ((classOf[unit] ?? 0) >= unitClass.trigger) units.push(unit);
  return units;
}

/** A bit for each of these units. */
function bitsOf(units: Iterable<number>): Int32Array {
  const bits = new Int32Array(0x10000 / 32);
  for (const unit of units) bits[unit >>> 5] = (bits[unit >>> 5] ?? 0) | (1 << unit);
  return bits;
}
