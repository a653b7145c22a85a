import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { type DatabaseConnection, appliedMigrations, migrate, openDatabase } from './connection.ts';
import { migrations } from './sqlite/migrations/index.ts';

let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-migrations-'));
  file = join(folder, 'workspace.sqlite');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function withDatabase<Result>(
  work: (connection: DatabaseConnection) => Promise<Result>,
): Promise<Result> {
  const connection = openDatabase(file);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

function schemaOf(connection: DatabaseConnection): readonly string[] {
  return connection.handle
    .prepare<[], { sql: string }>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
    .all()
    .map((row) => row.sql);
}

const names = Object.keys(migrations).toSorted();

const newUser = (id: string) =>
  `INSERT INTO users (id, user_name, display_name, password_hash, must_change_password, state, created_at, updated_at)
   VALUES ('${id}', '${id}', '${id}', 'x', 0, 'active', 1, 1)`;

/**
 * What a database of the version before holds that the migration has to keep: one entry per migration, run before it. A
 * migration without one fails the test below, so that none is added untested.
 */
const before: Readonly<Record<string, (connection: DatabaseConnection) => void>> = {
  // The first has nothing before it.
  '0001-foundation': () => {},
  '0002-skipped-members': ({ handle }) => {
    handle.exec(`INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('j', 'import', '{}', 'succeeded', 1);
      INSERT INTO imports (id, job_id, kind, state, started_at) VALUES ('i', 'j', 'auto', 'done', 1);
      INSERT INTO import_files (import_id, ordinal, blob_id, name, bytes, state, read, imported)
        VALUES ('i', 0, 'b', 'chat.jsonl', 9, 'done', 2, 2)`);
  },
  '0003-rules': ({ handle }) => {
    handle.exec(`INSERT INTO lexicons (id, name, description, origin, active, created_at) VALUES ('l', '词库', '', 'user', 1, 1);
      INSERT INTO lexicon_versions (id, lexicon_id, number, state, term_count, created_at) VALUES ('v', 'l', 1, 'draft', 1, 1);
      INSERT INTO terms (version_id, key, text, category, severity, basis, note, enabled)
        VALUES ('v', 'k', 'VIP', '返佣', 4, '', '', 1);
      UPDATE lexicon_versions SET state = 'published', content_hash = 'hash', published_at = 2 WHERE id = 'v';
      INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('j', 'screening', '{}', 'succeeded', 1);
      INSERT INTO screening_runs (id, job_id, state, filter, only_new, started_at) VALUES ('r', 'j', 'done', '{}', 0, 1)`);
    const hit =
      handle.prepare(`INSERT INTO hits (message_id, field, start, "end", term_key, term_id, version_id, run_id,
      sent_at, term, category, severity, text, folds) VALUES (1, 'text.content', ?, 9, 'k', 1, 'v', 'r', 1, 'VIP', '返佣', 4, 'x', ?)`);
    [[], ['case'], ['width', 'case'], ['case', 'invisible']].forEach((folds, index) => {
      hit.run(index, JSON.stringify(folds));
    });
  },
  '0004-materials': ({ handle }) => {
    handle.exec(newUser('u'));
  },
  '0005-products': ({ handle }) => {
    handle.exec(`INSERT INTO users (id, user_name, display_name, password_hash, must_change_password, state, created_at, updated_at)
        VALUES ('u', 'li', '李', 'x', 0, 'active', 1, 1)`);
  },
  '0006-workflow': ({ handle }) => {
    handle.exec(`INSERT INTO users (id, user_name, display_name, password_hash, must_change_password, state, created_at, updated_at)
        VALUES ('u', 'li', '李', 'x', 0, 'active', 1, 1)`);
  },
  '0007-publication': ({ handle }) => {
    handle.exec(newUser('u'));
  },
  // A table of its own, which refers to nothing: there is nothing to keep.
  '0008-documents': () => {},
  '0009-lexicon-edits': ({ handle }) => {
    handle.exec(`INSERT INTO users (id, user_name, display_name, password_hash, must_change_password, state, created_at, updated_at)
        VALUES ('u', 'li', '李', 'x', 0, 'active', 1, 1);
      INSERT INTO lexicons (id, name, description, origin, active, created_at) VALUES ('l', '词库', '', 'user', 1, 1);
      INSERT INTO lexicon_versions (id, lexicon_id, number, state, term_count, created_at) VALUES ('v', 'l', 1, 'draft', 1, 1);
      INSERT INTO terms (version_id, key, text, category, severity, basis, note, enabled)
        VALUES ('v', 'k', '保本', '承诺', 4, '', '', 1);
      UPDATE lexicon_versions SET state = 'published', content_hash = 'hash', published_at = 2 WHERE id = 'v';
      INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('j', 'screening', '{}', 'succeeded', 1);
      INSERT INTO screening_runs (id, job_id, state, filter, only_new, started_at) VALUES ('r', 'j', 'done', '{}', 0, 1);
      INSERT INTO hits (id, message_id, field, start, "end", term_key, term_id, version_id, run_id, sent_at, term, category,
        severity, text, folds, confidence, parts, state, decided_by, decided_at, reason_code)
        VALUES (7, 3, 'text.content', 0, 1, 'k', 1, 'v', 'r', 1, '保本', '承诺', 4, '本', '["split"]', 0.85, '[{"messageId":1},{"messageId":3}]', 'dismissed',
          'u', 5, 'other');
      INSERT INTO dispositions (id, hit_id, decision, note, decided_by, decided_at) VALUES (1, 7, 'confirmed', '', 'u', 4);
      INSERT INTO dispositions (id, hit_id, decision, note, decided_by, decided_at, undoes) VALUES (2, 7, 'reopened', '', 'u', 5, 1)`);
  },
  '0010-handovers': ({ handle }) => {
    handle.exec(`INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('j', 'import', '{}', 'succeeded', 1);
      INSERT INTO imports (id, job_id, kind, state, started_at) VALUES ('i', 'j', 'auto', 'done', 1);
      INSERT INTO import_files (import_id, ordinal, blob_id, name, bytes, state, read, imported)
        VALUES ('i', 0, 'b', 'chat.jsonl', 9, 'done', 2, 2)`);
    handle.exec(newUser('u'));
  },
  '0011-past-seats': ({ handle }) => {
    handle.exec(newUser('u'));
    handle.exec(newUser('w'));
    const hash = 'a'.repeat(64);
    handle.exec(`INSERT INTO workflow_templates (id, number, active, created_by, created_at, updated_at) VALUES ('t', 1, 1, 'u', 1, 1);
      INSERT INTO workflow_template_versions (id, template_id, number, content, content_hash, published_by, published_at)
        VALUES ('tv', 't', 1, '{}', 'h', 'u', 1)`);
    for (const id of ['open', 'over'])
      handle.exec(`INSERT INTO materials (id, type, state, title, title_key, channels, branch, campaign, product_name, created_by,
          created_at, updated_by, updated_at) VALUES ('m-${id}', 'moments-post', 'in-review', '', '', ',', '', '', '', 'u', 1, 'u', 1);
        INSERT INTO material_versions (id, material_id, number, title, content, content_hash, exemptions, exemption_count, note,
          created_by, created_at) VALUES ('v-${id}', 'm-${id}', 1, '', '{}', '${hash}', '[]', 0, '', 'u', 1);
        INSERT INTO reviews (id, material_id, template_version_id, risk, branch, state, version_id, submitted_by, opened_at,
          closed_at, updated_at) VALUES ('${id}', 'm-${id}', 'tv', 'low', '', '${id === 'over' ? 'approved' : 'running'}', 'v-${id}', 'u', 1,
          ${id === 'over' ? 9 : 'NULL'}, 8);
        INSERT INTO review_stages (id, review_id, version_id, stage_key, roster, opened_at)
          VALUES ('s-${id}', '${id}', 'v-${id}', 'first', '["u","w"]', 1)`);
    handle.exec(`INSERT INTO review_seats (review_id, user_id) VALUES ('open', 'w')`);
  },
};

/** What must be true after it. */
const after: Readonly<Record<string, (connection: DatabaseConnection) => void>> = {
  '0001-foundation': (connection) => {
    expect(schemaOf(connection).length).toBeGreaterThan(40);
  },
  '0002-skipped-members': ({ handle }) => {
    expect(handle.prepare('SELECT name, read, imported, skipped FROM import_files').all()).toEqual([
      { name: 'chat.jsonl', read: 2, imported: 2, skipped: null },
    ]);
  },
  '0003-rules': ({ handle }) => {
    // The folds that there were stay with what was published, which still can't be changed.
    expect(handle.prepare('SELECT content_hash, settings FROM lexicon_versions').all()).toEqual([
      {
        content_hash: 'hash',
        settings: JSON.stringify({ folds: ['width', 'case', 'invisible'], aliases: [], components: [] }),
      },
    ]);
    expect(handle.prepare('SELECT text, options FROM terms').all()).toEqual([{ text: 'VIP', options: '{}' }]);
    expect(() => handle.exec(`UPDATE terms SET options = '{"wholeWord":true}'`)).toThrow('immutable');
    expect(() => handle.exec(`UPDATE lexicon_versions SET settings = '{}'`)).toThrow('immutable');
    expect(handle.prepare('SELECT confidence, parts FROM hits ORDER BY start').all()).toEqual([
      { confidence: 1, parts: null },
      { confidence: 0.99, parts: null },
      { confidence: 0.99, parts: null },
      { confidence: 0.97, parts: null },
    ]);
    expect(() => handle.exec('UPDATE hits SET confidence = 0')).toThrow('never changes');
    expect(handle.prepare('SELECT cut FROM screening_runs').all()).toEqual([{ cut: 0 }]);
    handle.exec(`INSERT INTO users (id, user_name, display_name, password_hash, must_change_password, state, created_at, updated_at)
        VALUES ('u', 'li', '李', 'x', 0, 'active', 1, 1);
      INSERT INTO suppressions (id, definition, reason, owner, created_at, expires_at) VALUES ('s', '{}', '免责声明', 'u', 1, 9)`);
    expect(() => handle.exec('UPDATE suppressions SET expires_at = 99')).toThrow('never changes');
    expect(() => handle.exec('DELETE FROM suppressions')).toThrow('never deleted');
    handle.exec(`UPDATE suppressions SET ended_at = 5, ended_by = 'u'`);
  },
  '0004-materials': ({ handle }) => {
    expect(handle.prepare('SELECT id FROM users').pluck().all()).toEqual(['u']);
    const hash = 'a'.repeat(64);
    const version = (number: number) =>
      `INSERT INTO material_versions (id, material_id, number, title, content, content_hash, exemptions, exemption_count, note,
         created_by, created_at) VALUES ('v${number}', 'm', ${number}, '', '{}', '${hash}', '[]', 0, '', 'u', 1)`;
    handle.exec(`INSERT INTO materials (id, type, title, title_key, channels, branch, campaign, product_name, created_by,
        created_at, updated_by, updated_at) VALUES ('m', 'poster', '', '', ',', '', '', '', 'u', 1, 'u', 1);
      INSERT INTO material_drafts (material_id, content, content_hash, exemptions, revision, series_from, updated_by, updated_at)
        VALUES ('m', '{}', '${hash}', '[]', 1, 1, 'u', 1);
      ${version(1)};
      INSERT INTO material_version_editors (version_id, user_id) VALUES ('v1', 'u')`);
    const refused: readonly (readonly [string, string])[] = [
      ['DELETE FROM materials', 'never deleted'],
      [`UPDATE materials SET created_by = 'u'`, 'never changes'],
      ['UPDATE material_drafts SET revision = 3', 'next revision'],
      [`UPDATE material_drafts SET content = '{"a":1}'`, 'next revision'],
      ['DELETE FROM material_drafts', 'stays with its material'],
      [version(3), 'without gaps'],
      [version(1), 'without gaps'],
      [`UPDATE material_versions SET content = '{"a":1}'`, 'immutable'],
      [`UPDATE material_versions SET exemptions = '[1]'`, 'immutable'],
      ['DELETE FROM material_versions', 'never deleted'],
      [`UPDATE material_version_editors SET user_id = 'x'`, 'for ever'],
      ['DELETE FROM material_version_editors', 'for ever'],
      [`UPDATE materials SET state = 'lost'`, 'CHECK'],
    ];
    for (const [statement, reason] of refused) {
      expect(() => handle.exec(statement), statement).toThrow(reason);
    }
    handle.exec(`UPDATE material_versions SET findings = '[]', precheck_at = 2`);
    expect(() => handle.exec(`UPDATE material_versions SET findings = '[1]', precheck_at = 3`)).toThrow(
      'immutable',
    );
    handle.exec('UPDATE materials SET latest_number = 1');
    expect(() => handle.exec('UPDATE materials SET latest_number = 0')).toThrow('only go up');
  },
  '0005-products': ({ handle }) => {
    handle.exec(`INSERT INTO products (id, code, name, type, currency, state, revision, created_at, updated_at, updated_by)
        VALUES ('p', 'C1', '安心', 'fund', 'CNY', 'active', 1, 1, 1, 'u')`);
    expect(handle.prepare('SELECT facts, aliases, sheet FROM products').all()).toEqual([
      { facts: '[]', aliases: '[]', sheet: '' },
    ]);
    expect(() => handle.exec(`UPDATE products SET name = 'x'`)).toThrow('revision');
    expect(() => handle.exec('DELETE FROM products')).toThrow('never deleted');
    expect(() => handle.exec(`UPDATE products SET id = 'q', revision = 2`)).toThrow('keeps its id');
    handle.exec(`UPDATE products SET state = 'retired', revision = 2`);
  },
  '0006-workflow': ({ handle }) => {
    expect(handle.prepare('SELECT user_name, branch FROM users').all()).toEqual([
      { user_name: 'li', branch: '' },
    ]);
    handle.exec(`INSERT INTO workflow_templates (id, number, active, created_by, created_at, updated_at) VALUES ('t', 1, 1, 'u', 1, 1);
      INSERT INTO workflow_template_versions (id, template_id, number, content, content_hash, published_by, published_at)
        VALUES ('tv', 't', 1, '{}', 'h', 'u', 1)`);
    expect(() => handle.exec(`UPDATE workflow_template_versions SET content = '{"a":1}'`)).toThrow(
      'never changes',
    );
    expect(() => handle.exec('DELETE FROM workflow_template_versions')).toThrow('never changes');
  },
  '0007-publication': ({ handle }) => {
    handle.exec(`INSERT INTO jobs (id, kind, input, state, created_at) VALUES ('j', 'publication', '{}', 'succeeded', 1);
      INSERT INTO publication_runs (id, job_id, state, filter, only_new, started_by, started_at)
        VALUES ('r', 'j', 'done', '{}', 1, 'u', 1)`);
    const find = (id: string) =>
      handle.exec(`INSERT INTO findings (id, kind, message_id, article, sent_at, verdict, run_id, found_at)
        VALUES ('${id}', 'no-approval', 3, 0, 1, 'no-approval', 'r', 1)`);
    find('f');
    expect(() => find('g')).toThrow('UNIQUE');
    handle.exec(`UPDATE findings SET state = 'confirmed', decided_by = 'u', decided_at = 2`);
    expect(() => handle.exec(`UPDATE findings SET verdict = 'identical'`)).toThrow('never changes');
    expect(() => handle.exec('DELETE FROM findings')).toThrow('never deleted');
    handle.exec(`INSERT INTO finding_dispositions (finding_id, decision, note, decided_by, decided_at)
      VALUES ('f', 'confirmed', '', 'u', 2)`);
    expect(() => handle.exec(`UPDATE finding_dispositions SET note = 'x'`)).toThrow('append-only');
    handle.exec(`INSERT INTO publication_checks (id, source, source_id, name, content_hash, verdict, published_at, note,
        checked_by, checked_at) VALUES ('c', 'text', '', '', 'h', 'no-approval', 1, '', 'u', 1)`);
    expect(() => handle.exec('DELETE FROM publication_checks')).toThrow('never changes');
  },
  '0008-documents': ({ handle }) => {
    const insert = (version: number) =>
      handle
        .prepare(
          `INSERT INTO documents VALUES ('b', ?, 'text', 'text/plain', '理财', NULL, '[]', '[]', '[]', 1)
           ON CONFLICT (blob_id) DO UPDATE SET extractor_version = excluded.extractor_version`,
        )
        .run(version);
    insert(1);
    insert(2);
    expect(handle.prepare('SELECT extractor_version FROM documents').all()).toEqual([
      { extractor_version: 2 },
    ]);
  },
  '0009-lexicon-edits': ({ handle }) => {
    expect(handle.prepare('SELECT revision, changed_by FROM terms').all()).toEqual([
      { revision: 0, changed_by: null },
    ]);
    expect(() => handle.exec('UPDATE terms SET revision = 1')).toThrow('immutable');
    expect(handle.prepare('SELECT id, state, parts, confidence, reason_code FROM hits').all()).toEqual([
      {
        id: 7,
        state: 'dismissed',
        parts: '[{"messageId":1},{"messageId":3}]',
        confidence: 0.85,
        reason_code: 'other',
      },
    ]);
    expect(handle.prepare('SELECT id, hit_id, undoes FROM dispositions ORDER BY id').all()).toEqual([
      { id: 1, hit_id: 7, undoes: null },
      { id: 2, hit_id: 7, undoes: 1 },
    ]);
    const copy = (parts: string) =>
      handle.exec(`INSERT INTO hits SELECT NULL, message_id, field, start, "end", term_key, term_id, version_id, run_id,
        conversation_id, sender_id, sent_at, term, category, severity, text, folds, 'open', NULL, NULL, NULL, confidence,
        ${parts} FROM hits WHERE id = 7`);
    copy(`'[{"messageId":2},{"messageId":3}]'`);
    copy('NULL');
    expect(() => copy(`'[{"messageId":1},{"messageId":2},{"messageId":3}]'`)).toThrow('UNIQUE');
    expect(() => copy('NULL')).toThrow('UNIQUE');
    // What protects them is there again.
    expect(() => handle.exec('DELETE FROM hits')).toThrow('never deleted');
    expect(() => handle.exec('UPDATE hits SET parts = NULL')).toThrow('never changes');
    expect(() => handle.exec('DELETE FROM dispositions')).toThrow('append-only');
    expect(() => handle.exec('UPDATE dispositions SET note = 1')).toThrow('append-only');
    expect(() =>
      handle.exec(
        `INSERT INTO dispositions (hit_id, decision, note, decided_by, decided_at) VALUES (99, 'confirmed', '', 'u', 4)`,
      ),
    ).toThrow('FOREIGN KEY');
  },
  '0010-handovers': ({ handle }) => {
    expect(handle.prepare('SELECT id, as_of, mapping FROM imports').all()).toEqual([
      { id: 'i', as_of: null, mapping: null },
    ]);
    handle.exec(`INSERT INTO feed_facts (kind, item, at, whole_day, data, digest, feed, file_id, line)
      VALUES ('listed', 'wmA', 1, 1, '{}', x'01', 'customers', 1, 3)`);
    handle.exec('UPDATE feed_facts SET line = 2');
    expect(() => handle.exec('UPDATE feed_facts SET at = 2')).toThrow('never changes');
    expect(() => handle.exec('DELETE FROM feed_facts')).toThrow('never changes');
    handle.exec(`INSERT INTO handovers (id, leaver, last_day, reason, state, revision, opened_by, opened_at, updated_at)
        VALUES ('h', 'zhangsan', '2026-11-01', '', 'open', 1, 'u', 1, 1);
      INSERT INTO handover_snapshots (id, handover_id, number, hash, blob_id, unexplained, frozen_by, frozen_at)
        VALUES ('s', 'h', 1, 'hash', 'blob', 0, 'u', 1)`);
    const sign = `INSERT INTO handover_signatures (snapshot_id, role, party, user_id, name, hash, reservations, signed_at)
      VALUES ('s', ?, 'zhangsan', 'u', '张', ?, '', 2)`;
    expect(() => handle.prepare(sign).run('leaver', 'other')).toThrow('over the frozen sheet');
    handle.prepare(sign).run('leaver', 'hash');
    expect(() => handle.prepare(sign).run('leaver', 'hash')).toThrow('UNIQUE');
    expect(() => handle.exec("UPDATE handover_snapshots SET hash = 'x'")).toThrow('never changes');
    handle.exec("UPDATE handover_snapshots SET reopened_at = 3, reopened_by = 'u', reopened_reason = '漏报'");
    expect(() => handle.exec('UPDATE handover_snapshots SET reopened_at = 4')).toThrow('once');
    expect(() => handle.prepare(sign).run('taker', 'hash')).toThrow('over the frozen sheet');
    expect(() => handle.exec("UPDATE handover_signatures SET name = 'x'")).toThrow('never changes');
  },
  '0011-past-seats': ({ handle }) => {
    // Whoever is still asked isn't past.
    expect(handle.prepare('SELECT review_id, user_id, at FROM review_past_seats ORDER BY id').all()).toEqual([
      { review_id: 'open', user_id: 'u', at: 8 },
      { review_id: 'over', user_id: 'u', at: 9 },
      { review_id: 'over', user_id: 'w', at: 9 },
    ]);
    expect(() => handle.exec('UPDATE review_past_seats SET at = 1')).toThrow('never changes');
    expect(() => handle.exec('DELETE FROM review_past_seats')).toThrow('never changes');
  },
};

describe('migrations', () => {
  test('are numbered, each number given once', () => {
    const numbers = names.map((name) => Number(name.slice(0, 4)));
    expect(numbers.every((number) => number > 0)).toBe(true);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test.each(names)('%s runs on the version before it and keeps what is there', async (name) => {
    await withDatabase(async (connection) => {
      const previous = names[names.indexOf(name) - 1];
      if (previous !== undefined) await migrate(connection, previous);
      expect(before[name], 'a migration needs a test of what it keeps').toBeDefined();
      before[name]?.(connection);
      await migrate(connection, name);
      expect(appliedMigrations(connection).at(-1)).toBe(name);
      expect(after[name]).toBeDefined();
      after[name]?.(connection);
      expect(connection.handle.pragma('foreign_key_check')).toEqual([]);
    });
  });

  test('run again change nothing', async () => {
    await withDatabase(async (connection) => {
      await migrate(connection);
      const first = schemaOf(connection);
      await migrate(connection);
      expect(schemaOf(connection)).toEqual(first);
    });
  });

  test('one that fails leaves the schema of the version before, and the ones before it in place', async () => {
    const broken: Record<string, Migration> = {
      ...migrations,
      '9998-good': {
        up: async (database) =>
          void (await sql.raw('CREATE TABLE good_table (id INTEGER) STRICT').execute(database)),
      },
      '9999-broken': {
        async up(database) {
          await sql.raw('CREATE TABLE broken_table (id INTEGER) STRICT').execute(database);
          throw new Error('half-way');
        },
      },
    };
    await withDatabase(async (connection) => {
      await migrate(connection);
      await expect(migrate(connection, '9999-broken', broken)).rejects.toThrow('half-way');
      expect(appliedMigrations(connection)).toEqual([...names, '9998-good']);
      expect(schemaOf(connection).join()).not.toContain('broken_table');
      expect(schemaOf(connection).join()).toContain('good_table');
    });
  });

  test('one that is killed half-way leaves the old schema, and can be run again', async () => {
    await withDatabase((connection) => migrate(connection));
    const old = await withDatabase(async (connection) => schemaOf(connection));
    const script = fileURLToPath(new URL('../../../../test/support/slow-migration.ts', import.meta.url));
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await withDatabase(async (connection) => {
      expect(schemaOf(connection)).toEqual(old);
      expect(appliedMigrations(connection)).toEqual(names);
      expect(connection.handle.pragma('integrity_check', { simple: true })).toBe('ok');
      const again = { ...migrations, '9999-slow': { up: async () => {} } };
      await migrate(connection, '9999-slow', again);
      expect(appliedMigrations(connection).at(-1)).toBe('9999-slow');
    });
  }, 30_000);

  test('a database with a migration that this version does not know is refused by name', async () => {
    await withDatabase(async (connection) => {
      const known = { ...migrations, '9999-future': { up: async () => {} } };
      await migrate(connection, '9999-future', known);
      await expect(migrate(connection)).rejects.toMatchObject({
        code: 'workspace-newer',
        details: { newer: '9999-future' },
      });
    });
  });
});
