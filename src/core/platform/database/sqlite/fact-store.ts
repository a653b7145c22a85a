import { hash } from 'node:crypto';

import type SqliteHandle from 'better-sqlite3';

import type { BlobId, FactId, ImportFileId, Milliseconds } from '../../../contract/ids.ts';
import type { Fact, FactKind, FactSource, FactValue, FeedKind } from '../../../features/feeds/model.ts';
import type { DatabaseConnection } from '../connection.ts';

/** The file that facts come from. */
export interface FactFile {
  readonly id: ImportFileId;
  readonly name: string;
  readonly blobId: BlobId;
}

/** A fact as it is stored, and the file that says so. */
export type StoredFact = Fact & FactSource & { readonly id: FactId };

interface StoredSource {
  readonly name: string;
  readonly blob: string;
  readonly line: number;
  readonly feed: string;
}

/**
 * Inserts facts on the synchronous handle: they come by the hundred thousand. The caller opens the transaction.
 */
export class FactInserter {
  readonly #insert: SqliteHandle.Statement;
  readonly #source: SqliteHandle.Statement<[Uint8Array], StoredSource>;
  readonly #replace: SqliteHandle.Statement;

  constructor({ handle }: DatabaseConnection) {
    this.#insert = handle.prepare(
      `INSERT INTO feed_facts (kind, employee, item, taker, at, whole_day, code, detail, other_at, data, digest, feed, file_id, line)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING`,
    );
    this.#source = handle.prepare(
      `SELECT import_files.name, import_files.blob_id AS blob, feed_facts.line, feed_facts.feed
       FROM feed_facts JOIN import_files ON import_files.id = feed_facts.file_id WHERE digest = ?`,
    );
    this.#replace = handle.prepare('UPDATE feed_facts SET feed = ?, file_id = ?, line = ? WHERE digest = ?');
  }

  /**
   * Stores a fact unless the same is there; answers whether it is new. Of several records that say the same, the one whose
   * file's name, blob, line and feed come first is named as the source, whichever came first.
   */
  insert(file: FactFile, feed: FeedKind, line: number, fact: Fact): boolean {
    const data = canonicalData(fact.data);
    const digest = digestOf(fact, data);
    const { kind, employee, item, taker, at, wholeDay, code, detail, otherAt } = fact;
    const { changes } = this.#insert.run(
      kind,
      employee,
      item,
      taker,
      at,
      wholeDay ? 1 : 0,
      code,
      detail,
      otherAt,
      data,
      digest,
      feed,
      file.id,
      line,
    );
    if (changes > 0) return true;
    const stored = this.#source.get(digest);
    if (stored !== undefined && comesBefore({ name: file.name, blob: file.blobId, line, feed }, stored)) {
      this.#replace.run(feed, file.id, line, digest);
    }
    return false;
  }
}

function comesBefore(one: StoredSource, other: StoredSource): boolean {
  if (one.name !== other.name) return one.name < other.name;
  if (one.blob !== other.blob) return one.blob < other.blob;
  if (one.line !== other.line) return one.line < other.line;
  return one.feed < other.feed;
}

/** A fact's `data` as JSON, keys in order. */
function canonicalData(data: Fact['data']): string {
  const keys = Object.keys(data);
  if (keys.length === 0) return '{}';
  return JSON.stringify(Object.fromEntries(keys.toSorted().map((key) => [key, data[key]])));
}

function digestOf(fact: Fact, data: string): Uint8Array {
  const { kind, employee, item, taker, at, wholeDay, code, detail, otherAt } = fact;
  const canonical = JSON.stringify([kind, employee, item, taker, at, wholeDay, code, detail, otherAt, data]);
  return hash('sha256', canonical, 'buffer');
}

/**
 * Names people as feeds do. Of several names the newest fact's holds, whichever was imported last; a name from a roster stays,
 * unless a feed has the same.
 */
export class PeopleNamer {
  readonly #newest: SqliteHandle.Statement<[string, string], { name: string }>;
  readonly #put: SqliteHandle.Statement;
  readonly #now: number;

  constructor({ handle }: DatabaseConnection, now: number) {
    this.#now = now;
    this.#newest = handle.prepare(
      `SELECT json_extract(data, '$.name') AS name FROM feed_facts
       WHERE ((item = ? AND kind = 'listed') OR (employee = ? AND kind = 'employed'))
         AND json_extract(data, '$.name') IS NOT NULL
       ORDER BY at DESC, digest DESC LIMIT 1`,
    );
    this.#put = handle.prepare(
      `INSERT INTO people (external_id, kind, name, updated_at) VALUES (@id, @kind, @name, @now)
       ON CONFLICT (external_id) DO UPDATE SET name = @name, updated_at = @now
       WHERE people.name IS NOT @name AND (people.name IS NULL OR EXISTS (
         SELECT 1 FROM feed_facts
         WHERE ((item = @id AND kind = 'listed') OR (employee = @id AND kind = 'employed'))
           AND json_extract(data, '$.name') = people.name))`,
    );
  }

  /** Call it when the facts of the record that names them are stored. */
  name({
    externalId,
    kind,
    name,
  }: {
    readonly externalId: string;
    readonly kind: string;
    readonly name: string;
  }): void {
    const newest = this.#newest.get(externalId, externalId)?.name ?? name;
    this.#put.run({ id: externalId, kind, name: newest, now: this.#now });
  }
}

interface FactRow {
  readonly id: FactId;
  readonly kind: FactKind;
  readonly employee: string | null;
  readonly item: string | null;
  readonly taker: string | null;
  readonly at: Milliseconds;
  readonly whole_day: number;
  readonly code: string | null;
  readonly detail: string | null;
  readonly other_at: Milliseconds | null;
  readonly data: string;
  readonly feed: FeedKind;
  readonly file_id: ImportFileId;
  readonly line: number;
}

const columns =
  'id, kind, employee, item, taker, at, whole_day, code, detail, other_at, data, feed, file_id, line';
/** What a reader of facts by the hundred thousand can do without. */
export interface FactOptions {
  /** False: they come in any order. */
  readonly ordered?: boolean;
  /** The kinds whose `data` is wanted; of others it is empty. */
  readonly dataOf?: ReadonlySet<FactKind>;
}

/** By time, then by content: the order of imports doesn't show. */
const inOrder = 'ORDER BY at, digest';

/**
 * Everything recorded of the items that the employee was ever named with (lists, transfers, events and groups of whomever), and
 * of the employee, as the one who had or took them. Facts that name no item (exports of other people's lists) are not among them.
 * Where `kinds` is given, of these only.
 */
export function selectFactsOfLeaver(
  connection: DatabaseConnection,
  employee: string,
  kinds: readonly FactKind[] | null = null,
  options: FactOptions = {},
): StoredFact[] {
  const condition = kinds === null ? '' : 'AND kind IN (SELECT value FROM json_each(@kinds))';
  return select(
    connection,
    `WITH named AS (
         SELECT id, item FROM feed_facts WHERE employee = @employee
         UNION SELECT id, item FROM feed_facts WHERE taker = @employee
       ),
       own AS (SELECT DISTINCT item FROM named WHERE item IS NOT NULL),
       wanted AS (
         SELECT id FROM named
         UNION SELECT feed_facts.id FROM own CROSS JOIN feed_facts ON feed_facts.item = own.item
       )
     SELECT ${columns} FROM feed_facts WHERE id IN wanted ${condition} ${options.ordered === false ? '' : inOrder}`,
    kinds === null ? { employee } : { employee, kinds: JSON.stringify(kinds) },
    options,
  );
}

/** Facts of these kinds that name one of the employees (as `employee`; not as the taker). */
export function selectFactsOfEmployees(
  connection: DatabaseConnection,
  employees: readonly string[],
  kinds: readonly FactKind[],
): StoredFact[] {
  return select(
    connection,
    `SELECT ${columns} FROM feed_facts
     WHERE employee IN (SELECT value FROM json_each(@employees)) AND kind IN (SELECT value FROM json_each(@kinds)) ${inOrder}`,
    { employees: JSON.stringify(employees), kinds: JSON.stringify(kinds) },
  );
}

/** Facts of these kinds that name one of the items. */
export function selectFactsOfItems(
  connection: DatabaseConnection,
  items: readonly string[],
  kinds: readonly FactKind[],
): StoredFact[] {
  return select(
    connection,
    `SELECT ${columns} FROM feed_facts
     WHERE item IN (SELECT value FROM json_each(@items)) AND kind IN (SELECT value FROM json_each(@kinds)) ${inOrder}`,
    { items: JSON.stringify(items), kinds: JSON.stringify(kinds) },
  );
}

/** All facts of these kinds. */
export function selectFactsOfKinds(connection: DatabaseConnection, kinds: readonly FactKind[]): StoredFact[] {
  return select(
    connection,
    `SELECT ${columns} FROM feed_facts WHERE kind IN (SELECT value FROM json_each(@kinds)) ${inOrder}`,
    { kinds: JSON.stringify(kinds) },
  );
}

function select(
  { handle }: DatabaseConnection,
  sql: string,
  bound: Readonly<Record<string, string>>,
  { dataOf }: FactOptions = {},
): StoredFact[] {
  const names = fileNames(handle);
  const found: StoredFact[] = [];
  for (const row of handle.prepare<[typeof bound], FactRow>(sql).iterate(bound)) {
    const { id, kind, employee, item, taker, at, code, detail, feed, line } = row;
    found.push({
      id,
      kind,
      employee,
      item,
      taker,
      at,
      wholeDay: row.whole_day === 1,
      code,
      detail,
      otherAt: row.other_at,
      data: dataOf === undefined || dataOf.has(kind) ? parseData(row.data) : noData,
      feed,
      file: names(row.file_id),
      line,
    });
  }
  return found;
}

/** One look-up per file, not per fact. */
function fileNames(handle: SqliteHandle.Database): (id: ImportFileId) => string {
  const known = new Map<number, string>();
  const statement = handle.prepare<[number], { name: string }>('SELECT name FROM import_files WHERE id = ?');
  return (id) => {
    let name = known.get(id);
    if (name === undefined) {
      name = statement.get(id)?.name ?? '';
      known.set(id, name);
    }
    return name;
  };
}

const noData: Fact['data'] = {};

function parseData(text: string): Fact['data'] {
  if (text === '{}') return noData;
  const value: unknown = JSON.parse(text);
  const data: Record<string, FactValue> = {};
  if (typeof value !== 'object' || value === null) return noData;
  for (const [key, member] of Object.entries(value)) {
    const known = factValue(member);
    if (known !== undefined) data[key] = known;
  }
  return data;
}

function factValue(value: unknown): FactValue | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (!Array.isArray(value)) return undefined;
  return value.filter((part): part is string => typeof part === 'string');
}
