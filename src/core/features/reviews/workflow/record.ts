import { z } from 'zod';

import type { CalendarDay, MaterialVersionId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { ApprovalRecord } from './approvals/contract.ts';
import type { LoadedReview } from './facts.ts';
import { currentVersion } from './model.ts';
import {
  readContent,
  readExemptions,
  readFindings,
  selectVersion,
  selectVersionEditors,
} from '../material/index.ts';

const Answers = z.array(z.object({ key: z.string(), answer: z.string() }));

/** What stays on record of an approval, with names as they are now: FINRA 2210(b)(4)(A), and what a supervisor asks for. */
export async function approvalRecordOf(reader: Reader, loaded: LoadedReview): Promise<ApprovalRecord> {
  const { row, template, templateVersion } = loaded;
  const { id } = currentVersion(loaded.facts);
  const version = await selectVersion(reader, id);
  const submission = loaded.versions.at(-1);
  if (version === undefined || submission === undefined) throw new Error(`there is no version ${id}`);
  const editors = (await selectVersionEditors(reader, [id])).get(id) ?? [];
  const found = version.findings === null ? [] : readFindings(version.findings);
  const live = loaded.decisions.filter((decision) => decision.version_id === id);
  const questions = new Map(
    template.stages.flatMap((stage) =>
      stage.questions.map(({ key, text }) => [`${stage.key} ${key}`, text] as const),
    ),
  );
  return {
    title: version.title,
    versionNumber: version.number,
    templateName: template.name,
    templateVersion: templateVersion.number,
    risk: row.risk,
    preparer: { id: row.preparer_id, name: row.preparer_name },
    submittedBy: { id: submission.submitted_by, name: submission.submitter_name },
    editors: editors.map(({ id: editor, name }) => ({ id: editor, name })),
    chartSource: readContent(version.content).fields.chartSource,
    decisions: live.map((decision) => ({
      stageKey: decision.stage_key,
      stageName: template.stages.find(({ key }) => key === decision.stage_key)?.name ?? decision.stage_key,
      kind: decision.decision,
      by: { id: decision.user_id, name: decision.user_name },
      onBehalfOf:
        decision.seat_id === decision.user_id ? null : { id: decision.seat_id, name: decision.seat_name },
      at: decision.at,
      copied: decision.copied_from !== null,
      note: decision.note,
      answers: answersOf(decision.answers).map(({ key, answer }) => ({
        question: questions.get(`${decision.stage_key} ${key}`) ?? key,
        answer,
      })),
    })),
    conditions: loaded.conditions.flatMap((condition) =>
      condition.met_by === null || condition.met_at === null
        ? []
        : [
            {
              text: condition.text,
              setBy: { id: condition.set_by, name: condition.setter_name },
              metBy: { id: condition.met_by, name: condition.meeter_name ?? '' },
              metAt: condition.met_at,
              versionNumber: condition.met_version_number,
              note: condition.met_note ?? '',
            },
          ],
    ),
    exemptions: readExemptions(version.exemptions).map(({ findingKey, code, reason }) => ({
      findingKey,
      text: found.find(({ key }) => key === findingKey)?.text ?? '',
      code,
      reason,
      acceptedBy: loaded.exemptions
        .filter((accepted) => accepted.version_id === id && accepted.finding_key === findingKey)
        .map((accepted): { id: UserId; name: string } => ({
          id: accepted.user_id,
          name: accepted.user_name,
        })),
    })),
  };
}

/** The day on which the material itself ends; null where it says none. */
export async function validUntilOf(reader: Reader, id: MaterialVersionId): Promise<CalendarDay | null> {
  const version = await selectVersion(reader, id);
  return version === undefined ? null : readContent(version.content).fields.validUntil;
}

/** Stored answers to a stage's questions. */
export function answersOf(json: string): readonly { readonly key: string; readonly answer: string }[] {
  return Answers.parse(JSON.parse(json));
}
