import { z } from 'zod';

import { AppError } from '../../../contract/errors.ts';
import { type ReviewId, UserId } from '../../../contract/ids.ts';
import type { Reader } from '../../../platform/database/connection.ts';
import type { TemplateContent } from '../templates/contract.ts';
import { readTemplate, selectTemplateVersion } from '../templates/index.ts';
import type { ReviewFacts, SubmittedVersion } from './model.ts';
import {
  type ConditionRow,
  type DecisionRow,
  type ReviewRow,
  type StageRow,
  countOpenMustFix,
  selectConditions,
  selectDecisions,
  selectExemptions,
  selectFindings,
  selectReview,
  selectReviewVersions,
  selectStages,
} from './repository.ts';
import { handsOf, readExemptions, readFindings } from '../material/index.ts';

const Roster = z.array(UserId);

/** A review with all its rows, and the facts that its standing follows from. */
export interface LoadedReview {
  readonly row: ReviewRow;
  readonly template: TemplateContent;
  readonly templateVersion: NonNullable<Awaited<ReturnType<typeof selectTemplateVersion>>>;
  readonly versions: Awaited<ReturnType<typeof selectReviewVersions>>;
  readonly stages: readonly StageRow[];
  readonly decisions: readonly DecisionRow[];
  readonly conditions: readonly ConditionRow[];
  readonly exemptions: Awaited<ReturnType<typeof selectExemptions>>;
  readonly facts: ReviewFacts;
}

/** Throws `not-found`. */
export async function requireReview(reader: Reader, id: ReviewId): Promise<ReviewRow> {
  const row = await selectReview(reader, id);
  if (row === undefined) throw new AppError('not-found', 'There is no such review.', { id });
  return row;
}

/** Throws `not-found`. */
export async function loadReview(reader: Reader, id: ReviewId): Promise<LoadedReview> {
  const row = await requireReview(reader, id);
  const templateVersion = await selectTemplateVersion(reader, row.template_version_id);
  if (templateVersion === undefined) throw new Error(`the review ${id} has no template`);
  const template = readTemplate(templateVersion.content);
  const versions = await selectReviewVersions(reader, id);
  const stages = await selectStages(reader, id);
  const decisions = await selectDecisions(reader, id);
  const conditions = await selectConditions(reader, id);
  const exemptions = await selectExemptions(reader, id);
  const submitted: SubmittedVersion[] = [];
  for (const version of versions) {
    const hands = await handsOf(reader, version.version_id);
    submitted.push({
      id: version.version_id,
      hash: version.hash,
      submittedBy: version.submitted_by,
      editors: hands?.everyEditor ?? [],
      checked: version.precheck_at !== null,
      // What blocked a version that is no longer under review asks nobody any more.
      blocks: version === versions.at(-1) ? await blocksOf(reader, version) : [],
    });
  }
  return {
    row,
    template,
    templateVersion,
    versions,
    stages,
    decisions,
    conditions,
    exemptions,
    facts: {
      template,
      preparer: row.preparer_id,
      versions: submitted,
      rosters: stages.map((stage) => ({
        versionId: stage.version_id,
        stageKey: stage.stage_key,
        users: readRoster(stage),
        lapsed: stage.lapsed_at !== null,
      })),
      decisions: decisions.map((decision) => ({
        id: decision.id,
        versionId: decision.version_id,
        hash: decision.hash,
        stageKey: decision.stage_key,
        kind: decision.decision,
        by: decision.user_id,
        seat: decision.seat_id,
        copiedFrom: decision.copied_from,
      })),
      acceptedExemptions: exemptions.map((accepted) => ({
        versionId: accepted.version_id,
        findingKey: accepted.finding_key,
        by: accepted.user_id,
      })),
      openConditions: conditions.filter(({ met_at: metAt }) => metAt === null).length,
      openMustFix: await countOpenMustFix(reader, id),
      cancelled: row.state === 'cancelled',
    },
  };
}

export function readRoster(stage: Pick<StageRow, 'roster'>): readonly UserId[] {
  return Roster.parse(JSON.parse(stage.roster));
}

async function blocksOf(
  reader: Reader,
  version: { readonly version_id: SubmittedVersion['id']; readonly exemptions: string },
): Promise<SubmittedVersion['blocks']> {
  const findings = await selectFindings(reader, version.version_id);
  if (findings === null) return [];
  const claimed = new Set(readExemptions(version.exemptions).map(({ findingKey }) => findingKey));
  return readFindings(findings)
    .filter(({ level }) => level === 'block')
    .map(({ key, exemptible }) => ({ key, claimed: exemptible && claimed.has(key) }));
}
