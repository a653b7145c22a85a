import type { DatabaseConnection } from '../../src/core/platform/database/connection.ts';
import { contentOf } from './materials.ts';
import { addPeople, addSource } from './many-hits.ts';
import { approvedTexts } from './published-texts.ts';

// Approvals and messages by the thousand, written straight into the tables, for tests that are killed and for benchmarks. The reviews
// behind the approvals are left out: nothing of what is tested looks at them.

const at = Date.UTC(2026, 0, 5, 1);
const uuid = (kind: number, value: number) =>
  `019b0000-${kind.toString(16).padStart(4, '0')}-7000-8000-${value.toString(16).padStart(12, '0')}`;

/** Approves so many invented texts. */
export function addApprovals(handle: DatabaseConnection['handle'], count: number): readonly string[] {
  const texts = approvedTexts(count);
  const user = handle.prepare<[], string>('SELECT id FROM users LIMIT 1').pluck().get() ?? '';
  const material =
    handle.prepare(`INSERT INTO materials (id, type, title, title_key, channels, branch, campaign, product_name,
    created_by, created_at, updated_by, updated_at) VALUES (?, 'moments-post', ?, ?, ',', '', '', '', ?, ?, ?, ?)`);
  const version =
    handle.prepare(`INSERT INTO material_versions (id, material_id, number, title, content, content_hash, exemptions,
    exemption_count, note, created_by, created_at) VALUES (?, ?, 1, ?, ?, ?, '[]', 0, '', ?, ?)`);
  const approval =
    handle.prepare(`INSERT INTO approvals (id, year, sequence, number, review_id, material_id, version_id, hash,
    record, approved_at, expires_at) VALUES (?, 2026, ?, ?, ?, ?, ?, ?, '{}', ?, ?)`);
  handle.pragma('foreign_keys = OFF');
  handle.transaction(() => {
    for (const [index, text] of texts.entries()) {
      const [materialId, versionId, title] = [uuid(0x20, index), uuid(0x21, index), `素材${index}`];
      const hash = index.toString(16).padStart(64, '0');
      material.run(materialId, title, title, user, at, user, at);
      version.run(
        versionId,
        materialId,
        title,
        JSON.stringify(contentOf('moments-post', title, [text])),
        hash,
        user,
        at,
      );
      approval.run(
        uuid(0x22, index),
        index + 1,
        `〔2026〕${String(index + 1).padStart(6, '0')}`,
        uuid(0x23, index),
        materialId,
        versionId,
        hash,
        at,
        at + 10 * 365 * 86_400_000,
      );
    }
  })();
  handle.pragma('foreign_keys = ON');
  return texts;
}

/**
 * Adds 200 approvals and messages of employees: one in `every` is an approved text with another figure in it, the others are
 * talk.
 */
export function addPromotions(
  handle: DatabaseConnection['handle'],
  messages: number,
  every: number,
  approvals = 200,
): void {
  const texts = addApprovals(handle, approvals);
  const insert =
    handle.prepare(`INSERT INTO messages (msgid, conversation_id, sender_id, sent_at, action, kind, text, file_id, line)
    VALUES (?, ?, ?, ?, 'send', 'text', ?, ?, ?)`);
  handle.transaction(() => {
    const fileId = addSource(handle, 7);
    const { conversations } = addPeople(handle);
    for (let number = 0; number < messages; number += 1) {
      const conversation = conversations[number % conversations.length];
      const text = texts[(number * 7) % texts.length] ?? '';
      insert.run(
        `promotion-${number}`,
        conversation?.id,
        conversation?.employee,
        at + 1 + number,
        number % every === 0
          ? text.replace(/\d/u, String(number % 90_000))
          : `好的，您明天上午来，我在二号窗口${number}`,
        fileId,
        number + 1,
      );
    }
  })();
}
