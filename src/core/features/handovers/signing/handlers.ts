import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { CalendarDay } from '../../../contract/ids.ts';
import { atOneMoment } from '../../../platform/database/sqlite/one-moment.ts';
import { localDay } from '../../calendar/model.ts';
import { canonicalJson } from '../../audit/index.ts';
import { type HandoverClass, nameIn } from '../model.ts';
import type { AnswerOf, WholeSheet } from '../protocol.ts';
import { perClass, shownEvidence } from '../sheet/index.ts';
import { FrozenHandover, type FrozenRow, unexplainedIn, unexplainedLeft } from './document.ts';
import type { HandlerTable, WorkerContext } from '../worker-context.ts';
import type { FreezeRequest, SigningQuestions } from './questions.ts';
import { damaged } from './damaged.ts';

type SigningHandlers = {
  readonly [Kind in keyof SigningQuestions]: (
    request: SigningQuestions[Kind]['request'],
  ) => Promise<SigningQuestions[Kind]['answer']>;
};

/** What a frozen sheet is put together from: the other parts' own answers, so that it can't differ from what screens show. */
export type FreezeParts = Pick<HandlerTable, 'wholeSheet' | 'timeline' | 'promises'>;

/**
 * Answers what is asked about frozen sheets. The one that was read last is kept as parsed, since pages of it are asked for one after
 * another; its bytes are read and hashed each time, since they may be altered at any time.
 */
export function createSigningHandlers({ connection }: WorkerContext, parts: FreezeParts): SigningHandlers {
  let kept: { readonly handover: FrozenHandover; readonly hash: string } | null = null;

  async function read(path: string) {
    const bytes = await readFile(path);
    const hash = createHash('sha256').update(bytes).digest('hex');
    if (kept?.hash === hash) return kept;
    const parsed = FrozenHandover.safeParse(parseJson(bytes.toString('utf8')));
    if (!parsed.success) throw damaged();
    kept = { handover: parsed.data, hash };
    return kept;
  }

  return {
    async freeze(request) {
      const { query } = request;
      const handover = await atOneMoment(connection, async () => {
        const sheet = await parts.wholeSheet(query);
        const timeline = await parts.timeline(query);
        return assemble(request, sheet, timeline, await parts.promises(query));
      });
      return {
        bytes: Buffer.from(canonicalJson(handover), 'utf8'),
        unexplained: unexplainedIn(handover),
        left: unexplainedLeft(handover),
      };
    },
    async snapshot({ path, hash }) {
      const { handover, hash: actual } = await read(path);
      const { parties, classes, risk, findings, promises } = handover;
      return {
        intact: actual === hash,
        parties,
        classes: perClass((key) => classes[key].figures),
        risk,
        findings: findings.map((finding) => ({
          ...finding,
          evidence: finding.evidence.slice(0, shownEvidence),
        })),
        promises,
      };
    },
    async snapshotRows({ path, hash, class: key, outcomes, text, offset, limit }) {
      const { handover, hash: actual } = await read(path);
      if (actual !== hash) throw damaged();
      const found = rowsOf(handover, key, outcomes, text.toLowerCase());
      return { rows: found.slice(offset, offset + limit), total: found.length };
    },
  };
}

function rowsOf(
  { classes, names }: FrozenHandover,
  key: HandoverClass,
  outcomes: readonly FrozenRow['outcome'][],
  text: string,
): readonly FrozenRow[] {
  return classes[key].rows.filter(
    ({ id, name, outcome, taker }) =>
      (outcomes.length === 0 || outcomes.includes(outcome)) &&
      (text === '' ||
        [id, name, taker ?? '', taker === null ? '' : nameIn(names, taker)].some((value) =>
          value.toLowerCase().includes(text),
        )),
  );
}

/** What is frozen: everything that was known and said at that moment, in one form. */
function assemble(
  request: FreezeRequest,
  { view, rows }: WholeSheet,
  timeline: AnswerOf<'timeline'>,
  promises: AnswerOf<'promises'>,
): FrozenHandover {
  const { query, workspaceTitle, timeZone, supervisor, reason } = request;
  return {
    form: 'countersign-handover-1',
    handoverId: query.handoverId,
    workspaceTitle,
    timeZone,
    parties: {
      leaver: { userid: view.leaver.userid, name: view.leaver.name },
      takers: (query.handoverId === null ? view.takers : query.takers).map((userid) => ({
        userid,
        name: nameIn(view.names, userid),
      })),
      supervisor,
      branch: view.leaver.branch,
      lastDay: view.lastDay,
      openingDay:
        view.openingAt === null ? query.openingDay : CalendarDay.parse(localDay(view.openingAt, timeZone)),
      reason,
    },
    at: query.now,
    classes: perClass((key) => ({ figures: view.classes[key], rows: [...rows[key]] })),
    risk: { score: timeline.risk.score, level: timeline.risk.level },
    findings: [...timeline.findings, ...view.findings].map(
      ({ key, kind, at, score, values, evidence, dismissed }) => ({
        key,
        kind,
        at,
        score,
        values,
        evidence,
        dismissed: dismissed === null ? null : { ...dismissed, by: dismissed.by.name },
      }),
    ),
    promises: promises.promises.map(
      ({ key, kind, at, customer, group, excerpt, due, standing, decision }) => {
        const who = customer ?? group;
        return {
          key,
          kind,
          at,
          customer: who === null ? '' : who.name || who.id,
          excerpt,
          dueDay: due?.to ?? null,
          standing,
          decision: decision === null ? null : { ...decision, by: decision.by.name },
        };
      },
    ),
    names: { ...view.names, [view.leaver.userid]: view.leaver.name },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
