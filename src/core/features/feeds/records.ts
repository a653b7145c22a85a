import type { Milliseconds } from '../../contract/ids.ts';
import type { Fact, FactKind, FactValue, FeedKind, FeedRefusal } from './model.ts';

/** What is known of a feed's records besides what stands in them. */
export interface Circumstances {
  /** The day that whoever imports has named, `2026-03-02`; it goes before any that the file names. */
  readonly asOf: string | null;
  /** The day in the file's name. */
  readonly fileDay: string | null;
  /** The day of the import. */
  readonly today: string;
  /** The workspace's: days and times without a zone are of it. */
  readonly timeZone: string;
}

/** Somebody whom a feed names. */
export interface FeedName {
  readonly externalId: string;
  readonly kind: 'employee' | 'customer' | 'partner';
  readonly name: string;
}

/** One record of a feed: a customer of a list, an event, a row. Counted as one, whatever it says. */
export interface FeedRecord {
  readonly feed: FeedKind;
  readonly facts: readonly Fact[];
  readonly names: readonly FeedName[];
}

export interface RefusedRecord {
  readonly reason: FeedRefusal;
  /** What is wrong; never quotes the record. */
  readonly detail: string;
  /** The record, for the quarantine. */
  readonly value: unknown;
}

/** What was read of one entry of a file. */
export interface Reading {
  readonly records: FeedRecord[];
  readonly refused: RefusedRecord[];
}

export const newReading = (): Reading => ({ records: [], refused: [] });

/** Thrown for a record that can't be taken. */
export class RecordRefusal extends Error {
  readonly reason: FeedRefusal;

  constructor(reason: FeedRefusal, detail: string) {
    super(detail);
    this.name = 'RecordRefusal';
    this.reason = reason;
  }
}

/** Ids of WeCom are at most 64 bytes; what is longer than this is something else. */
const longestId = 256;
/** So much of a text is kept with a fact; the record itself stays in the file. */
const longestText = 500;

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of an array; anything else in it is left out. */
export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A member as an id; null where there is none. Throws RecordRefusal where it is no id. */
export function idOf(object: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    if (!Object.hasOwn(object, name)) continue;
    const value = object[name];
    if (value === null || value === '') continue;
    if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
    if (typeof value !== 'string') throw new RecordRefusal('wrong-type', `${name} is not a string`);
    const id = value.trim();
    if (id.length > longestId)
      throw new RecordRefusal('wrong-type', `${name} is longer than ${longestId} characters`);
    if (id !== '') return id;
  }
  return null;
}

/** As `idOf`, null also where it is no id. */
export function idOrNull(value: unknown): string | null {
  try {
    return idOf({ value }, 'value');
  } catch (error) {
    if (error instanceof RecordRefusal) return null;
    throw error;
  }
}

/** A code as the feed has it: a number or a word. */
export function codeOf(object: JsonObject, ...names: readonly string[]): string | null {
  for (const name of names) {
    if (!Object.hasOwn(object, name)) continue;
    const value = object[name];
    if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== ''))
      return String(value).trim().slice(0, 100);
  }
  return null;
}

/** A text, its end cut off where it is long; empty where there is none. */
export function textOf(object: JsonObject, ...names: readonly string[]): string {
  for (const name of names) {
    if (!Object.hasOwn(object, name)) continue;
    const value = object[name];
    if (typeof value === 'string' && value.trim() !== '') return clip(value.trim());
    if (typeof value === 'number') return String(value);
  }
  return '';
}

/** The text's beginning, no character cut in two. */
export function clip(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText).toWellFormed();
}

/** Data without what is empty: two feeds that leave a field out or empty say the same. */
export function dataOf(values: Readonly<Record<string, FactValue>>): Fact['data'] {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

/** When a fact held. */
export interface FactTime {
  readonly at: Milliseconds;
  readonly wholeDay: boolean;
}

/** A fact; what isn't given is null. */
export function makeFact(
  kind: FactKind,
  { at, wholeDay }: FactTime,
  more: Partial<Omit<Fact, 'kind' | 'at' | 'wholeDay'>>,
): Fact {
  return {
    kind,
    employee: null,
    item: null,
    taker: null,
    at,
    wholeDay,
    code: null,
    detail: null,
    otherAt: null,
    data: {},
    ...more,
  };
}
