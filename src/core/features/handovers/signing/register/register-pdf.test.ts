import { createHash } from 'node:crypto';

import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, describe, expect, test } from 'vitest';

import {
  frozenHandover,
  frozenRow,
  frozenSnapshot,
} from '../../../../../../test/support/frozen-handovers.ts';
import { Milliseconds } from '../../../../contract/ids.ts';
import { createLog } from '../../../../platform/log.ts';
import { canonicalJson } from '../../../audit/index.ts';
import type { FrozenHandover } from '../document.ts';
import type { RegisterRequest } from './register-protocol.ts';
import { createRegisterMaker } from './register.ts';

const maker = createRegisterMaker({ log: createLog('silent') });

afterAll(() => maker.close());

/** What the contracts let people write. */
const longestNote = 4_000;
const longestExplanation = 2_000;

const longest = (start: string, end: string, length: number) =>
  `${start}${'此项已逐一核对纸质资料并留存复印件。'.repeat(length).slice(0, length - start.length - end.length)}${end}`;

/** The text of a PDF without spaces and breaks: these depend on where lines end. */
async function printed(handover: FrozenHandover, kind: RegisterRequest['kind']): Promise<string> {
  const content = Buffer.from(canonicalJson(handover));
  const snapshot = frozenSnapshot(createHash('sha256').update(content).digest('hex'));
  const [leaver, taker, supervisor] = snapshot.signatures;
  if (leaver === undefined || taker === undefined || supervisor === undefined) throw new Error('three sign');
  const { bytes } = await maker.make({
    content: { bytes: content },
    snapshot: {
      ...snapshot,
      signatures: [
        { ...leaver, absence: longest('缺席之始', '缺席之终', longestNote) },
        { ...taker, reservations: longest('保留之始', '保留之终', longestNote) },
        // Many lines take as much room as many signs.
        { ...supervisor, reservations: `监交之始${'\n一'.repeat(200)}\n监交之终` },
      ],
    },
    kind,
    format: 'pdf',
    language: 'zh-CN',
    printedAt: Milliseconds.parse(Date.UTC(2026, 3, 3)),
  });
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true });
  return text.replaceAll(/\s+/g, '');
}

const signatures = ['缺席之始', '缺席之终', '保留之始', '保留之终', '监交之始', '监交之终', '苏梅', '王鉴'];

/** Every fifth row is explained at the greatest length, the first one too, and one has the longest name. */
function longHandover(): FrozenHandover {
  const handover = frozenHandover(
    Array.from({ length: 12 }, (_, index) => {
      const words = longest(`说明${index}之始`, `说明${index}之终`, longestExplanation);
      const explanation = { text: words, by: '沈知微', at: Milliseconds.parse(Date.UTC(2026, 3, 2)) };
      return index % 5 === 0
        ? frozenRow(index, { outcome: 'unexplained', explanation })
        : frozenRow(index, index === 3 ? { name: longest('名称之始', '名称之终', 760) } : {});
    }),
  );
  return {
    ...handover,
    findings: handover.findings.map((finding) =>
      finding.dismissed === null
        ? finding
        : {
            ...finding,
            dismissed: { ...finding.dismissed, reason: longest('误报之始', '误报之终', longestNote) },
          },
    ),
    promises: handover.promises.map((promise) =>
      promise.decision === null
        ? promise
        : {
            ...promise,
            decision: { ...promise.decision, note: longest('承诺之始', '承诺之终', longestNote) },
          },
    ),
  };
}

describe('the longest texts that people may write', () => {
  test('are whole in the register, beside every row and signer', async () => {
    const handover = longHandover();
    const text = await printed(handover, 'register');
    for (const { id } of handover.classes.customers.rows) expect(text).toContain(id);
    for (const index of [0, 5, 10]) {
      expect(text).toContain(`说明${index}之始`);
      expect(text).toContain(`说明${index}之终`);
    }
    for (const words of ['名称之始', '名称之终', '误报之始', '误报之终', '承诺之始', '承诺之终'])
      expect(text).toContain(words);
    for (const words of signatures) expect(text).toContain(words);
  }, 60_000);

  test('are whole in the certificate', async () => {
    const text = await printed(longHandover(), 'certificate');
    for (const words of signatures) expect(text).toContain(words);
  }, 60_000);
});
