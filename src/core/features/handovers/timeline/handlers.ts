import { CalendarDay } from '../../../contract/ids.ts';
import type { DatabaseConnection } from '../../../platform/database/connection.ts';
import { type Dismissal, selectDismissals } from '../dismissals/index.ts';
import type { HandoverFinding } from '../model.ts';
import type { PromiseView } from '../promises/contract.ts';
import { type PromiseItem, mostPromises } from '../promises/index.ts';
import { type StandingDecision, selectPromiseDecisions } from '../promises/index.ts';
import type { SheetQuery } from '../protocol.ts';
import type { FindingView, RiskView } from './contract.ts';
import { kindOfKey, mostEvidence, signKinds } from './kinds.ts';
import type { PromisesAnswer, SignQuestions, TimelineAnswer } from './questions.ts';
import { combineRisk } from './risk.ts';
import type { SignSource, Signs } from './signs.ts';

type SignHandlers = {
  readonly [Kind in keyof SignQuestions]: (
    request: SignQuestions[Kind]['request'],
  ) => Promise<SignQuestions[Kind]['answer']>;
};

const nothing: TimelineAnswer = {
  lastDay: null,
  from: null,
  to: null,
  timeZone: '',
  messages: 0,
  risk: { score: 0, level: 'none', parts: [] },
  findings: [],
  names: {},
  days: [],
};

/** What other parts add to findings. */
export interface SignParts {
  /** The findings of procedure of a sheet. */
  readonly procedureOf: (query: SheetQuery) => Promise<readonly HandoverFinding[]>;
}

const ofSigns: ReadonlySet<string> = new Set(signKinds);

/** Answers what is asked about timelines and promises, with what people said of them, and about single findings. */
export function createSignHandlers(
  { connection }: { readonly connection: DatabaseConnection },
  source: SignSource,
  { procedureOf }: SignParts,
): SignHandlers {
  const reader = connection.query;

  async function findingsOf(query: SheetQuery, signs: Signs): Promise<FindingView[]> {
    const dismissals = await selectDismissals(reader, query.handoverId);
    return signs.findings.map((finding) => findingView(finding, dismissals.get(finding.key) ?? null));
  }

  async function decisionsOf({ handoverId }: SheetQuery): Promise<ReadonlyMap<string, StandingDecision>> {
    return handoverId === null ? new Map() : selectPromiseDecisions(reader, handoverId);
  }

  return {
    async timeline(query) {
      const signs = await source.signsOf(query);
      if (signs === null) return nothing;
      const { lastDay, from, to, timeZone, messages, days } = signs;
      const findings = await findingsOf(query, signs);
      return {
        lastDay,
        from,
        to,
        timeZone,
        messages,
        risk: riskOf(findings),
        findings,
        names: Object.fromEntries(signs.names),
        days: days.map(({ day, groups }) => ({
          day,
          groups: groups.map((group) => ({ ...group, events: [...group.events] })),
        })),
      };
    },
    async risk(query) {
      const scores = await source.scoresOf(query);
      if (scores === null) return null;
      const dismissals = await selectDismissals(reader, query.handoverId);
      return combineRisk(scores.filter(({ key }) => !dismissals.has(key))).score;
    },
    async finding({ query, key }) {
      // Signs take reading the messages, which nobody waits for who decides on the sheet.
      const findings = ofSigns.has(kindOfKey(key))
        ? ((await source.signsOf(query))?.findings ?? [])
        : await procedureOf(query);
      const finding = findings.find((each) => each.key === key);
      if (finding === undefined) return null;
      return findingView(finding, (await selectDismissals(reader, query.handoverId)).get(key) ?? null);
    },
    async promises(query): Promise<PromisesAnswer> {
      const signs = await source.signsOf(query);
      const decisions = await decisionsOf(query);
      const counts = { open: 0, accepted: 0, dismissed: 0, kept: 0 };
      const items = signs?.promises ?? [];
      for (const { key, standing } of items) {
        const decision = decisions.get(key)?.decision ?? 'reset';
        if (decision !== 'reset') counts[decision] += 1;
        else if (standing !== 'followed') counts.open += 1;
      }
      // What somebody decided on is listed, however many there are.
      const listed = items.filter(({ key }, index) => index < mostPromises || decisions.has(key));
      return {
        lastDay: signs?.lastDay ?? null,
        promises:
          signs === null
            ? []
            : listed.map((item) => promiseView(item, decisions.get(item.key) ?? null, signs)),
        limited: listed.length < items.length,
        counts,
      };
    },
    async promise({ query, key }) {
      const signs = await source.signsOf(query);
      const item = signs?.promises.find((each) => each.key === key);
      if (signs === null || item === undefined) return null;
      return promiseView(item, (await decisionsOf(query)).get(key) ?? null, signs);
    },
  };
}

/** Of what is not dismissed. */
function riskOf(findings: readonly FindingView[]): RiskView {
  const { score, level, parts } = combineRisk(findings.filter(({ dismissed }) => dismissed === null));
  return { score, level, parts: [...parts] };
}

function findingView(finding: HandoverFinding, dismissed: Dismissal | null): FindingView {
  return {
    ...finding,
    values: { ...finding.values },
    evidence: finding.evidence.slice(0, mostEvidence),
    dismissed,
  };
}

function promiseView(item: PromiseItem, decision: StandingDecision | null, { msgidOf }: Signs): PromiseView {
  const { due } = item;
  return {
    ...item,
    msgid: msgidOf(item.messageId),
    due: due === null ? null : { ...due, from: CalendarDay.parse(due.from), to: CalendarDay.parse(due.to) },
    decision,
  };
}
