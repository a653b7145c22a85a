import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { ContentHash, DecisionId, MaterialVersionId, Milliseconds, UserId } from '../../../contract/ids.ts';
import { changeKinds } from '../diff/model.ts';
import { TemplateContent, type TemplateStage } from '../templates/contract.ts';
import {
  type DecisionKind,
  type DelegationPeriod,
  type Intention,
  type ReviewDecision,
  type ReviewFacts,
  type SubmittedVersion,
  allowsCopy,
  copiesInto,
  currentVersion,
  decisionKinds,
  holds,
  mayReassign,
  mayTickCondition,
  refusalOf,
  standingOf,
} from './model.ts';

const uuid = (kind: number, index: number) =>
  `0000000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
const user = (index: number) => UserId.parse(uuid(1, index));
const versionOf = (index: number) => MaterialVersionId.parse(uuid(2, index));
const decisionOf = (index: number) => DecisionId.parse(uuid(3, index));
const hashOf = (index: number) => ContentHash.parse(String(index).padStart(64, '0'));
const time = (value: number) => Milliseconds.parse(value);

const [editor, second, anna, bo, chen, dai] = [0, 1, 2, 3, 4, 5].map(user) as [
  UserId,
  UserId,
  UserId,
  UserId,
  UserId,
  UserId,
];
const everyone = [editor, second, anna, bo, chen, dai];

function stage(key: string, rest: Partial<TemplateStage> = {}): TemplateStage {
  const [parsed] = TemplateContent.parse({
    name: 't',
    validityMonths: 12,
    stages: [{ key, name: key, kind: 'decide', assignees: { users: everyone }, mode: 'any' }],
  }).stages;
  if (parsed === undefined) throw new Error('no stage');
  return { ...parsed, ...rest };
}

/** A review as the service runs one: every change goes through the model, every stage is opened when its turn comes. */
class Run {
  facts: ReviewFacts;
  rosters: ReadonlyMap<string, readonly UserId[]>;
  delegations: DelegationPeriod[] = [];
  now = 0;

  constructor(
    stages: readonly TemplateStage[],
    rosters: Readonly<Record<string, readonly UserId[]>> = {},
    version: Partial<SubmittedVersion> = {},
  ) {
    this.rosters = new Map(Object.entries(rosters));
    this.facts = {
      template: { stages: [...stages] },
      preparer: editor,
      versions: [],
      rosters: [],
      decisions: [],
      acceptedExemptions: [],
      openConditions: 0,
      openMustFix: 0,
      cancelled: false,
    };
    this.submit(version);
  }

  submit(version: Partial<SubmittedVersion> = {}, change: (typeof changeKinds)[number] = 'text'): void {
    const index = this.facts.versions.length;
    const submitted = {
      id: versionOf(index),
      hash: hashOf(index),
      submittedBy: editor,
      editors: [editor],
      checked: true,
      blocks: [],
      ...version,
    };
    this.facts = { ...this.facts, versions: [...this.facts.versions, submitted] };
    this.open(change);
  }

  private open(change: (typeof changeKinds)[number] | null): void {
    for (;;) {
      const { current, state } = standingOf(this.facts);
      const { id, hash } = currentVersion(this.facts);
      const key = current === null ? undefined : this.facts.template.stages[current]?.key;
      if (state !== 'running' || key === undefined) return;
      if (this.facts.rosters.some((roster) => roster.versionId === id && roster.stageKey === key)) return;
      const users = this.rosters.get(key) ?? everyone;
      this.facts = {
        ...this.facts,
        rosters: [...this.facts.rosters, { versionId: id, stageKey: key, users, lapsed: false }],
      };
      const copies = change === null ? [] : copiesInto(this.facts, key, change);
      this.facts = {
        ...this.facts,
        decisions: [
          ...this.facts.decisions,
          ...copies.map((copied, offset) => ({
            ...copied,
            id: decisionOf(this.facts.decisions.length + offset),
            versionId: id,
            hash,
            copiedFrom: copied.id,
          })),
        ],
      };
    }
  }

  intention(by: UserId, kind: DecisionKind, rest: Partial<Intention> = {}): Intention {
    const { id, hash } = currentVersion(this.facts);
    const { current } = standingOf(this.facts);
    return {
      versionId: id,
      hash,
      stageKey: this.facts.template.stages[current ?? 0]?.key ?? '',
      kind,
      by,
      seat: by,
      at: time(this.now),
      answers: [],
      reasonCodes: ['wording'],
      conditions: ['add the risk warning'],
      ...rest,
    };
  }

  decide(by: UserId, kind: DecisionKind, rest: Partial<Intention> = {}): string {
    const intention = this.intention(by, kind, rest);
    const refusal = refusalOf(this.facts, this.delegations, intention);
    if (refusal !== null) return refusal;
    this.facts = {
      ...this.facts,
      decisions: [
        ...this.facts.decisions,
        { ...intention, id: decisionOf(this.facts.decisions.length), copiedFrom: null },
      ],
      openConditions: this.facts.openConditions + (kind === 'approve-with-conditions' ? 1 : 0),
    };
    this.open(null);
    return standingOf(this.facts).state;
  }

  get state() {
    return standingOf(this.facts).state;
  }
}

describe('an approval', () => {
  test('needs every stage, on the same hash', () => {
    const run = new Run([stage('branch'), stage('legal')]);
    expect(run.decide(anna, 'approve')).toBe('running');
    run.submit();
    expect(run.decide(bo, 'approve')).toBe('running');
    // Anna's approval in the first stage was of other words; this one is the second stage's.
    expect(standingOf(run.facts).current).toBe(1);
    expect(run.decide(anna, 'approve')).toBe('approved');
  });

  test('by all takes all who can, by a quorum so many, by any one', () => {
    const all = new Run([stage('a', { mode: 'all' })], { a: [editor, anna, bo] });
    expect(all.decide(anna, 'approve')).toBe('running');
    expect(all.decide(bo, 'approve')).toBe('approved');
    const quorum = new Run([stage('a', { mode: 'quorum', quorum: 2 })], { a: [anna, bo, chen] });
    expect(quorum.decide(chen, 'approve')).toBe('running');
    expect(quorum.decide(bo, 'approve')).toBe('approved');
  });

  test('does not come from abstaining alone', () => {
    const run = new Run([stage('a', { mode: 'all' })], { a: [anna, bo] });
    expect(run.decide(anna, 'abstain')).toBe('running');
    expect(run.decide(bo, 'abstain')).toBe('running');
    expect(standingOf(run.facts).stages[0]?.state).toBe('stuck');
  });

  test.each(['preparer', 'submitter', 'editor'] as const)('is never given by its %s', (who) => {
    const run = new Run(
      [stage('a')],
      {},
      {
        submittedBy: who === 'submitter' ? second : editor,
        editors: who === 'editor' ? [editor, second] : [editor],
      },
    );
    const author = who === 'preparer' ? editor : second;
    expect(run.decide(author, 'approve')).toBe(who === 'editor' ? 'edited-this-version' : 'preparer');
    // Nor in somebody else's place, nor by somebody in theirs.
    run.delegations = [
      { from: anna, to: author, begins: time(0), ends: time(9), endedAt: null },
      { from: author, to: dai, begins: time(0), ends: time(9), endedAt: null },
    ];
    run.rosters = new Map([['a', [anna, author]]]);
    run.submit({ submittedBy: who === 'submitter' ? second : editor, editors: [editor, second] });
    expect(run.decide(author, 'approve', { seat: anna })).toMatch(/own-seat|edited-this-version|preparer/);
    expect(run.decide(dai, 'approve', { seat: author })).toMatch(/edited-this-version|preparer/);
    expect(run.decide(anna, 'approve')).toBe('approved');
  });

  test('waits for conditions, and for what must be fixed', () => {
    const run = new Run([stage('a')]);
    expect(run.decide(anna, 'approve-with-conditions')).toBe('awaiting');
    expect(standingOf(run.facts).blockers).toEqual(['open-conditions']);
    run.facts = { ...run.facts, openConditions: 0, openMustFix: 1 };
    expect(standingOf(run.facts).blockers).toEqual(['must-fix']);
    run.facts = { ...run.facts, openMustFix: 0 };
    expect(run.state).toBe('approved');
  });

  test('needs each approver to have accepted each exemption, of that version', () => {
    const blocks = [{ key: 'k', claimed: true }];
    const run = new Run([stage('a')], {}, { blocks });
    expect(run.decide(anna, 'approve')).toBe('exemptions-not-accepted');
    const accept = (by: UserId, version: number) =>
      (run.facts = {
        ...run.facts,
        acceptedExemptions: [
          ...run.facts.acceptedExemptions,
          { versionId: versionOf(version), findingKey: 'k', by },
        ],
      });
    accept(bo, 0);
    expect(run.decide(anna, 'approve')).toBe('exemptions-not-accepted');
    accept(anna, 0);
    run.submit({ blocks });
    expect(run.decide(anna, 'approve')).toBe('exemptions-not-accepted');
    accept(anna, 1);
    expect(run.decide(anna, 'approve')).toBe('approved');
    const unclaimed = new Run([stage('a')], {}, { blocks: [{ key: 'k', claimed: false }] });
    expect(unclaimed.decide(anna, 'approve')).toBe('block-findings');
    expect(unclaimed.decide(anna, 'return')).toBe('returned');
    const unchecked = new Run([stage('a')], {}, { checked: false });
    expect(unchecked.decide(anna, 'approve')).toBe('not-checked');
  });
});

describe('a decision', () => {
  test('is refused about another version or hash, in another stage, or once the review is over', () => {
    const run = new Run([stage('a'), stage('b')]);
    expect(run.decide(anna, 'approve', { hash: hashOf(7) })).toBe('stale');
    expect(run.decide(anna, 'approve', { stageKey: 'b' })).toBe('stage-not-open');
    run.submit();
    expect(run.decide(anna, 'approve', { versionId: versionOf(0), hash: hashOf(0) })).toBe('stale');
    expect(run.decide(anna, 'reject')).toBe('rejected');
    expect(run.decide(bo, 'approve')).toBe('not-running');
  });

  test('is taken once by each person, also for somebody else', () => {
    const run = new Run([stage('a', { mode: 'quorum', quorum: 2 })], { a: [anna, bo, chen] });
    run.delegations = [
      { from: anna, to: dai, begins: time(0), ends: time(100), endedAt: null },
      { from: bo, to: dai, begins: time(0), ends: time(100), endedAt: null },
      { from: bo, to: chen, begins: time(0), ends: time(100), endedAt: null },
    ];
    expect(run.decide(dai, 'approve', { seat: chen })).toBe('no-delegation');
    expect(run.decide(chen, 'approve', { seat: bo })).toBe('own-seat');
    expect(run.decide(dai, 'approve', { seat: anna })).toBe('running');
    expect(run.decide(dai, 'approve', { seat: bo })).toBe('already-counted');
    expect(run.decide(anna, 'approve')).toBe('already-counted');
    expect(run.decide(bo, 'approve')).toBe('approved');
  });

  test('of who approved before does not count where other people are asked for, not even through somebody else', () => {
    const run = new Run([stage('a'), stage('b', { distinct: true })], { a: [anna], b: [anna, bo] });
    run.delegations = [{ from: anna, to: dai, begins: time(0), ends: time(100), endedAt: null }];
    expect(run.decide(dai, 'approve', { seat: anna })).toBe('running');
    expect(run.decide(anna, 'approve')).toBe('counted-in-earlier-stage');
    expect(run.decide(dai, 'approve', { seat: anna })).toBe('counted-in-earlier-stage');
    expect(run.decide(bo, 'approve')).toBe('approved');
  });

  test('answers what the stage asks', () => {
    const questions = [
      { key: 'sold', text: 'Does the bank sell it?', kind: 'yes-no', required: true, accepted: 'yes' },
    ] as const;
    const run = new Run([stage('a', { questions: [...questions] })]);
    expect(run.decide(anna, 'approve')).toBe('answers-missing');
    expect(run.decide(anna, 'approve', { answers: [{ key: 'sold', answer: 'no' }] })).toBe(
      'answer-not-accepted',
    );
    expect(run.decide(anna, 'approve', { answers: [{ key: 'sold', answer: 'yes' }] })).toBe('approved');
    const returned = new Run([stage('a', { questions: [...questions] })]);
    expect(returned.decide(anna, 'return', { reasonCodes: [] })).toBe('reason-missing');
    expect(returned.decide(anna, 'return')).toBe('returned');
    expect(new Run([stage('a')]).decide(anna, 'approve-with-conditions', { conditions: [] })).toBe(
      'conditions-missing',
    );
  });

  test('in a comment stage is a comment, and elsewhere is none', () => {
    const run = new Run([stage('a', { kind: 'comment-only' }), stage('b')]);
    expect(run.decide(anna, 'approve')).toBe('wrong-kind');
    expect(run.decide(anna, 'comment')).toBe('running');
    expect(run.decide(anna, 'comment')).toBe('wrong-kind');
    expect(run.decide(anna, 'approve')).toBe('approved');
  });

  test('holds for a new version only as far as the stage allows, never in the last stage', () => {
    const stages = [
      stage('a', { copyCondition: 'punctuation-width' }),
      stage('b', { copyCondition: 'formatting-only' }),
    ];
    const run = new Run(stages);
    run.decide(anna, 'approve');
    run.decide(bo, 'return');
    run.submit({}, 'whitespace-only');
    expect(standingOf(run.facts).current).toBe(1);
    expect(run.facts.decisions.at(-1)).toMatchObject({ by: anna, copiedFrom: decisionOf(0) });
    run.submit({}, 'formatting-only');
    expect(standingOf(run.facts).current).toBe(0);
    // Whoever wrote the new version has no say about it any more.
    const wrote = new Run(stages);
    wrote.decide(anna, 'approve');
    wrote.submit({ editors: [editor, anna] }, 'whitespace-only');
    expect(standingOf(wrote.facts).current).toBe(0);
  });

  test('in the last stage is never taken over: somebody has to say yes to the very words that are approved', () => {
    const run = new Run([stage('a', { copyCondition: 'formatting-only' })]);
    expect(run.decide(anna, 'approve-with-conditions')).toBe('awaiting');
    run.submit({}, 'whitespace-only');
    run.facts = { ...run.facts, openConditions: 0 };
    expect(run.state).toBe('running');
    expect(run.facts.decisions).toHaveLength(1);
  });

  test('is copied by kinds of change as they are ordered', () => {
    const allowed = changeKinds.map((change) =>
      (['never', 'whitespace-only', 'punctuation-width', 'formatting-only'] as const).filter((condition) =>
        allowsCopy(condition, change),
      ),
    );
    expect(allowed.map(({ length }) => length)).toEqual([3, 3, 2, 1, 0]);
  });

  test('in somebody else’s place needs a delegation that holds at that moment', () => {
    const delegation = { from: anna, to: bo, begins: time(10), ends: time(20), endedAt: null };
    expect([9, 10, 19, 20].map((at) => holds(delegation, anna, bo, time(at)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(holds({ ...delegation, endedAt: time(15) }, anna, bo, time(15))).toBe(false);
    expect(holds(delegation, bo, anna, time(15))).toBe(false);
  });
});

test('a roster is never changed so that a stage is done by it', () => {
  const run = new Run([stage('a', { mode: 'all' })], { a: [anna, bo] });
  run.decide(anna, 'approve');
  expect(mayReassign(run.facts, [anna])).toBe(false);
  expect(mayReassign(run.facts, [editor])).toBe(false);
  expect(mayReassign(run.facts, [anna, chen])).toBe(true);
  expect(mayTickCondition(run.facts, editor)).toBe(false);
  expect(mayTickCondition(run.facts, chen)).toBe(true);
});

// ---- random histories ----------------------------------------------------------------------------------------

/**
 * Whether the review may be approved, worked out anew from the raw rows and the words of the rules, not from the model: for each stage
 * it looks for a set of decisions that satisfies them.
 */
function referenceApproves(facts: ReviewFacts): boolean {
  const version = facts.versions[facts.versions.length - 1];
  if (version === undefined || facts.cancelled) return false;
  if (facts.openConditions + facts.openMustFix > 0) return false;
  const isAuthor = (person: UserId) =>
    person === facts.preparer || person === version.submittedBy || version.editors.includes(person);
  if (!version.checked) return false;
  for (const block of version.blocks) {
    const accepted = facts.acceptedExemptions.filter(
      (row) => row.versionId === version.id && row.findingKey === block.key && !isAuthor(row.by),
    );
    if (!block.claimed || accepted.length === 0) return false;
  }
  const earlierApprovers: UserId[] = [];
  for (const each of facts.template.stages) {
    const roster = facts.rosters.find((row) => row.versionId === version.id && row.stageKey === each.key);
    if (roster === undefined) return false;
    const mayCount = (person: UserId) =>
      !isAuthor(person) && !(each.distinct && earlierApprovers.includes(person));
    const used: UserId[] = [];
    const counted: ReviewDecision[] = [];
    for (const row of facts.decisions) {
      if (row.stageKey !== each.key || row.versionId !== version.id || row.hash !== version.hash) continue;
      if (!mayCount(row.by) || !mayCount(row.seat) || used.includes(row.by) || used.includes(row.seat))
        continue;
      used.push(row.by, row.seat);
      counted.push(row);
    }
    if (counted.some((row) => row.kind === 'reject' || row.kind === 'return')) return false;
    const wanted = each.kind === 'decide' ? ['approve', 'approve-with-conditions'] : ['comment'];
    const voters = roster.users.filter((person) => mayCount(person));
    const yes = counted.filter((row) => wanted.includes(row.kind) && voters.includes(row.seat));
    const abstainers = new Set(counted.filter((row) => row.kind === 'abstain').map((row) => row.seat));
    const mustSay =
      each.mode === 'any'
        ? 1
        : each.mode === 'quorum'
          ? each.quorum
          : voters.filter((person) => !abstainers.has(person)).length;
    const lapsed = each.kind === 'comment-only' && roster.lapsed;
    if (!lapsed && (yes.length === 0 || yes.length < mustSay)) return false;
    for (const row of counted) {
      if (row.kind === 'approve' || row.kind === 'approve-with-conditions')
        earlierApprovers.push(row.by, row.seat);
    }
  }
  return true;
}

const person = fc.constantFrom(...everyone);
const people = fc.uniqueArray(person, { minLength: 3, maxLength: 6 });
const randomStage = (key: string, last: boolean) =>
  fc
    .record({
      kind: last
        ? fc.constant('decide' as const)
        : fc.constantFrom('decide' as const, 'decide' as const, 'comment-only' as const),
      mode: fc.constantFrom('all' as const, 'any' as const, 'quorum' as const),
      quorum: fc.integer({ min: 1, max: 3 }),
      distinct: fc.boolean(),
      copyCondition: fc.constantFrom(
        'never' as const,
        'whitespace-only' as const,
        'formatting-only' as const,
      ),
    })
    .map((rest) => stage(key, rest));

type Step =
  | { readonly do: 'decide' | 'inject'; by: UserId; seat: UserId; kind: DecisionKind; stale: boolean }
  | {
      readonly do: 'submit';
      by: UserId;
      editors: UserId[];
      change: (typeof changeKinds)[number];
      blocked: boolean;
    }
  | { readonly do: 'delegate'; by: UserId; seat: UserId }
  | { readonly do: 'accept'; by: UserId }
  | { readonly do: 'meet' | 'must-fix' | 'fixed' | 'lapse' | 'later' }
  | { readonly do: 'reassign'; users: UserId[] };

const kindOfDecision = fc.constantFrom<DecisionKind>(...decisionKinds, 'approve', 'approve', 'approve');
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      by: person,
      seat: person,
      kind: kindOfDecision,
      stale: fc.constant(false),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      by: fc.constantFrom(editor, second),
      editors: fc.uniqueArray(fc.constantFrom(editor, second, anna), { maxLength: 2 }),
      change: fc.constantFrom(...changeKinds),
      blocked: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delegate' as const), by: person, seat: person }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('accept' as const), by: person }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('meet', 'must-fix', 'fixed', 'lapse', 'later') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reassign' as const), users: people }) },
);

const inject: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('inject' as const),
  by: person,
  seat: person,
  kind: kindOfDecision,
  stale: fc.boolean(),
});

function take(run: Run, next: Step): void {
  run.now += 1;
  const { facts } = run;
  switch (next.do) {
    case 'decide':
      run.decide(next.by, next.kind, { seat: next.seat });
      // Somebody usually decides in their own place.
      run.decide(next.by, next.kind);
      return;
    case 'inject': {
      const { id, hash } = currentVersion(facts);
      const at = next.stale ? 0 : facts.versions.length - 1;
      const stageKey =
        facts.template.stages[facts.decisions.length % facts.template.stages.length]?.key ?? '';
      run.facts = {
        ...facts,
        decisions: [
          ...facts.decisions,
          {
            id: decisionOf(facts.decisions.length),
            versionId: next.stale ? versionOf(at) : id,
            hash,
            stageKey,
            kind: next.kind,
            by: next.by,
            seat: next.seat,
            copiedFrom: null,
          },
        ],
      };
      return;
    }
    case 'submit': {
      if (!['running', 'returned', 'awaiting'].includes(run.state)) return;
      // Whoever wrote a version before has words in this one.
      const editors = [...new Set([...currentVersion(facts).editors, ...next.editors])];
      run.submit(
        { submittedBy: next.by, editors, blocks: next.blocked ? [{ key: 'k', claimed: true }] : [] },
        next.change,
      );
      return;
    }
    case 'delegate':
      if (next.by !== next.seat)
        run.delegations.push({
          from: next.seat,
          to: next.by,
          begins: time(run.now),
          ends: time(run.now + 8),
          endedAt: null,
        });
      return;
    case 'accept':
      run.facts = {
        ...facts,
        acceptedExemptions: [
          ...facts.acceptedExemptions,
          { versionId: currentVersion(facts).id, findingKey: 'k', by: next.by },
        ],
      };
      return;
    case 'meet':
      run.facts = { ...facts, openConditions: 0 };
      return;
    case 'must-fix':
      if (run.state === 'running') run.facts = { ...facts, openMustFix: 1 };
      return;
    case 'fixed':
      run.facts = { ...facts, openMustFix: 0 };
      return;
    case 'lapse':
      run.facts = { ...facts, rosters: facts.rosters.map((roster) => ({ ...roster, lapsed: true })) };
      return;
    case 'reassign': {
      if (!mayReassign(facts, next.users)) return;
      const key = facts.template.stages[standingOf(facts).current ?? 0]?.key;
      const { id } = currentVersion(facts);
      run.facts = {
        ...facts,
        rosters: facts.rosters.map((roster) =>
          roster.versionId === id && roster.stageKey === key ? { ...roster, users: next.users } : roster,
        ),
      };
      return;
    }
    case 'later':
      run.now += 5;
      return;
  }
}

const template = fc
  .integer({ min: 1, max: 3 })
  .chain((count) =>
    fc.tuple(...Array.from({ length: count }, (_, index) => randomStage(`s${index}`, index === count - 1))),
  );

describe('random histories', () => {
  test('are approved exactly when an independent reading of the rules says so', () => {
    let approvals = 0;
    fc.assert(
      fc.property(
        template,
        fc.array(people, { minLength: 3, maxLength: 3 }),
        fc.array(step, { maxLength: 40 }),
        (stages, rosters, steps) => {
          const run = new Run(
            stages,
            Object.fromEntries(rosters.map((users, index) => [`s${index}`, users])),
          );
          for (const next of steps) {
            take(run, next);
            const approved = run.state === 'approved';
            expect(approved).toBe(referenceApproves(run.facts));
            if (!approved) continue;
            approvals += 1;
            checkApproved(run);
            break;
          }
        },
      ),
      { numRuns: 3_000 },
    );
    // A test that never gets there tests nothing.
    expect(approvals).toBeGreaterThan(100);
  });

  test('with rows that no rule would let in are approved by none of them', () => {
    fc.assert(
      fc.property(
        template,
        fc.array(people, { minLength: 3, maxLength: 3 }),
        fc.array(fc.oneof(step, inject), { maxLength: 30 }),
        (stages, rosters, steps) => {
          const run = new Run(
            stages,
            Object.fromEntries(rosters.map((users, index) => [`s${index}`, users])),
          );
          for (const next of steps) {
            take(run, next);
            expect(run.state === 'approved').toBe(referenceApproves(run.facts));
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** What must be true of whatever is approved, in the words of the rules. */
function checkApproved({ facts }: Run): void {
  const version = currentVersion(facts);
  const live = facts.decisions.filter(
    ({ versionId, kind }) => versionId === version.id && kind.startsWith('approve'),
  );
  for (const { by, seat, hash } of live) {
    expect(hash).toBe(version.hash);
    for (const author of [facts.preparer, version.submittedBy, ...version.editors]) {
      expect(by).not.toBe(author);
      expect(seat).not.toBe(author);
    }
  }
  // Somebody read these very words and said so.
  expect(live.some(({ copiedFrom }) => copiedFrom === null)).toBe(true);
  facts.template.stages.forEach((each, index) => {
    const here = live
      .filter(({ stageKey }) => stageKey === each.key)
      .flatMap(({ by, seat }) => (by === seat ? [by] : [by, seat]));
    expect(new Set(here).size).toBe(here.length);
    if (!each.distinct) return;
    const earlier = new Set(facts.template.stages.slice(0, index).map(({ key }) => key));
    const before = new Set(
      live.filter(({ stageKey }) => earlier.has(stageKey)).flatMap(({ by, seat }) => [by, seat]),
    );
    expect(here.filter((who) => before.has(who))).toEqual([]);
  });
}
