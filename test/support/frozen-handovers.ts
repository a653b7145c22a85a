import {
  CalendarDay,
  HandoverId,
  HandoverSnapshotId,
  Milliseconds,
  ContentHash,
  UserId,
} from '../../src/core/contract/ids.ts';
import type { SnapshotView } from '../../src/core/features/handovers/signing/contract.ts';
import type { FrozenHandover, FrozenRow } from '../../src/core/features/handovers/signing/document.ts';
import { type Outcome, outcomes } from '../../src/core/features/handovers/model.ts';

const day = Date.UTC(2026, 2, 31, 2);
const at = (offset: number) => Milliseconds.parse(day + offset * 60_000);

/** A row of customers: its outcome follows from its number. */
export function frozenRow(index: number, changed: Partial<FrozenRow> = {}): FrozenRow {
  const byNumber: Outcome =
    index % 40 === 7 ? (outcomes[1 + (Math.floor(index / 40) % 7)] ?? 'waiting') : 'takenOver';
  const outcome = changed.outcome ?? byNumber;
  return {
    id: `wmKEHU${String(index).padStart(26, '0')}`,
    name: `客户${index}`,
    outcome,
    why: 'transfer-result',
    whyValue: '',
    taker: outcome === 'unexplained' ? null : 'sumei',
    at: at(index % 5_000),
    conflict: index % 400 === 7,
    late: outcome === 'waiting',
    sources: [
      {
        type: 'fact',
        feed: 'customers',
        file: 'chenlin-客户列表-2026-03-01.json',
        line: index + 1,
        says: 'listed',
        employee: 'chenlin',
        at: at(0),
        wholeDay: true,
        code: null,
      },
      {
        type: 'fact',
        feed: 'transfer-customer',
        file: 'transfer-customer.json',
        line: index + 1,
        says: 'started',
        employee: 'chenlin',
        at: at(60),
        wholeDay: false,
        code: '0',
      },
      {
        type: 'fact',
        feed: 'transfer-result',
        file: 'transfer-result.json',
        line: index + 1,
        says: 'status-1',
        employee: 'chenlin',
        at: at(2_000),
        wholeDay: false,
        code: '1',
      },
    ],
    explanation:
      outcome === 'unexplained'
        ? { text: '客户已注销，支行已核对开户资料。', by: '沈知微', at: at(3_000) }
        : null,
    ...changed,
  };
}

/** Figures that these rows add up to. */
export function frozenClass(rows: readonly FrozenRow[]) {
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  return {
    figures: {
      opening: rows.length,
      takenOver: count('takenOver'),
      waiting: count('waiting'),
      refused: count('refused'),
      takerAtLimit: count('takerAtLimit'),
      deletedByCustomer: count('deletedByCustomer'),
      deletedByLeaver: count('deletedByLeaver'),
      invalid: count('invalid'),
      unexplained: count('unexplained'),
      conflicts: rows.filter((row) => row.conflict).length,
      late: rows.filter((row) => row.late).length,
      explained: rows.filter((row) => row.outcome === 'unexplained' && row.explanation !== null).length,
    },
    rows: [...rows],
  };
}

/** A frozen sheet with so many customers, a few groups, a finding that counts, one that was dismissed, and a promise. */
export function frozenHandover(customers: readonly FrozenRow[]): FrozenHandover {
  const groups = Array.from({ length: 4 }, (_, index) =>
    frozenRow(index, { id: `wrQUN${index}`, name: `湖滨理财交流群${index}` }),
  );
  return {
    form: 'countersign-handover-1',
    handoverId: HandoverId.parse('0197a3f0-0000-7000-8000-000000000001'),
    workspaceTitle: '安和银行 内控合规部',
    timeZone: 'Asia/Shanghai',
    parties: {
      leaver: { userid: 'chenlin', name: '陈霖' },
      takers: [{ userid: 'sumei', name: '苏梅' }],
      supervisor: '王鉴',
      branch: '湖滨支行',
      lastDay: CalendarDay.parse('2026-03-31'),
      openingDay: null,
      reason: '个人原因离职',
    },
    at: at(4_000),
    classes: {
      customers: frozenClass(customers),
      groups: frozenClass(groups),
      liveCodes: frozenClass([]),
      tasks: frozenClass([]),
      materials: frozenClass([]),
      cases: frozenClass([]),
    },
    risk: { score: 60, level: 'high' },
    findings: [
      {
        key: 'diversion:1',
        kind: 'diversion',
        at: at(-9_000),
        score: 60,
        values: { day: '2026-03-24', who: '客户李女士', words: '加我私人微信', count: 3 },
        evidence: [],
        dismissed: null,
      },
      {
        key: 'new-device:1',
        kind: 'new-device',
        at: at(-8_000),
        score: 10,
        values: { day: '2026-03-25', count: 1 },
        evidence: [],
        dismissed: { reason: '行里统一换发手机，有领用单。', by: '沈知微', at: at(3_500) },
      },
    ],
    promises: [
      {
        key: '1:0',
        kind: 'dated',
        at: at(-20_000),
        customer: '李女士',
        excerpt: '下周一把到期方案发您。',
        dueDay: CalendarDay.parse('2026-04-06'),
        standing: 'later',
        decision: {
          decision: 'accepted',
          title: '给李女士发到期方案',
          dueDay: CalendarDay.parse('2026-04-06'),
          taker: 'sumei',
          note: '',
          by: '沈知微',
          at: at(3_600),
        },
      },
    ],
    names: { chenlin: '陈霖', sumei: '苏梅' },
  };
}

/** Signed by the taker with reservations and by the supervisor, who recorded the leaver's absence. */
export function frozenSnapshot(hash: string): SnapshotView {
  const user = (index: number) => UserId.parse(`0197a3f0-0000-7000-8000-00000000001${index}`);
  const signed = { hash: ContentHash.parse(hash), reservations: '', absence: null };
  return {
    id: HandoverSnapshotId.parse('0197a3f0-0000-7000-8000-000000000002'),
    number: 1,
    hash: ContentHash.parse(hash),
    unexplained: 0,
    frozenBy: { id: user(1), name: '沈知微' },
    frozenAt: at(4_000),
    reopened: null,
    signatures: [
      {
        ...signed,
        role: 'leaver',
        party: 'chenlin',
        by: { id: user(2), name: '王鉴' },
        absence: '已离行，三次联系未到场。',
        signedAt: at(4_100),
      },
      {
        ...signed,
        role: 'taker',
        party: 'sumei',
        by: { id: user(3), name: '苏梅' },
        reservations: '两位客户尚未见面，一周内补访。',
        signedAt: at(4_200),
      },
      { ...signed, role: 'supervisor', party: '', by: { id: user(2), name: '王鉴' }, signedAt: at(4_300) },
    ],
  };
}
